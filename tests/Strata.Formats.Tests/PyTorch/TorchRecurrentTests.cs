using Strata.Formats.PyTorch;
using Strata.Formats.Weights;
using Strata.Nn;

namespace Strata.Formats.Tests.PyTorch;

/// <summary>Recurrent layers with the weights and the outputs of PyTorch's (make_recurrent.py).</summary>
public class TorchRecurrentTests
{
    const int Units = 3;

    // The second layer of a module that goes both ways is a layer of its own here.
    static readonly TorchNames names = new() { Rename = name => name.StartsWith("top.", StringComparison.Ordinal) ? name.Replace("top.", "rnn.").Replace("_l0", "_l1") : name };

    static Dictionary<string, Tensor> Case(string name) => TorchFile.Read(Path.Combine(AppContext.BaseDirectory, "PyTorch", "Files", "recurrent.pth"), name).ToDictionary();

    static Dictionary<string, Tensor> State(string name) =>
        Case(name).Where(t => t.Key.StartsWith("state.", StringComparison.Ordinal)).ToDictionary(t => t.Key["state.".Length..], t => t.Value);

    static KernelRNN Layer(string kind) => kind switch
    {
        "lstm" => new LSTM(Units, recurrentActivation: Activation.Sigmoid, returnSequences: true) { Name = "rnn" },
        "gru" => new GRU(Units, recurrentActivation: Activation.Sigmoid, resetAfter: true, returnSequences: true) { Name = "rnn" },
        _ => new SimpleRNN(Units, returnSequences: true) { Name = "rnn" },
    };

    static RecurrentCell Cell(string kind) => kind switch
    {
        "lstm" => new LSTMCell(Units, recurrentActivation: Activation.Sigmoid),
        "gru" => new GRUCell(Units, recurrentActivation: Activation.Sigmoid, resetAfter: true),
        _ => new SimpleRNNCell(Units),
    };

    static Sequential Model(string name)
    {
        var (kind, form) = (name[..^(name.EndsWith("both", StringComparison.Ordinal) ? 5 : 1)], name[^1] == 'h' ? name[^5..] : name[^1..]);
        var model = form switch
        {
            "1" => new Sequential(Layer(kind)),
            "2" => new Sequential(new RNN([Cell(kind), Cell(kind)], returnSequences: true) { Name = "rnn" }),
            "1both" => new Sequential(new Bidirectional(Layer(kind)) { Name = "rnn" }),
            _ => new Sequential(new Bidirectional(Layer(kind)) { Name = "rnn" }, new Bidirectional(Layer(kind)) { Name = "top" }),
        };
        model.BuildFor([4, 2]);
        return model;
    }

    static void Agrees(Sequential model, Dictionary<string, Tensor> reference)
    {
        var (expected, actual) = (reference["y"].ToArray<float>(), model.Predict(reference["x"]).ToArray<float>());
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 2e-6f);
    }

    [Theory]
    [InlineData("lstm1")]
    [InlineData("lstm2")]
    [InlineData("lstm1both")]
    [InlineData("lstm2both")]
    [InlineData("gru1")]
    [InlineData("gru2")]
    [InlineData("gru1both")]
    [InlineData("gru2both")]
    [InlineData("rnn1")]
    [InlineData("rnn2")]
    [InlineData("rnn1both")]
    [InlineData("rnn2both")]
    public void Recurrent_modules_give_what_PyTorch_computed(string name)
    {
        var (reference, state) = (Case(name), State(name));
        var model = Model(name);
        var report = TorchWeights.Load(model, state, names);
        Assert.Empty(report.Missing);
        Assert.Equal(model.Weights.Count, report.Loaded.Count);
        Agrees(model, reference);

        var other = Model(name);
        ModelWeights.Load(other, state, names);
        Agrees(other, reference);

        other = Model(name);
        Assert.Empty(ModelWeights.Load(other, state, byOrder: true).LeftOver);
        Agrees(other, reference);

        // Back to PyTorch and here again: the same function, though an LSTM's two biases are one now.
        other = Model(name);
        var written = TorchWeights.Save(model, names);
        Assert.Equal(state.Keys.Order(StringComparer.Ordinal), written.Keys.Order(StringComparer.Ordinal));
        TorchWeights.Load(other, written, names);
        Agrees(other, reference);
        if (!name.StartsWith("gru", StringComparison.Ordinal)) return;
        foreach (var (key, tensor) in state) Assert.Equal(tensor.ToArray<float>(), written[key].ToArray<float>());
    }

    [Fact]
    public void Both_biases_belong_to_one_weight()
    {
        var report = TorchWeights.Load(Model("lstm1"), State("lstm1"));
        Assert.Equal(["rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0 + rnn.bias_hh_l0"], report.Sources);
        var state = State("lstm1");
        state.Remove("rnn.bias_hh_l0");
        Assert.Equal(
            "TorchWeights: 1 weight missing ('rnn.bias_ih_l0 + rnn.bias_hh_l0'), 1 tensor left over ('rnn.bias_ih_l0').",
            Assert.Throws<StrataException>(() => TorchWeights.Load(Model("lstm1"), state)).Message);
        state["rnn.bias_hh_l0"] = Tensor.Zeros([5]);
        Assert.Equal(
            "TorchWeights: 'rnn.bias_ih_l0' + 'rnn.bias_hh_l0' is [12] + [5], which does not fit the weight 'rnn/lstm_cell_1/bias' [12].",
            Assert.Throws<StrataException>(() => TorchWeights.Load(Model("lstm1"), state)).Message);
    }

    [Fact]
    public void A_unit_that_PyTorch_does_not_have_is_told()
    {
        var model = new Sequential(new GRU(Units) { Name = "rnn" });
        model.BuildFor([4, 2]);
        const string Expected = "TorchWeights: 'rnn/gru_cell_1/bias' is the bias of a GRU that resets before the product, which PyTorch does not have; a layer with resetAfter: true fits.";
        Assert.Equal(Expected, Assert.Throws<StrataException>(() => TorchWeights.Load(model, State("gru1"))).Message);
        Assert.Equal(Expected, Assert.Throws<StrataException>(() => TorchWeights.Save(model)).Message);
    }
}
