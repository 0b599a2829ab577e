using Strata.Formats.Onnx;
using Strata.Nn;
using Strata.Random;

namespace Strata.Formats.Tests.Onnx;

/// <summary>Exported models are read back; that ONNX Runtime agrees is checked by bench/peers/onnx_runtime.mjs.</summary>
public class OnnxExportTests
{
    static void Close(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        var (e, a) = (expected.ToArray<float>(), actual.ToArray<float>());
        for (var i = 0; i < e.Length; i++) Assert.Equal(e[i], a[i], 1e-5 * (1 + Math.Abs(e[i])));
    }

    static void RoundTrip(Model model, Shape input, int examples = 5)
    {
        var file = OnnxFile.Encode(model, [input]);
        var back = OnnxFile.Decode(file);
        var x = new RandomStream(3).Normal([examples, .. input.Span]);
        Close(model.Apply(x), back.Apply(x));
        Close(model.Apply(x.Slice([0], [1])), back.Apply(x.Slice([0], [1])));
    }

    /// <summary>A model of one function.</summary>
    sealed class Function(Func<Tensor, Tensor> f) : Model
    {
        protected override Tensor Call(Tensor x, CallContext context) => f(x);
    }

    [Fact]
    public void LeNet_5_makes_the_round_trip() => RoundTrip(new Sequential(
        new ZeroPadding2D(2), new Conv2D(6, 5, activation: Activation.Relu), new MaxPooling2D(2), new Conv2D(16, 5, activation: Activation.Tanh), new AveragePooling2D(2),
        new Flatten(), new Dense(12, Activation.Relu), new Dropout(.5), new Dense(10, Activation.Softmax)) { Seed = 1 }, [28, 28, 1]);

    [Fact]
    public void A_convolutional_net_stays_channels_first_inside()
    {
        var model = new Sequential(
            new Conv2D(4, 3, padding: Padding.Same, activation: Activation.Relu), new BatchNormalization(), new Conv2D(5, 3, strides: 2, padding: Padding.Same),
            new BatchNormalization(), Activation.Relu6, new GlobalAveragePooling2D(), new Dense(3)) { Seed = 2 };
        RoundTrip(model, [9, 8, 3]);
        var graph = OnnxMessages.Read(OnnxFile.Encode(model, [[9, 8, 3]]));
        Assert.DoesNotContain(graph.Nodes, n => n.Operator == "Transpose");
        Assert.Equal(new long?[] { null, 3, 9, 8 }, graph.Inputs.Single().Sizes);
    }

    [Fact]
    public void Elements_may_keep_their_order()
    {
        var model = new Sequential(new Conv2D(4, 3)) { Seed = 2 };
        var x = new RandomStream(1).Normal([2, 5, 5, 3]);
        var file = OnnxFile.Encode(model, [[5, 5, 3]], new OnnxOptions { ChannelsFirst = false });
        Close(model.Apply(x), OnnxFile.Decode(file, channelsLast: false).Apply(x));
    }

    public static TheoryData<string> Functions => [.. functions.Keys];

