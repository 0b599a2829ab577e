using Strata.Random;

namespace Strata.Nn.Tests.Layers;

public sealed class LayerTests
{
    [Fact]
    public void Weights_are_made_at_the_first_call_in_the_order_of_Keras()
    {
        var dense = new Dense(2);
        Assert.False(dense.IsBuilt);
        Assert.Empty(dense.Weights);
        dense.Apply(Tensor.Zeros([1, 3]));
        Assert.Equal(["dense/kernel: float32 [3, 2]", "dense/bias: float32 [2]"], dense.Weights.Select(w => w.ToString()));
        Assert.Equal(8, dense.ParameterCount);
        Assert.Equal(Shape.Of(2), dense.OutputShape);

        var normalization = new BatchNormalization();
        normalization.Apply(Tensor.Zeros([1, 3]));
        Assert.Equal(["gamma", "beta", "moving_mean", "moving_variance"], normalization.Weights.Select(w => w.Name.Split('/')[1]));
        Assert.Equal(2, normalization.TrainableWeights.Count);
    }

    [Fact]
    public void Dense_is_x_W_plus_b_on_the_last_axis()
    {
        var dense = new Dense(2, Activation.Relu) { Name = "d" };
        dense.Apply(Tensor.Zeros([1, 2]));
        dense.SetWeights([Check.Matrix([1, -1], [2, 1]), Tensor.From(1f, -3f)]);
        Check.Close([6, 0], dense.Apply(Check.Matrix([1, 2])));
        var deep = dense.Apply(Tensor.Ones([2, 3, 2]));
        Assert.Equal(Shape.Of(2, 3, 2), deep.Shape);
        Check.Close([4, 0], deep[0, 0]);
        Assert.Single(With(new Dense(2, useBias: false), Tensor.Zeros([1, 3])).Weights);
    }

