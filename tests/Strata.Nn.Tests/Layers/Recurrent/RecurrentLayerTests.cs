using Strata.Random;

namespace Strata.Nn.Tests.Layers.Recurrent;

public sealed class RecurrentLayerTests
{
    // One unit, all kernels 1, x = 1, then −1.
    static Tensor Pulse => Tensor.From(new float[,,] { { { 1 }, { -1 } } });

    [Fact]
    public void SimpleRNN_has_the_hand_values() => Check.Close([.76159416, -.23398944], Ones(new SimpleRNN(1, returnSequences: true), 1));

    [Theory]
    [InlineData(true, .34143151, .03316991, .53311591, .09031029)]
    [InlineData(false, .36960635, .04671462, .55676994, .13528025)]
    public void LSTM_has_the_hand_values(bool hard, double h1, double h2, double c1, double c2)
    {
        LSTM Make(bool sequences) => new(1, recurrentActivation: hard ? null : Activation.Sigmoid, returnSequences: sequences, returnState: true);
        var layer = Make(true);
        layer.Apply([Pulse], new CallContext());
        layer.SetWeights([Tensor.Ones([1, 4]), Tensor.Ones([1, 4]), layer.Weights[2]]); // the bias as it begins: 1 for the forget gate
        var y = layer.Apply([Pulse], new CallContext());
        Check.Close([h1, h2], y[0]);
        Check.Close([h2], y[1]);
        Check.Close([c2], y[2]);
        Check.Close([c1], layer.Apply([Pulse[.., ..1]], new CallContext())[2]);
        Assert.Equal([1, 1, 1], y.Select(t => t.Shape[0]));
        Assert.Equal(Shape.Of(1, 2, 1), y[0].Shape);
    }

    [Fact]
    public void GRU_has_the_hand_values()
    {
        Check.Close([.22847825, -.39628817], Ones(new GRU(1, returnSequences: true), 3));
        var after = new GRU(1, returnSequences: true, resetAfter: true);
        after.Apply(Pulse);
        after.SetWeights([Tensor.Ones([1, 3]), Tensor.Ones([1, 3]), Check.Matrix([0, 0, 0], [0, 0, .5])]);
        Check.Close([.26221599, -.31159315], after.Apply(Pulse));
    }

    [Fact]
    public void Parameters_are_as_many_as_Keras_has()
    {
        var x = Tensor.Zeros([1, 4, 5]);
        Assert.Equal(4 * ((3 * (3 + 5)) + 3), Built(new LSTM(3), x).ParameterCount);
        Assert.Equal(3 * ((3 * (3 + 5)) + 3), Built(new GRU(3), x).ParameterCount);
        Assert.Equal((3 * ((3 * (3 + 5)) + 3)) + 9, Built(new GRU(3, resetAfter: true), x).ParameterCount);
        Assert.Equal((3 * (3 + 5)) + 3, Built(new SimpleRNN(3), x).ParameterCount);
        Assert.Equal(24, Built(new SimpleRNN(3, useBias: false), x).ParameterCount);
        Assert.Equal(["kernel", "recurrent_kernel", "bias"], Built(new LSTM(3), x).Weights.Select(w => w.Name.Split('/')[^1]));
        Check.Close([0, 0, 1, 1, 0, 0, 0, 0], Built(new LSTM(2), x).Weights[2]);
        Check.Close([0, 0, 0, 0, 0, 0, 0, 0], Built(new LSTM(2, unitForgetBias: false), x).Weights[2]);
        var u = Built(new SimpleRNN(3), x).Weights[1].Borrow();
        Check.Close([1, 0, 0, 0, 1, 0, 0, 0, 1], u.MatMul(u, transposeB: true), 1e-5);
    }

    // The numbers are PyTorch's (make_recurrent.py).
    [Fact]
    public void SimpleRNN_follows_PyTorch() => Check.Close(
        [-.123372415, .348346976, -.052392268, .243951221, .087299583, .554507378, -.111251527, .401299515, -.131340504, .187326442, .132969240, .561401184],
        Filled(new SimpleRNN(2, returnSequences: true), 1).Apply(Input));

