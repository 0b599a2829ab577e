using Strata.Compilation;
using Strata.Operations;

namespace Strata.Formats.Onnx;

// Fused recurrent operations. Their input is projected already, x·W + b; the product goes into the node if it is one of constants.
sealed partial class OnnxExporter
{
    readonly Dictionary<Tensor, string> lastCells = []; // Y_c [1, n, units] of the cells [n, steps, units]

    void EmitLstm(Node node, Lstm lstm)
    {
        var units = node.Inputs[3].Shape[0];
        // Here i, f, g, o; in ONNX i, o, f, g.
        var (input, kernel, bias) = Projected(node.Inputs[0], 4 * units);
        string Ordered(Tensor x) => New(Gates(x, units, [0, 3, 1, 2]));
        var recurrent = Ordered(Constant(node, node.Inputs[3]));
        string[] inputs =
        [
            input, Ordered(kernel), recurrent, New(Tensor.Concatenate([GateVector(bias, units, [0, 3, 1, 2]), Tensor.Zeros([4 * units])], 0).ExpandDims(0)),
            lstm.Masked ? Lengths(node, node.Inputs[4]) : "", State(node, node.Inputs[1]), State(node, node.Inputs[2]),
        ];
        var names = AddMany("LSTM", inputs, 3, [("hidden_size", (long)units), ("direction", lstm.Reverse ? "reverse" : "forward"), .. Activations(lstm.Hard, "Tanh", "Tanh")]);
        Plainly(node.Outputs[0], FromSteps(names[0]));
        if (lstm.Masked) KeepWhereMasked(node, node.Inputs[4], names[1], lstm.Reverse);
        lastCells[node.Outputs[1]] = names[2];
        values[node.Outputs[1]] = new Value();
    }

    void EmitGru(Node node, Gru gru)
    {
        var units = node.Inputs[2].Shape[0];
        var (input, kernel, bias) = Projected(node.Inputs[0], 3 * units);
        int[] order = [0, 1, 2]; // z, r, h in both
        var after = gru.ResetAfter ? Constant(node, node.Inputs[3]) : Tensor.Zeros([3 * units]);
        string[] inputs =
        [
            input, New(Gates(kernel, units, order)), New(Gates(Constant(node, node.Inputs[2]), units, order)), New(Tensor.Concatenate([bias, after], 0).ExpandDims(0)),
            gru.Masked ? Lengths(node, node.Inputs[^1]) : "", State(node, node.Inputs[1]),
        ];
        var names = AddMany("GRU", inputs, 2,
            [("hidden_size", (long)units), ("direction", gru.Reverse ? "reverse" : "forward"), ("linear_before_reset", gru.ResetAfter ? 1L : 0L), .. Activations(gru.Hard, "Tanh")]);
        Plainly(node.Outputs[0], FromSteps(names[0]));
        if (gru.Masked) KeepWhereMasked(node, node.Inputs[^1], names[1], gru.Reverse);
    }

    /// <summary>How many steps count: ONNX's recurrent operators take the first ones.</summary>
    string Lengths(Node node, Tensor mask)
    {
        if (!options.PaddingAtEnd) throw Unsupported(node, "is masked; ONNX knows only sequences that end early: if all masks are so, say PaddingAtEnd in the options");
        var ones = Add("Cast", [Plain(mask)], ("to", (long)OnnxMessages.Number(DType.Int32)));
        return Add("ReduceSum", [ones, Ints(1)], ("keepdims", 0L));
    }

    /// <summary>Where ONNX's outputs are 0, beyond the end, the state stays as it is: the last one, or backwards the first.</summary>
    void KeepWhereMasked(Node node, Tensor mask, string last, bool reverse)
    {
        var y = node.Outputs[0];
        var kept = reverse ? Add("Unsqueeze", [Plain(node.Inputs[1]), Ints(1)]) : Add("Transpose", [last], ("perm", (long[])[1, 0, 2]));
        Plainly(y, Add("Where", [Add("Unsqueeze", [Plain(mask), Ints(2)]), Plain(y), kept]));
    }

    static (string, object)[] Activations(bool hard, params string[] others) => hard
        ? [("activations", (string[])["HardSigmoid", .. others]), ("activation_alpha", (float[])[.2f]), ("activation_beta", (float[])[.5f])]
        : [];