    [Fact]
    public void An_error_names_the_layer_and_what_would_fit()
    {
        var model = new Sequential(new Dense(3), new Dense(2));
        model.BuildFor([4]);
        Assert.Equal(
            "Layer 'dense_1' (Dense): MatMul: inner sizes differ: [1, 5] × [4, 3] (5 ≠ 4)",
            Assert.Throws<LayerException>(() => model.Apply(Tensor.Zeros([1, 5]))).Message);
        Check.Fails("Layer 'dense' (Dense): the input must have an axis of examples and one of features, but it is [3].", () => new Dense(3).Apply(Tensor.Zeros([3])));
        Check.Fails(
            "Layer 'conv2d' (Conv2D): the input must be [examples, height, width, channels], but it is [2, 3].", () => new Conv2D(3, 3).Apply(Tensor.Zeros([2, 3])));
        Check.Fails("Layer 'dense' (Dense): it takes one input, but got 2.", () => With(new Dense(3), Tensor.Zeros([1, 1])).Apply([Tensor.Zeros([1, 1]), Tensor.Zeros([1, 1])], new CallContext()));
        Assert.Contains("units must be at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => new Dense(0)).Message);
    }

    [Fact]
    public void A_shape_that_did_not_fit_leaves_the_model_as_it_was()
    {
        var model = new Sequential(new Dense(3), new Reshape(4), new Dense(2));
        Assert.Throws<LayerException>(() => model.BuildFor([7]));
        Assert.All(model.Layers, l => Assert.False(l.IsBuilt));
        Assert.Contains("'reshape_1'", Assert.Throws<LayerException>(() => model.BuildFor([7])).Message);
    }

    [Fact]
    public void Shape_layers_leave_the_axis_of_examples_alone()
    {
        Assert.Equal(Shape.Of(2, 24), new Flatten().Apply(Tensor.Zeros([2, 2, 3, 4])).Shape);
        Assert.Equal(Shape.Of(2, 6, 4), new Reshape(6, -1).Apply(Tensor.Zeros([2, 2, 3, 4])).Shape);
        Check.Fails("Layer 'reshape' (Reshape): Reshape: an example of shape [6] has 6 elements and does not fill [4].", () => new Reshape(4).Apply(Tensor.Zeros([2, 6])));
        Check.Fails("Layer 'reshape' (Reshape): Reshape: an example of shape [6] has 6 elements and does not fill [4, -1].", () => new Reshape(4, -1).Apply(Tensor.Zeros([2, 6])));
        Check.Close([1, 3, 2, 4], new Permute(2, 1).Apply(Tensor.From(new[] { 1f, 2, 3, 4 }, [1, 2, 2])));
        Assert.Equal(Shape.Of(3, 64, 10), new Permute(2, 1).Apply(Tensor.Zeros([3, 10, 64])).Shape);
        Check.Close([1, 2, 1, 2, 1, 2], new RepeatVector(3).Apply(Check.Matrix([1, 2])));
        Check.Close([0, 0, 0, 0, 5, 0, 0, 0, 0], new ZeroPadding2D().Apply(Tensor.Full([1, 1, 1, 1], 5)));
        Assert.Equal(Shape.Of(1, 6, 9, 1), new ZeroPadding2D(1, 2, 3, 4).Apply(Tensor.Zeros([1, 3, 2, 1])).Shape);
        Check.Close([2, 4], new Lambda(x => x * 2).Apply(Check.Matrix([1, 2])));
    }

    [Fact]
    public void Dropout_drops_in_training_only_and_keeps_the_mean()
    {
        var x = Tensor.Ones([100, 100]);
        Assert.Same(x, new Dropout(.5).Apply(x));
        var y = new Dropout(.25).Apply(x, new CallContext(true, new RandomStream(1))).ToArray<float>();
        Assert.Equal([0, 1 / .75f], y.Distinct().Order());
        Assert.InRange(y.Count(v => v == 0), 2300, 2700);
        Assert.Same(x, new Dropout(0).Apply(x, training: true));
        Check.Close([0, 0], new Dropout(7).Apply(Check.Matrix([1, 2]), training: true));
        var channels = new Dropout(.5, [-1, 1, -1]).Apply(Tensor.Ones([4, 5, 6]), new CallContext(true, new RandomStream(1)));
        Check.Close(channels[.., 0].Cast(DType.Float64).ToArray<double>(), channels[.., 4]);
    }

    [Fact]
    public void Dropout_repeats_with_the_stream_and_its_gradient_is_the_mask()
    {
        var x = Tensor.Ones([20]).Reshape(1, 20);
        Tensor Run(Tensor z) => new Dropout(.5).Apply(z, new CallContext(true, new RandomStream(3)));
        Check.Close(Run(x).Cast(DType.Float64).ToArray<double>(), Gradient.Of(z => Run(z).Sum(), x));
    }

    [Fact]
    public void Batch_normalization_has_the_hand_values()
    {
        foreach (var (correction, variance) in ((bool, double)[])[(true, 1.01002002), (false, 1.0)])
        {
            var layer = new BatchNormalization { BesselCorrection = correction };
            Check.Close([-.99950037, .99950037], layer.Apply(Check.Matrix([1], [3]), training: true), 1e-7);
            Check.Close([.02], layer.Weights[2], 1e-7);
            Check.Close([variance], layer.Weights[3], 2e-7);
            Check.Close([(5 - .02) / Math.Sqrt(variance + 1e-3)], layer.Apply(Check.Matrix([5])), 1e-6);
        }
    }

    [Fact]
    public void Batch_normalization_follows_its_statistics_inside_a_gradient_and_can_be_frozen()
    {
        var layer = new BatchNormalization();
        layer.Apply(Tensor.Zeros([1, 1]));
        Gradient.Of(() => layer.Apply(Check.Matrix([1], [3]), training: true).Square().Sum(), layer.TrainableWeights);
        Check.Close([.02], layer.Weights[2], 1e-7);
        layer.FrozenStatistics = true;
        Check.Close([(1 - .02) / Math.Sqrt(1.01002002 + 1e-3)], layer.Apply(Check.Matrix([1]), training: true), 1e-6);
        Check.Close([.02], layer.Weights[2], 1e-7);
    }

    [Fact]
    public void Layer_normalization_brings_each_row_to_mean_0_and_variance_1() =>
        Check.Close([-.99950037, .99950037, -.99987508, .99987508], new LayerNormalization().Apply(Check.Matrix([1, 3], [-2, 2])), 1e-5);

    [Fact]
    public void An_embedding_looks_up_rows()
    {
        var layer = new Embedding(1000, 64);
        Assert.Equal(Shape.Of(32, 10, 64), layer.Apply(Tensor.Zeros([32, 10], DType.Int32)).Shape);
        Assert.Equal(64_000, layer.ParameterCount);
        Assert.InRange(layer.Weights[0].Borrow().ToArray<float>().Max(), .04, .05);
        Assert.StartsWith("Layer 'embedding' (Embedding): Embedding: index 1000", Assert.Throws<LayerException>(() => layer.Apply(Tensor.From(new[,] { { 1000 } }))).Message);
    }

    [Fact]
    public void Activity_penalties_join_the_loss()
    {
        var context = new CallContext(training: true);
        new Lambda(x => x) { ActivityRegularizer = Regularizer.L2(.5) }.Apply(Check.Matrix([1, 2]), context);
        new ActivityRegularization(l1: 2).Apply(Check.Matrix([1, -2]), context);
        Assert.Equal([2.5, 6], context.Losses.Select(l => l.Item()));
    }

    [Fact]
    public void A_layer_with_layers_inside_counts_their_weights_as_its_own()
    {
        var block = new Residual(4);
        var model = new Sequential(block, new Dense(1)) { Seed = 1 };
        model.BuildFor([4]);
        Assert.Equal(2 * ((4 * 4) + 4) + 5, model.ParameterCount);
        Assert.Equal(6, model.TrainableWeights.Count);
        block.Trainable = false;
        Assert.Equal(2, model.TrainableWeights.Count);
        Assert.Equal(4, model.NonTrainableWeights.Count);
        Assert.Equal(6, model.Weights.Count);
    }

    [Fact]
    public void A_layer_in_two_models_shares_its_weights()
    {
        var shared = new Dense(2) { Name = "shared" };
        var (a, b) = (new Sequential(shared, new Dense(1)), new Sequential(new Dense(3), shared));
        a.BuildFor([3]);
        b.BuildFor([5]);
        Assert.Same(a.Weights[0], b.Weights[2]);
        Assert.Equal(["dense_1", "shared"], b.Layers.Select(l => l.Name));
        Check.Fails(
            "Model: two layers are named 'shared', and names within a model must differ; give one a name of its own: new Dense(…) { Name = \"…\" }.",
            () => new Sequential(shared, new Dense(1) { Name = "shared" }));
    }

    static Layer With(Layer layer, Tensor x)
    {
        layer.Apply(x);
        return layer;
    }

    sealed class Residual : Layer
    {
        readonly Dense first, second;

        public Residual(int units)
        {
            first = Track(new Dense(units, Activation.Relu));
            second = Track(new Dense(units));
        }

        protected override Tensor Call(Tensor x, CallContext context) => x + second.Apply(first.Apply(x, context), context);
    }
}