    [Fact]
    public void LSTM_follows_PyTorch()
    {
        var layer = Filled(new LSTM(2, recurrentActivation: Activation.Sigmoid, returnSequences: true, returnState: true), 4);
        var y = layer.Apply([Input], new CallContext());
        Check.Close(
            [-.060806393, -.148341178, -.142722131, -.140363623, -.239704990, -.323732508, -.070957643, -.174172275, -.137271096, -.147728228, -.243654476, -.307188269],
            y[0]);
        Check.Close([-.527467516, -.531934593, -.519247145, -.501222479], y[2]);
        var from = layer.Apply([Input, Fill(40, 2, 2), Fill(50, 2, 2)], new CallContext())[0];
        Check.Close([-.206430105, -.297674998, -.262530146, -.345464989], from[.., ^1]);
    }

    [Fact]
    public void GRU_follows_PyTorch()
    {
        var layer = new GRU(2, recurrentActivation: Activation.Sigmoid, returnSequences: true, resetAfter: true);
        layer.Apply(Input);
        layer.SetWeights([Fill(10, 2, 6), Fill(20, 2, 6), Fill(30, 2, 6)]);
        Check.Close(
            [-.298452299, -.189781601, -.460556404, -.267314699, -.542352937, -.425767765, -.304769719, -.207428470, -.466451993, -.277475757, -.549005195, -.424417156],
            layer.Apply(Input));
    }

    [Fact]
    public void Bidirectional_follows_PyTorch()
    {
        var layer = new Bidirectional(new LSTM(2, recurrentActivation: Activation.Sigmoid, returnSequences: true));
        layer.Apply(Input);
        layer.SetWeights([Fill(10, 2, 8), Fill(20, 2, 8), Fill(30, 8), Fill(110, 2, 8), Fill(120, 2, 8), Fill(130, 8)]);
        Check.Close(
            [
                -.060806393, -.148341178, -.092204898, -.245715446, -.142722131, -.140363623, -.130033043, -.215015640, -.239704990, -.323732508, -.067155726, -.211983481,
                -.070957643, -.174172275, -.087178631, -.254075021, -.137271096, -.147728228, -.118545468, -.196276048, -.243654476, -.307188269, -.075343928, -.205511279,
            ],
            layer.Apply(Input));
    }

    [Fact]
    public void ConvLSTM2D_follows_PyTorch()
    {
        var layer = new ConvLSTM2D(2, 2, recurrentActivation: Activation.Sigmoid, unitForgetBias: false);
        var x = Fill(1, 1, 2, 3, 3, 1);
        layer.Apply(x);
        Assert.Equal([Shape.Of(2, 2, 1, 8), Shape.Of(2, 2, 2, 8), Shape.Of(8)], layer.Weights.Select(w => w.Shape));
        layer.SetWeights([Fill(10, 2, 2, 1, 8), Fill(20, 2, 2, 2, 8), Fill(30, 8)]);
        Check.Close([-.158608703, -.152270078, -.250967161, -.276554572, -.133282260, -.280914428, -.150765476, -.256760210], layer.Apply(x));
        Assert.Equal(Shape.Of(1, 2, 2, 2, 4), new ConvLSTM2D(4, 3, strides: 2, padding: Padding.Same, returnSequences: true).Apply(x).Shape);
    }

    public static TheoryData<string> Kinds => [.. Makers.Keys];