    /// <summary>The sequence with steps first, and what its elements are multiplied by: the layer's own kernel, or the identity.</summary>
    (string Input, Tensor Kernel, Tensor Bias) Projected(Tensor x, int width)
    {
        var (product, bias) = x.Node is { Operation: Strata.Operations.Add } sum && values[sum.Inputs[1]].Constant is { Rank: 1 } b && b.Shape[0] == width
            ? (sum.Inputs[0], b)
            : (x, Tensor.Zeros([width], x.DType));
        var (source, kernel) = product.Node is { Operation: MatMul { TransposeA: false, TransposeB: false } } matrix && values[matrix.Inputs[1]].Constant is { Rank: 2 } k
            ? (matrix.Inputs[0], k)
            : (product, Tensor.Eye(width, dtype: x.DType));
        return (Add("Transpose", [Plain(source)], ("perm", (long[])[1, 0, 2])), kernel, bias);
    }

    /// <summary>[in, gates·units] as [1, gates·units, in] with the gates in another order.</summary>
    static Tensor Gates(Tensor kernel, int units, int[] order)
    {
        var parts = kernel.Split(kernel.Shape[1] / units, 1);
        return Tensor.Concatenate([.. order.Select(i => parts[i])], 1).Transpose(1, 0).ExpandDims(0);
    }

    static Tensor GateVector(Tensor bias, int units, int[] order)
    {
        var parts = bias.Split(bias.Shape[0] / units, 0);
        return Tensor.Concatenate([.. order.Select(i => parts[i])], 0);
    }

    Tensor Constant(Node node, Tensor x) => values[x].Constant ?? throw Unsupported(node, "has weights that depend on the inputs");

    /// <summary>An initial state [n, units] as [1, n, units]; none for zeros.</summary>
    string State(Node node, Tensor x)
    {
        if (values[x].Constant is not { } constant) return Add("Unsqueeze", [Plain(x), Ints(0)]);
        if (constant.NotEqualTo(Tensor.ZerosLike(constant)).Any().Item() == 0) return "";
        return options.Batch is not null ? New(constant.ExpandDims(0)) : throw Unsupported(node, "begins in a fixed state; set the batch in the options");
    }

    /// <summary>[steps, 1, n, units] as [n, steps, units].</summary>
    string FromSteps(string sequence) => Add("Transpose", [Add("Squeeze", [sequence, Ints(1)])], ("perm", (long[])[1, 0, 2]));

    /// <summary>The step at the end of cells, of which ONNX gives only that one.</summary>
    string LastCells(Node node, ValueList<Extent> extents)
    {
        var (x, reverse) = (node.Inputs[0], node.Inputs[0].Node!.Operation is Lstm { Reverse: true });
        if (extents[1] != new Extent(reverse ? 0 : x.Shape[1] - 1, 1) || extents[2] != Extent.All(x.Shape[2])) throw Unsupported(node, "takes cells of other steps than the last");
        return Add("Transpose", [lastCells[x]], ("perm", (long[])[1, 0, 2]));
    }

    /// <summary>One step: sums [n, 4·units] of the gates i, f, g, o, and the cells before → outputs and cells.</summary>
    void EmitLstmStep(Node node, LstmStep step)
    {
        var gates = AddMany("Split", [Plain(node.Inputs[0])], 4, ("axis", -1L));
        string Gate(string x) => step.Hard ? Add("HardSigmoid", [x]) : Add("Sigmoid", [x]);
        var cells = Add("Add", [Add("Mul", [Gate(gates[1]), Plain(node.Inputs[1])]), Add("Mul", [Gate(gates[0]), Add("Tanh", [gates[2]])])]);
        Plainly(node.Outputs[0], Add("Mul", [Gate(gates[3]), Add("Tanh", [cells])]));
        Plainly(node.Outputs[1], cells);
    }

    void EmitGruStep(Node node, GruStep step)
    {
        var (own, share) = (AddMany("Split", [Plain(node.Inputs[0])], 3, ("axis", -1L)), AddMany("Split", [Plain(node.Inputs[1])], 3, ("axis", -1L)));
        string Gate(int i) => Add(step.Hard ? "HardSigmoid" : "Sigmoid", [Add("Add", [own[i], share[i]])]);
        var z = Gate(0);
        var candidate = Add("Tanh", [Add("Add", [own[2], Add("Mul", [Gate(1), share[2]])])]);
        Plainly(node.Outputs[0], Add("Add", [candidate, Add("Mul", [z, Add("Sub", [Plain(node.Inputs[2]), candidate])])]));
    }
}
