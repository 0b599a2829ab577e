using Strata.Formats.Arrays;
using Strata.Formats.Onnx;
using Strata.Nn;
using Strata.Random;

namespace Strata.Formats.Tests.Onnx;

/// <summary>Recurrent layers as ONNX's own operators. That ONNX Runtime gives the same is checked by bench/peers/onnx_runtime.mjs.</summary>
public class OnnxRecurrentTests
{
    static readonly OnnxOptions padded = new() { InputTypes = [DType.Int32], PaddingAtEnd = true };

    static readonly Dictionary<string, (Func<Layer> Make, string[] Operators)> layers = new()
    {
        ["LSTM"] = (() => new LSTM(4, returnSequences: true), ["LSTM"]),
        ["LSTM, last output"] = (() => new LSTM(4, recurrentActivation: Activation.Sigmoid), ["LSTM"]),
        ["LSTM, backwards"] = (() => new LSTM(4, returnSequences: true, goBackwards: true), ["LSTM"]),
        ["GRU"] = (() => new GRU(4, returnSequences: true), ["GRU"]),
        ["GRU, reset after, backwards"] = (() => new GRU(4, resetAfter: true, returnSequences: true, goBackwards: true) { BiasInitializer = new RandomNormal(0, 1) }, ["GRU"]),
        ["Bidirectional"] = (() => new Bidirectional(new LSTM(3, returnSequences: true)), ["LSTM", "LSTM"]),
        ["Bidirectional, last output"] = (() => new Bidirectional(new GRU(3), MergeMode.Sum), ["GRU", "GRU"]),
        ["stacked"] = (() => new RNN([new LSTMCell(4), new GRUCell(3)], returnSequences: true), ["LSTM", "GRU"]),
    };

    public static TheoryData<string> Layers => [.. layers.Keys];

    static void Close(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        var (e, a) = (expected.ToArray<float>(), actual.ToArray<float>());
        for (var i = 0; i < e.Length; i++) Assert.Equal(e[i], a[i], 1e-5 * (1 + Math.Abs(e[i])));
    }