    static readonly Dictionary<string, Func<double, RecurrentCell>> Makers = new()
    {
        ["SimpleRNN"] = dropped => new SimpleRNNCell(3, recurrentDropout: dropped),
        ["LSTM"] = dropped => new LSTMCell(3, recurrentDropout: dropped),
        ["LSTM, sigmoid"] = dropped => new LSTMCell(3, recurrentActivation: Activation.Sigmoid, recurrentDropout: dropped),
        ["LSTM, linear"] = dropped => new LSTMCell(3, Activation.Linear, recurrentDropout: dropped),
        ["GRU"] = dropped => new GRUCell(3, recurrentDropout: dropped),
        ["GRU, relu"] = dropped => new GRUCell(3, Activation.Relu, recurrentDropout: dropped),
        ["GRU, reset after"] = dropped => new GRUCell(3, resetAfter: true, recurrentDropout: dropped),
        ["GRU, reset after, relu"] = dropped => new GRUCell(3, Activation.Relu, resetAfter: true, recurrentDropout: dropped),
        ["stacked"] = _ => new StackedRNNCells(new LSTMCell(2), new GRUCell(3)),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_layer_is_its_cell_step_by_step(string kind)
    {
        var cell = Makers[kind](0);
        var layer = new RNN(cell, returnSequences: true, returnState: true);
        var x = new RandomStream(1).Normal([2, 4, 3]);
        var y = layer.Apply([x], new CallContext(random: new RandomStream(2)));
        var states = cell.InitialStates([2, 3], new CallContext());
        for (var t = 0; t < 4; t++)
        {
            var step = cell.Apply([x[.., t], .. states], new CallContext());
            Check.Close(Numbers(step[0]), y[0][.., t]);
            states = step[1..];
        }

        Assert.Equal(states.Length, y.Length - 1);
        for (var i = 0; i < states.Length; i++) Check.Close(Numbers(states[i]), y[i + 1]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_masked_step_might_as_well_not_be_there(string kind)
    {
        var cell = Makers[kind](0);
        var x = new RandomStream(1).Normal([1, 4, 3]);
        foreach (var backwards in (bool[])[false, true])
        {
            var (layer, context) = (new RNN(cell, returnSequences: true, returnState: true, goBackwards: backwards), new CallContext());
            context.SetMask(x, Tensor.From(new[,] { { false, true, false, true } }));
            var y = layer.Apply([x], context);
            var alone = layer.Apply([Tensor.Concatenate([x[.., 1..2], x[.., 3..]], 1)], new CallContext());
            for (var i = 1; i < y.Length; i++) Check.Close(Numbers(alone[i]), y[i]);
            var outputs = Numbers(y[0]);
            if (backwards) Assert.Equal([.. Numbers(alone[0][.., 0]), .. Numbers(alone[0][.., 0]), .. Numbers(alone[0][.., 1]), .. Numbers(alone[0][.., 1])], outputs);
            else Assert.Equal([0, 0, 0, .. Numbers(alone[0][.., 0]), .. Numbers(alone[0][.., 0]), .. Numbers(alone[0][.., 1])], outputs);
            Assert.Equal(backwards ? [true, false, true, false] : [false, true, false, true], context.MaskOf(y[0])!.ToArray<bool>());
            Check.Close(Numbers(alone[0][.., 1]), new RNN(cell, goBackwards: backwards).Apply(x, context));
        }
    }

    [Fact]
    public void Before_the_first_step_that_counts_the_output_is_zero_and_the_state_is_kept()
    {
        foreach (var cell in (RecurrentCell[])[new LSTMCell(1), new SimpleRNNCell(1)])
        {
            var (x, context) = (Tensor.Ones([1, 2, 1]), new CallContext());
            context.SetMask(x, Tensor.From(new[,] { { false, false } }));
            var initial = Array.ConvertAll(cell.StateShapes([1, 1]), _ => Tensor.Full([1, 1], .5));
            var y = new RNN(cell, returnSequences: true, returnState: true).Apply([x, .. initial], context);
            Check.Close([0, 0], y[0]);
            Check.Close([.5], y[1]);
        }
    }

    [Fact]
    public void Going_backwards_reads_the_sequence_from_its_end_and_keeps_that_order()
    {
        var x = new RandomStream(3).Normal([2, 4, 3]);
        var cell = new LSTMCell(2);
        var forward = new RNN(cell, returnSequences: true).Apply(x.Flip(1));
        Check.Close(Numbers(forward), new RNN(cell, returnSequences: true, goBackwards: true).Apply(x));
        Check.Close(Numbers(forward[.., ^1]), new RNN(cell, goBackwards: true).Apply(x));
    }

    [Theory]
    [InlineData(MergeMode.Sum)]
    [InlineData(MergeMode.Mul)]
    [InlineData(MergeMode.Ave)]
    [InlineData(MergeMode.None)]
    public void Bidirectional_merges_outputs_of_the_same_steps(MergeMode mode)
    {
        var (a, b) = (new GRU(2, returnSequences: true, returnState: true), new GRU(2, returnSequences: true, returnState: true, goBackwards: true));
        var x = new RandomStream(3).Normal([2, 4, 3]);
        var y = new Bidirectional(a, mode, b).Apply([x], new CallContext());
        var (p, q) = (a.Apply([x], new CallContext()), b.Apply([x], new CallContext()));
        var r = q[0].Flip(1);
        Tensor[] expected = mode switch
        {
            MergeMode.Sum => [p[0] + r],
            MergeMode.Mul => [p[0] * r],
            MergeMode.Ave => [(p[0] + r) / 2],
            _ => [p[0], r],
        };
        expected = [.. expected, p[1], q[1]];
        Assert.Equal(expected.Length, y.Length);
        for (var i = 0; i < y.Length; i++) Check.Close(Numbers(expected[i]), y[i]);
    }

    [Fact]
    public void Bidirectional_makes_the_way_back_with_weights_of_its_own()
    {
        var layer = new Bidirectional(new LSTM(2, recurrentActivation: Activation.Sigmoid) { KernelInitializer = Initializer.Ones, Name = "words" });
        Assert.Equal(Shape.Of(1, 4), layer.Apply(Input[..1]).Shape);
        Assert.Equal(6, layer.Weights.Count);
        Check.Close(Numbers(Tensor.Ones([2, 8])), layer.Weights[3]);
        Assert.Contains("backward_words", layer.Children.Select(c => c.Name));
        Assert.Contains("Copy", Assert.Throws<StrataException>(() => new Bidirectional(new RNN(new Accumulator()))).Message);
        Assert.Throws<StrataException>(() => new Bidirectional(new GRU(1), backwardLayer: new GRU(1)));
    }

    [Fact]
    public void A_stateful_layer_goes_on_where_the_batch_before_ended()
    {
        var x = new RandomStream(4).Normal([2, 6, 3]);
        var cell = new LSTMCell(2);
        var whole = Numbers(new RNN(cell).Apply(x));
        var layer = new RNN(cell, stateful: true);
        layer.Apply(x[.., ..4]);
        Check.Close(whole, layer.Apply(x[.., 4..]));
        layer.ResetStates();
        layer.Apply(x[.., ..4]);
        Check.Close(whole, layer.Apply(x[.., 4..]));
        Assert.StartsWith(
            "Layer 'rnn' (RNN): it carries the states of 2 examples, but the batch has 1;", Assert.Throws<LayerException>(() => layer.Apply(x[..1])).Message);
        Assert.Throws<StrataException>(() => new RNN(cell).ResetStates());
        var given = new RNN(cell, stateful: true);
        given.ResetStates(Tensor.Ones([2, 2]), Tensor.Ones([2, 2]));
        Check.Close(Numbers(new RNN(cell).Apply([x, Tensor.Ones([2, 2]), Tensor.Ones([2, 2])], new CallContext())[0]), given.Apply(x));
        Assert.Equal(3, layer.Weights.Count);
    }

    [Fact]
    public void Building_a_model_leaves_no_state_behind()
    {
        var layer = new SimpleRNN(1, stateful: true) { BiasInitializer = Initializer.Ones };
        var model = new Sequential(layer);
        model.BuildFor([2, 1]);
        var x = Tensor.Zeros([1, 1, 1]);
        Check.Close([Math.Tanh(1)], model.Apply(x));
    }

    [Fact]
    public void A_compiled_step_carries_the_states_on()
    {
        var x = new RandomStream(4).Normal([2, 3, 3]);
        var cell = new GRUCell(2);
        var layer = new RNN(cell, stateful: true);
        var step = Compiled.Function((Tensor z) => layer.Apply(z));
        layer.Apply(x[.., ..1]);
        layer.ResetStates();
        var whole = Numbers(new RNN(cell).Apply(Tensor.Concatenate([x, x, x], 1)));
        step(x);
        step(x);
        Check.Close(whole, step(x));
        layer.ResetStates();
        Check.Close(Numbers(new RNN(cell).Apply(x)), step(x));
    }

    [Fact]
    public void Dropout_masks_are_drawn_once_a_sequence()
    {
        var x = Tensor.Ones([2, 5, 40]);
        Tensor Run(Layer layer) => layer.Apply(x, new CallContext(true, new RandomStream(1)));

        // With an identity for the kernel and no recurrence the output is the masked input.
        var layer = new SimpleRNN(40, Activation.Linear, dropout: .5, returnSequences: true) { KernelInitializer = Initializer.Identity, RecurrentInitializer = Initializer.Zeros };
        var y = Run(layer);
        Assert.Equal([0, 2], y.ToArray<float>().Distinct().Order());
        for (var t = 1; t < 5; t++) Check.Close(Numbers(y[.., 0]), y[.., t]);
        Assert.NotEqual(Numbers(y[0]), Numbers(y[1]));
        Check.Close(Numbers(x), layer.Apply(x));

        // The gates of implementation 1 drop different inputs, those of implementation 2 the same.
        foreach (var implementation in (int[])[1, 2])
        {
            var context = new CallContext(true, new RandomStream(1));
            var masks = new LSTMCell(3, dropout: .5, recurrentDropout: .25, implementation: implementation).SequenceConstants([2, 40], context);
            Assert.Equal(implementation == 1 ? 8 : 2, masks.Length);
            Assert.Equal(Shape.Of(2, 40), masks[0].Shape);
            Assert.Equal(Shape.Of(2, 3), masks[^1].Shape);
            if (implementation == 1) Assert.NotEqual(Numbers(masks[0]), Numbers(masks[1]));
        }
    }

    [Theory]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    [InlineData("GRU, reset after")]
    [InlineData("SimpleRNN")]
    public void State_dropout_drops_in_training_alone(string kind)
    {
        var layer = new RNN(Makers[kind](.5));
        var x = new RandomStream(1).Normal([3, 4, 3]);
        var (calm, trained) = (layer.Apply(x), layer.Apply(x, new CallContext(true, new RandomStream(2))));
        Assert.NotEqual(Numbers(calm), Numbers(trained));
        Check.Close(Numbers(trained), layer.Apply(x, new CallContext(true, new RandomStream(2))));
        Assert.True(Numbers(layer.Apply(x[.., ..1], new CallContext(true, new RandomStream(2)))).Zip(Numbers(layer.Apply(x[.., ..1]))).All(p => Math.Abs(p.First - p.Second) < 1e-6));
    }

    [Fact]
    public void Constants_come_to_every_step_of_a_cell_of_ones_own()
    {
        var layer = new RNN(new Accumulator(), returnSequences: true) { ConstantCount = 1 };
        var y = layer.Apply([Tensor.Ones([1, 3, 2]), Tensor.Full([1, 2], 10.0)], new CallContext())[0];
        Check.Close([11, 11, 22, 22, 33, 33], y);
        y = layer.Apply([Tensor.Ones([1, 2, 2]), Tensor.Full([1, 2], 100.0), Tensor.Full([1, 2], 10.0)], new CallContext())[0];
        Check.Close([111, 111, 122, 122], y);
        Assert.Equal(
            "Layer 'rnn' (RNN): it takes the input, no or 1 initial states and 1 constants, but got 4 tensors.",
            Assert.Throws<LayerException>(() => layer.Apply([y, y, y, y], new CallContext())).Message);
    }

    [Fact]
    public void What_a_cell_adds_to_the_loss_counts_at_every_step()
    {
        var cell = new SimpleRNNCell(2) { ActivityRegularizer = Regularizer.L2(1) };
        var (x, context) = (new RandomStream(1).Normal([2, 3, 2]), new CallContext());
        var y = new RNN(cell, returnSequences: true).Apply(x, context);
        // The output is the state, too: each of both is penalized.
        Check.Close([2 * y.Square().Sum().Item()], Assert.Single(context.Losses.Select(l => l.Reshape(1)).Aggregate((a, b) => a + b).Unstack()));
    }

    [Fact]
    public void A_loop_of_steps_is_a_handful_of_operations_however_long_it_is()
    {
        var layer = new RNN(new LSTMCell(3, recurrentDropout: .5));
        layer.Apply(Tensor.Zeros([1, 1, 2]));
        Assert.Equal(Operations(3), Operations(30));

        IReadOnlyList<string> Operations(int steps)
        {
            var compiled = Compiled.Function((Tensor x) => layer.Apply(x, training: true));
            compiled(Tensor.Zeros([1, steps, 2]));
            return Compiled.Plan(compiled).Operations;
        }
    }

    [Fact]
    public void TimeDistributed_applies_a_layer_to_every_step()
    {
        var (dense, x, context) = (new Dense(2, Activation.Softmax), new RandomStream(1).Normal([3, 4, 5]), new CallContext());
        context.SetMask(x, Tensor.Ones([3, 4], DType.Bool));
        var y = new TimeDistributed(dense).Apply(x, context);
        Check.Close(Numbers(dense.Apply(x[.., 2])), y[.., 2]);
        Assert.NotNull(context.MaskOf(y));
        Assert.Equal(Shape.Of(2, 3, 4, 4, 6), new TimeDistributed(new Conv2D(6, 3)).Apply(Tensor.Zeros([2, 3, 6, 6, 1])).Shape);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Check.Fails("Layer 'lstm' (LSTM): the input must be [examples, steps, features…], but it is [2, 3].", () => new LSTM(1).Apply(Tensor.Zeros([2, 3])));
        Check.Fails("Layer 'lstm' (LSTM): sequences must have a step at least, but the input is [2, 0, 3].", () => new LSTM(1).Apply(Tensor.Zeros([2, 0, 3])));
        Check.Fails("Layer 'gru' (GRU): initial state 0 is [1, 2], but must be [2, 2].", () => new GRU(2).Apply([Tensor.Zeros([2, 1, 3]), Tensor.Zeros([1, 2])], new CallContext()));
        Check.Fails("Layer 'lstm' (LSTM): it returns its states beside the output; call Apply with an array of inputs.", () => new LSTM(1, returnState: true).Apply(Input));
        Assert.Contains("units must be at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => new LSTM(0)).Message);
        Assert.Contains("implementation must be 1 or 2", Assert.Throws<ArgumentOutOfRangeException>(() => new GRUCell(1, implementation: 3)).Message);
    }

    [Fact]
    public void A_float64_layer_has_float64_weights()
    {
        var layer = Built(new LSTM(2, dropout: .5) { DType = DType.Float64 }, Tensor.Zeros([1, 2, 3], DType.Float64));
        Assert.All(layer.Weights, w => Assert.Equal(DType.Float64, w.DType));
        Assert.Equal(DType.Float64, layer.Apply(Tensor.Zeros([1, 2, 3], DType.Float64), training: true).DType);
    }

    static Tensor Input => Fill(1, 2, 3, 2);

    static Tensor Fill(int from, params int[] sizes) =>
        Tensor.From(Enumerable.Range(from, sizes.Aggregate(1, (a, b) => a * b)).Select(i => (float)(Math.Cos(i) / 2)).ToArray(), Shape.Of(sizes));

    static Layer Filled(RNN layer, int gates)
    {
        layer.Apply([Input], new CallContext());
        layer.SetWeights([Fill(10, 2, 2 * gates), Fill(20, 2, 2 * gates), Fill(30, 2 * gates)]);
        return layer;
    }

    static Tensor Ones(Layer layer, int gates)
    {
        layer.Apply(Pulse);
        layer.SetWeights([Tensor.Ones([1, gates]), Tensor.Ones([1, gates]), Tensor.Zeros([gates])]);
        return layer.Apply(Pulse);
    }

    static Layer Built(Layer layer, Tensor x)
    {
        layer.Apply(x);
        return layer;
    }

    static double[] Numbers(Tensor x) => x.Cast(DType.Float64).ToArray<double>();

    /// <summary>h' = h + x + constant.</summary>
    sealed class Accumulator : RecurrentCell
    {
        public override Shape[] StateShapes(Shape step) => [step[1..]];

        protected override Tensor[] Call(Tensor[] x, CallContext context)
        {
            var y = x[0] + x[1];
            if (x.Length > 2) y += x[2];
            return [y, y];
        }
    }
}