    static readonly Dictionary<string, (Shape Input, Func<Tensor, Tensor> F)> functions = new()
    {
        ["unary"] = ([7], x => (x.Abs() + 1).Sqrt() + x.Sin() + x.Cos() + x.Tanh() + x.Exp().Log1p() + x.Square() + (x.Square() + 1).Rsqrt() + x.Erf() + x.Floor() + x.Round() - x.Sign() + x.Softplus()),
        ["activations"] = ([7], x => Activation.Selu.Of(x) + Activation.Gelu.Of(x) + Activation.HardSigmoid.Of(x) + Activation.Softsign.Of(x) + Activation.LeakyRelu(.1).Of(x) + Activation.EluOf(2).Of(x)),
        ["comparisons"] = ([7], x => Tensor.Where((x > 0) & (x <= 1) | (x < -1), x, Tensor.Maximum(x, x * 2)) + x.EqualTo(x).Cast(DType.Float32)),
        ["powers"] = ([3], x => (x.Abs() + 1).Power(1.5) / Tensor.Minimum(x, x.Square() + 1).Exp()),
        ["matrix"] = ([4, 3], x => x.MatMul(x, transposeB: true).MatMul(Tensor.Ones([4, 2]))),
        ["reductions"] = ([4, 3], x => x.Sum(1) + x.Mean(1, keepDims: true).Squeeze(1) + x.Max(1) - x.Min([1]) + x.LogSoftmax().Sum(1)),
        ["cut"] = ([6, 5, 2], x => Tensor.Concatenate([x.Slice([0, 1, 0], [x.Shape[0], 3, 5]).Flip(2), x.Split(2, 1)[0]], 1)),
        ["layer normalization"] = ([4, 6], x => Tensor.LayerNormalization(x, Tensor.Arange(6), Tensor.Ones([6]), 1e-3)),
        ["images"] = ([6, 5, 2], x =>
        {
            var y = x.Convolution(Tensor.Ones([3, 3, 2, 4]), [1], Padding.Same, []).Relu();
            y = Tensor.Concatenate([y, y.Pad([(0, 0), (1, 0), (0, 1), (0, 0)], .5).Slice([0, 1, 0, 0], [y.Shape[0], 6, 5, 4])], -1);
            y = y.Resize(12, 10) + y.Resize(12, 10, ResizeMode.Nearest) * Tensor.Arange(8);
            y = y.Pad([(0, 0), (1, 1), (2, 2), (0, 0)], PadMode.Reflect).Softmax();
            return y.Mean([1, 2]) + y.Max([1, 2], keepDims: true).Reshape(-1, 8) + y.Sum(-1).Sum([1, 2]).Reshape(-1, 1);
        }),
        ["transposed convolution"] = ([5, 4, 3], x => x.ConvolutionTranspose(Tensor.Ones([3, 3, 2, 3]), [2], Padding.Same, [], []) + 1),
        ["lstm"] = ([5, 3], x =>
        {
            var zeros = Tensor.Zeros([x.Shape[0], 2]);
            var kernel = Tensor.Linspace(-1, 1, 24).Reshape(3, 8);
            var (h, c) = Tensor.Lstm(x.MatMul(kernel) + Tensor.Linspace(-.5, .5, 8), zeros, zeros, Tensor.Linspace(-1, 1, 16).Reshape(2, 8));
            return h.Mean(1) + c.Slice([0, 4], [x.Shape[0], 1]).Reshape(-1, 2);
        }),
        ["lstm, backwards, of a projection"] = ([5, 8], x => Tensor.Lstm(x.Relu(), Tensor.Zeros([x.Shape[0], 2]), Tensor.Zeros([x.Shape[0], 2]), Tensor.Linspace(-1, 1, 16).Reshape(2, 8), reverse: true).Outputs),
        ["gru"] = ([5, 3], x => Tensor.Gru(x.MatMul(Tensor.Linspace(-1, 1, 18).Reshape(3, 6)), Tensor.Zeros([x.Shape[0], 2]), Tensor.Linspace(-1, 1, 12).Reshape(2, 6), Tensor.Linspace(-.5, .5, 6))),
        ["gru, reset before"] = ([5, 3], x => Tensor.Gru(x.MatMul(Tensor.Linspace(-1, 1, 18).Reshape(3, 6)), Tensor.Zeros([x.Shape[0], 2]), Tensor.Linspace(-1, 1, 12).Reshape(2, 6))),
        ["steps"] = ([8], x => Tensor.LstmStep(x, x.Slice([0, 0], [x.Shape[0], 2])) is var (h, c) ? h + c : x),
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_make_the_round_trip(string name) => RoundTrip(new Function(functions[name].F), functions[name].Input);

    [Fact]
    public void Tokens_make_the_round_trip()
    {
        var model = new Sequential(new Embedding(9, 4), new Flatten(), new Dense(2)) { Seed = 1 };
        var x = Tensor.From([1, 2, 3, 8, 0, 4], [2, 3]);
        var file = OnnxFile.Encode(model, [[3]], new OnnxOptions { InputTypes = [DType.Int32] });
        Close(model.Apply(x), OnnxFile.Decode(file).Apply(x));
    }

    [Fact]
    public void What_cannot_be_exported_is_named()
    {
        string Message(Func<Tensor, Tensor> f) => Assert.Throws<StrataException>(() => OnnxFile.Encode(new Function(f), [[3]])).Message;
        Assert.Contains("LinearRecurrence", Message(x => new Operations.LinearRecurrence(0, false).Apply(x, x)));
        Assert.Contains("depends on the number of examples", Message(x => x.Mean(0)));
        Assert.Contains("set the batch", Message(x => x.Slice([1], [x.Shape[0] - 1])));
    }

    [Fact]
    public void A_file_has_a_fixed_number_of_examples_if_asked()
    {
        var file = OnnxFile.Encode(new Function(x => x - x.Mean(0)), [[3]], new OnnxOptions { Batch = 4 });
        var x = new RandomStream(1).Normal([4, 3]);
        Close(x - x.Mean(0), OnnxFile.Decode(file).Apply(x));
        using var temporary = new TemporaryFile("a.onnx");
        OnnxFile.Export(temporary.Path, new Function(x => x + 1), [3]);
        Assert.Equal([2f, 2, 2], OnnxFile.Import(temporary.Path).Apply(Tensor.Ones([1, 3])).ToArray<float>());
    }
}