    static string[] RecurrentOf(byte[] file) => [.. OnnxMessages.Read(file).Nodes.Select(n => n.Operator).Where(o => o is "LSTM" or "GRU" or "RNN" or "Scan")];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_is_one_node_a_direction(string name)
    {
        var (make, operators) = layers[name];
        var model = new Sequential(make(), new Dense(2)) { Seed = 1 };
        var x = new RandomStream(1).Normal([3, 5, 2]);
        var file = OnnxFile.Encode(model, [[5, 2]]);
        Assert.Equal(operators, RecurrentOf(file));
        Close(model.Apply(x), OnnxFile.Decode(file).Apply(x));
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Padding_at_the_ends_becomes_lengths(string name)
    {
        var (make, operators) = layers[name];
        var model = new Sequential(new Embedding(7, 3, maskZero: true), make()) { Seed = 1 };
        var x = Tensor.From(new[,] { { 1, 2, 3, 4, 5 }, { 6, 5, 0, 0, 0 }, { 3, 0, 0, 0, 0 } });
        var file = OnnxFile.Encode(model, [[5]], padded);
        Assert.Equal(operators, RecurrentOf(file));
        Assert.Contains("PaddingAtEnd", Assert.Throws<StrataException>(() => OnnxFile.Encode(model, [[5]], padded with { PaddingAtEnd = false })).Message);
        var back = OnnxFile.Decode(file);
        Close(model.Apply(x), back.Apply(x));
        Close(model.Apply(x), Compiled.Function((Tensor v) => back.Apply(v))(x));
    }

    [Fact]
    public void A_simple_recurrent_layer_is_RNN_and_masked_a_Scan()
    {
        foreach (var activation in (Activation[])[Activation.Tanh, Activation.Relu])
        {
            var model = new Sequential(new SimpleRNN(4, activation, returnSequences: true), new Bidirectional(new SimpleRNN(3, activation))) { Seed = 1 };
            var x = new RandomStream(1).Normal([3, 5, 2]);
            var file = OnnxFile.Encode(model, [[5, 2]]);
            Assert.Equal(["RNN", "RNN", "RNN"], RecurrentOf(file));
            Close(model.Apply(x), OnnxFile.Decode(file).Apply(x));
        }

        var masked = new Sequential(new Embedding(7, 3, maskZero: true), new SimpleRNN(4, Activation.Sigmoid, returnSequences: true), new SimpleRNN(2, goBackwards: true)) { Seed = 1 };
        var tokens = Tensor.From(new[,] { { 1, 0, 3, 4, 5 }, { 6, 5, 0, 0, 0 } }); // with a gap: a Scan is as masked as its loop
        var scans = OnnxFile.Encode(masked, [[5]], padded with { PaddingAtEnd = false });
        Assert.Equal(["Scan", "Scan"], RecurrentOf(scans));
        Close(masked.Apply(tokens), OnnxFile.Decode(scans).Apply(tokens));
    }

    [Fact]
    public void An_encoder_hands_its_states_to_a_decoder()
    {
        // [source, target so far] → logits, the states of the encoder's LSTM being the first of the decoder's.
        var (source, target) = (new Input([6], dtype: DType.Int32), new Input([4], dtype: DType.Int32));
        var encoder = new LSTM(5, recurrentActivation: Activation.Sigmoid, returnState: true);
        var decoder = new LSTM(5, recurrentActivation: Activation.Sigmoid, returnSequences: true);
        var read = encoder.ApplyAll(source.Then(new Embedding(9, 3, maskZero: true)));
        var written = decoder.Apply(target.Then(new Embedding(8, 3)), read[1], read[2]);
        var model = new Model([source.Symbol, target.Symbol], new Dense(8).Apply(written)) { Seed = 1 };
        Tensor[] x = [Tensor.From(new[,] { { 1, 2, 3, 0, 0, 0 }, { 4, 5, 6, 7, 8, 1 } }), Tensor.From(new[,] { { 1, 2, 3, 4 }, { 1, 7, 6, 5 } })];
        var file = OnnxFile.Encode(model, [[6], [4]], padded with { InputTypes = [DType.Int32, DType.Int32] });
        Assert.Equal(["LSTM", "LSTM"], RecurrentOf(file));
        Close(model.Apply(x)[0], OnnxFile.Decode(file).Apply(x)[0]);
    }

    [Fact]
    public void Attention_with_input_feeding_is_a_Scan()
    {
        var decoder = new AttentionDecoder(new LSTMCell(4), 4, new Nn.Attention(new GeneralScore()));
        var model = new Looking(decoder) { Seed = 1 };
        var x = new RandomStream(2).Normal([3, 5, 4]);
        var file = OnnxFile.Encode(model, [[5, 4]]);
        Assert.Equal(["Scan"], RecurrentOf(file));
        Close(model.Apply(x), OnnxFile.Decode(file).Apply(x));
    }

    [Fact]
    public void Random_changes_of_a_loop_give_a_model_or_an_error_of_the_library()
    {
        var model = new Sequential(new Embedding(7, 3, maskZero: true), new SimpleRNN(2), new Dense(2)) { Seed = 1 };
        var tokens = Tensor.From(new[,] { { 1, 0, 3 }, { 6, 5, 0 } });
        var good = OnnxFile.Encode(model, [[3]], padded);
        var random = new System.Random(5);
        for (var n = 0; n < 150; n++)
        {
            var file = (byte[])good.Clone();
            for (var k = random.Next(1, 6); k > 0; k--) file[random.Next(file.Length)] = (byte)random.Next(256);
            try
            {
                OnnxFile.Decode(file).Apply(tokens);
            }
            catch (StrataException)
            {
            }
        }
    }

    [Fact]
    public void Loops_that_are_not_supported_are_told()
    {
        var model = new Sequential(new SimpleRNN(2, Activation.Sigmoid)) { Seed = 1 };
        var graph = OnnxMessages.Read(OnnxFile.Encode(model, [[3, 2]]));
        var at = graph.Nodes.FindIndex(n => n.Operator == "Scan");
        string Message(string attribute, object value)
        {
            var changed = new Dictionary<string, object>(graph.Nodes[at].Attributes) { [attribute] = value };
            var other = new OnnxGraph { Name = "other" };
            other.Nodes.AddRange([.. graph.Nodes[..at], graph.Nodes[at] with { Attributes = changed }, .. graph.Nodes[(at + 1)..]]);
            foreach (var (name, constant) in graph.Initializers) other.Initializers[name] = constant;
            other.Inputs.AddRange(graph.Inputs);
            other.Outputs.AddRange(graph.Outputs);
            return Assert.ThrowsAny<StrataException>(() => OnnxFile.Decode(OnnxMessages.Write(other)).Apply(Tensor.Ones([1, 3, 2]))).Message;
        }

        Assert.Contains("other axes than the first", Message("scan_input_axes", (long[])[1]));
        Assert.Contains("of which 7 are sequences", Message("num_scan_inputs", 7L));
        Assert.Contains("another type than it should", Message("body", 3L));
        var unknown = new OnnxGraph { Name = "inside" };
        unknown.Nodes.Add(new("Mystery", [], ["y"], new Dictionary<string, object>()));
        Assert.Contains("Mystery", Message("body", unknown));
    }

    [Theory]
    [InlineData("packed")]
    [InlineData("seq2seq")]
    public void Models_of_PyTorch_with_several_inputs_give_the_same_outputs(string name)
    {
        static string File(string file) => Path.Combine(AppContext.BaseDirectory, "Onnx", "Files", file);
        Tensor[] x = [Npy.Read(File(name + "-x1.npy")), Npy.Read(File(name + "-x2.npy"))];
        var model = OnnxFile.Import(File(name + ".onnx"), channelsLast: false);
        Close(Npy.Read(File(name + "-y.npy")), model.Apply(x)[0]);
        Close(Npy.Read(File(name + "-y.npy")), Compiled.Function((Tensor[] v) => model.Apply(v))(x)[0]);
    }

    /// <summary>Attention decoding over its own input.</summary>
    sealed class Looking(AttentionDecoder decoder) : Model
    {
        readonly AttentionDecoder decoder = decoder;
        bool tracked;

        protected override Tensor Call(Tensor x, CallContext context)
        {
            if (!tracked) Track(decoder);
            tracked = true;
            var zeros = Tensor.Zeros([x.Shape[0], 4]);
            return decoder.Apply([x, x, .. decoder.Begin(zeros, zeros)], context)[0];
        }
    }
}
