using Strata.Random;

namespace Strata.Nn.Tests.Models;

/// <summary>Models that are graphs of layers (catalogue, B11: functional model).</summary>
public sealed class GraphTests
{
    static Model TwoInputs(long seed = 1)
    {
        var (a, b) = (new Input([16]), new Input([32]));
        var sum = Add.Of(new Dense(8).Apply(a), new Dense(8).Apply(b));
        return new Model([a, b], sum.Then(new Dense(4))) { Seed = seed };
    }

    [Fact]
    public void Two_inputs_are_added_and_make_436_parameters()
    {
        var model = TwoInputs();
        Assert.Equal((16 * 8) + 8 + (32 * 8) + 8 + (8 * 4) + 4, model.ParameterCount);
        Assert.Equal(["input_1", "input_2", "dense_1", "dense_2", "add_1", "dense_3"], Enumerable.Range(0, 6).Select(i => model.ChildNames[i]));
        var y = model.Predict([Tensor.Ones([3, 16]), Tensor.Ones([3, 32])])[0];
        Assert.Equal(Shape.Of(3, 4), y.Shape);
    }

    [Fact]
    public void The_summary_tells_what_is_connected_to_what() => Assert.Equal(
        """
        __________________________________________________________________________________________________
        Layer (type)                    Output Shape         Param #     Connected to                     
        ==================================================================================================
        input_1 (Input)                 (None, 16)           0                                            
        __________________________________________________________________________________________________
        input_2 (Input)                 (None, 32)           0                                            
        __________________________________________________________________________________________________
        dense_1 (Dense)                 (None, 8)            136         input_1[0][0]                    
        __________________________________________________________________________________________________
        dense_2 (Dense)                 (None, 8)            264         input_2[0][0]                    
        __________________________________________________________________________________________________
        add_1 (Add)                     (None, 8)            0           dense_1[0][0]                    
                                                                         dense_2[0][0]                    
        __________________________________________________________________________________________________
        dense_3 (Dense)                 (None, 4)            36          add_1[0][0]                      
        ==================================================================================================
        Total params: 436
        Trainable params: 436
        Non-trainable params: 0
        __________________________________________________________________________________________________

        """.Replace("\r\n", "\n"),
        TwoInputs().Summary());

