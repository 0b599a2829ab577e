using Strata.Random;

namespace Strata.Nn.Tests.Understanding;

public sealed class FeatureExtractorTests
{
    internal static Sequential Cnn(long seed = 1) => new(
        new Conv2D(4, 3, padding: Padding.Same, activation: Activation.Relu) { Name = "first" },
        new MaxPooling2D(2) { Name = "pool" },
        new Sequential(new Conv2D(6, 3) { Name = "second" }, new ReLU { Name = "relu" }) { Name = "inner" },
        new GlobalAveragePooling2D { Name = "gap" },
        new Dense(5, Activation.Softmax) { Name = "classes" }) { Seed = seed };

    internal static Sequential Built(Sequential? model = null)
    {
        model ??= Cnn();
        model.BuildFor([8, 8, 2]);
        return model;
    }

    internal static Tensor Pictures(int count = 3, long seed = 5) => new RandomStream(seed).Uniform([count, 8, 8, 2]);

    [Fact]
    public void Layers_are_listed_in_order_with_their_shapes() => Assert.Equal(
        [("first", "[8, 8, 4]"), ("pool", "[4, 4, 4]"), ("inner/second", "[2, 2, 6]"), ("inner/relu", "[2, 2, 6]"), ("inner", "[2, 2, 6]"), ("gap", "[6]"), ("classes", "[5]")],
        FeatureExtractor.LayersOf(Built()).Select(l => (l.Path, l.Shape.ToString())));

    [Fact]
    public void Extracted_tensors_are_those_of_a_pass_layer_by_layer_to_the_bit()
    {
        var (model, x) = (Built(), Pictures());
        var y = new FeatureExtractor(model, "classes", "pool", "inner/second").Apply([x]);
        var pool = model.Layers[1].Apply(model.Layers[0].Apply(x));
        Assert.Equal(pool.ToArray<float>(), y[1].ToArray<float>());
        Assert.Equal(((Sequential)model.Layers[2]).Layers[0].Apply(pool).ToArray<float>(), y[2].ToArray<float>());
        Assert.Equal(model.Apply(x).ToArray<float>(), y[0].ToArray<float>());
    }

    [Fact]
    public void Compiled_and_batched_prediction_is_the_same()
    {
        var (model, x) = (Built(), Pictures(5));
        var features = new FeatureExtractor(model, "pool", "gap");
        var (apart, together) = (features.Predict([x], batchSize: 2), features.Apply([x]));
        for (var i = 0; i < 2; i++) Assert.Equal(together[i].ToArray<float>(), apart[i].ToArray<float>());
        Assert.Equal(together[1].ToArray<float>(), new FeatureExtractor(model, "gap").Predict(x).ToArray<float>());
    }

    [Fact]
    public void A_graph_of_layers_and_a_class_of_one_s_own_have_layers_too()
    {
        var input = new Input([8, 8, 2]);
        var shared = new Conv2D(2, 3, padding: Padding.Same) { Name = "shared" };
        var once = shared.Apply(input);
        var graph = new Model(input, new Add { Name = "sum" }.Apply(once, shared.Apply(once)));
        Assert.Equal(["shared", "sum"], FeatureExtractor.LayersOf(graph).Select(l => l.Path));
        var x = Pictures();
        Assert.Equal(shared.Apply(x).ToArray<float>(), new FeatureExtractor(graph, "shared").Apply(x).ToArray<float>()); // the first of two

        var own = new OwnModel();
        own.BuildFor([8, 8, 2]);
        Assert.Equal(["conv", "head"], FeatureExtractor.LayersOf(own).Select(l => l.Path));
    }

    [Fact]
    public void Weights_are_shared_and_gradients_pass()
    {
        var model = Built();
        var features = new FeatureExtractor(model, "pool");
        Assert.Equal(model.Weights.Count, features.Weights.Count);
        var gradient = Gradient.Of(x => features.Apply(x).Sum(), Pictures());
        Assert.True(gradient.Abs().Max().Item() > 0);
    }

    [Fact]
    public void Unknown_layers_are_named_with_those_that_there_are()
    {
        Check.Fails("FeatureExtractor: 'sequential' has no layer 'second'; it has 'first', 'pool', 'inner/second', 'inner/relu', 'inner', 'gap', 'classes'.", () => new FeatureExtractor(Built(), "second"));
        Check.Fails("FeatureExtractor: no layer was named; name at least one.", () => new FeatureExtractor(Built()));
    }

    sealed class OwnModel : Model
    {
        readonly Conv2D conv;
        readonly Dense head;

        public OwnModel()
        {
            conv = Track(new Conv2D(3, 3) { Name = "conv" });
            head = Track(new Dense(2) { Name = "head" });
        }

        protected override Tensor Call(Tensor x, CallContext context) => head.Apply(conv.Apply(x, context).Relu().GlobalAveragePool(), context);
    }
}