    [Fact]
    public void Symbolic_tensors_know_their_shapes_before_there_are_weights()
    {
        var dense = new Dense(8);
        var x = new Input([28, 28, 1]).Then(new Conv2D(6, 5, padding: Padding.Same), new MaxPooling2D(), new Flatten());
        Assert.Equal(Shape.Of(14 * 14 * 6), x.Shape);
        Assert.Equal("float32 [None, 8]", dense.Apply(x).ToString());
        Assert.False(dense.IsBuilt);
        Assert.StartsWith("Layer 'reshape' (Reshape): ", Assert.Throws<LayerException>(() => x.Then(new Reshape(7))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_applied_twice_shares_its_weights_and_its_gradients_add_up()
    {
        var (a, b) = (new Input([2]), new Input([2]));
        var shared = new Dense(1, useBias: false) { KernelInitializer = Initializer.Ones };
        var model = new Model([a, b], Subtract.Of(shared.Apply(a), shared.Apply(b)));
        Assert.Equal(2, model.ParameterCount);
        Tensor[] x = [Check.Matrix([1, 2]), Check.Matrix([10, 20])];
        Check.Close([-27], model.Apply(x)[0]);
        Check.Close([-9, -18], Gradient.Of(() => model.Apply(x)[0].Sum(), model.TrainableWeights)[0]);
        Assert.Contains("dense_1[1][0]", model.Summary(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_is_a_layer_of_another()
    {
        var x = new Input([4]);
        var encoder = new Model(x, x.Then(new Dense(3, Activation.Tanh), new Dense(2))) { Name = "encoder" };
        var z = new Input([2]);
        var decoder = new Model(z, z.Then(new Dense(3, Activation.Tanh), new Dense(4))) { Name = "decoder" };
        var input = new Input([4]);
        var both = new Model(input, input.Then(encoder, decoder)) { Seed = 3 };
        var data = new RandomStream(1).Normal([5, 4]);
        Assert.Equal(decoder.Apply(encoder.Apply(data)).ToArray<float>(), both.Predict(data).ToArray<float>());
        Assert.Equal((4 * 3) + 3 + (3 * 2) + 2 + (2 * 3) + 3 + (3 * 4) + 4, both.ParameterCount);
        Assert.Same(both.Weights[0], encoder.Weights[0]);
    }

    [Fact]
    public void A_model_may_begin_and_end_inside_the_graph_of_another()
    {
        var x = new Input([3]);
        var hidden = x.Then(new Dense(4, Activation.Relu));
        var y = hidden.Then(new Dense(2));
        var whole = new Model(x, y) { Seed = 1 };
        var (lower, upper) = (new Model(x, hidden), new Model(hidden, y));
        var data = new RandomStream(1).Normal([5, 3]);
        Assert.Equal(whole.Apply(data).ToArray<float>(), upper.Apply(lower.Apply(data)).ToArray<float>());
    }

    [Fact]
    public void Several_outputs_are_trained_together()
    {
        var x = new Input([3]);
        var trunk = x.Then(new Dense(8, Activation.Tanh));
        var model = new Model(x, [trunk.Then(new Dense(2, Activation.Softmax) { Name = "kind" }), trunk.Then(new Dense(1) { Name = "size" })]) { Seed = 1 };
        Assert.Equal(["kind", "size"], model.OutputNames);
        model.Compile(new Adam(.05), [Loss.SparseCategoricalCrossentropy, Loss.MeanSquaredError], [1, .5], [[Metric.Accuracy], []]);
        var data = new RandomStream(1).Normal([64, 3]);
        var history = model.Fit([data], [(data[.., 0] > 0).Cast(DType.Int32), data.Sum(1, keepDims: true)], epochs: 40, verbose: false);
        Assert.Equal(["loss", "kind_loss", "size_loss", "kind_acc"], history.Names);
        Check.Close(history["loss"][^1], history["kind_loss"][^1] + (.5 * history["size_loss"][^1]), 1e-5);
        Assert.True(history["kind_acc"][^1] > .95);
        Assert.True(history["size_loss"][^1] < .1);
        Assert.Equal([Shape.Of(64, 2), Shape.Of(64, 1)], model.Predict([data]).Select(t => t.Shape));
    }

    [Fact]
    public void The_seed_decides_the_weights_however_the_layers_were_tried() => Check.SameWeights(TwoInputs(5), TwoInputs(5));

    [Fact]
    public void Layers_that_were_named_in_another_model_do_not_collide()
    {
        var (first, second) = (new Dense(2), new Dense(2));
        _ = new Sequential(first);
        _ = new Sequential(second);
        Assert.Equal("dense_1", first.Name);
        Assert.Equal("dense_1", second.Name);
        var both = new Sequential(first, second) { Seed = 1 };
        both.BuildFor([2]);
        Assert.Equal(["dense_1", "dense_2"], both.ChildNames);
        Assert.Same(second, both.GetLayer("dense_2"));
        Assert.Contains("dense_2 (Dense)", both.Summary(), StringComparison.Ordinal);
        var path = Path.GetTempFileName();
        both.SaveWeights(path);
        both.LoadWeights(path);
        File.Delete(path);
    }

    [Fact]
    public void A_graph_may_be_thousands_of_layers_deep()
    {
        var x = new Input([1]);
        SymbolicTensor y = x;
        var half = new Lambda(v => v * 1);
        for (var i = 0; i < 20_000; i++) y = half.Apply(y);
        Check.Close([3], new Model(x, y).Apply(Check.Matrix([3])));
    }

    [Fact]
    public void A_mistake_says_what_is_missing()
    {
        var (a, b) = (new Input([2]), new Input([3]) { Name = "b" });
        Check.Fails("Model: an output needs the input 'b' float32 [None, 3], which is not among the model's inputs.", () => new Model(a, Concatenate.Of(a, b)));
        Check.Fails("Model: the input float32 [None, 2] is there twice.", () => new Model([a, a], a.Then(new Dense(1))));
        var model = new Model([a, b], Concatenate.Of(a, b)) { Name = "m" };
        Check.Fails("Layer 'm' (Model): it has 2 inputs (float32 [None, 2], float32 [None, 3]), but got 1.", () => model.Apply(Tensor.Zeros([1, 2])));
        Check.Fails("Layer 'input_1' (Input): examples must be [2], but the input is [1, 9], which has examples [9].", () => model.Apply([Tensor.Zeros([1, 9]), Tensor.Zeros([1, 3])]));
    }

    [Fact]
    public void Masks_pass_through_a_graph_into_the_loss()
    {
        var words = new Input([3], DType.Int32);
        var model = new Model(words, words.Then(new Embedding(5, 1, maskZero: true), Activation.Linear)) { Seed = 1 };
        model.BuildFor([3], DType.Int32);
        model.SetWeights([Tensor.From([0f, 1, 2, 3, 4], [5, 1])]);
        model.Compile(new SGD(), Loss.MeanSquaredError);
        Check.Close(14 / 3.0, model.TestOnBatch(Tensor.From(new[,] { { 1, 2, 0 }, { 3, 0, 0 } }), Tensor.Zeros([2, 3, 1])).Loss);
        Assert.Contains("does not take masks", Assert.Throws<LayerException>(() => words.Then(new Embedding(5, 1, maskZero: true), new Flatten())).Message, StringComparison.Ordinal);
    }
}
