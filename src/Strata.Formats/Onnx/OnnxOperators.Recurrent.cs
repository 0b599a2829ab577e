using Strata.Nn;

namespace Strata.Formats.Onnx;

// Recurrent layers: X [steps, n, in], W [directions, gates·hidden, in], R [directions, gates·hidden, hidden], B [directions, 2·gates·hidden], lengths [n],
// the states before [directions, n, hidden].
static partial class OnnxOperators
{
    /// <summary>A direction of a recurrent layer: X [n, steps, in], its W, R and B, the states before [n, hidden], which steps count and which way to go →
    /// the outputs of all steps [n, steps, hidden] and the states after.</summary>
    delegate (Tensor Outputs, Tensor[] States) Direction(Tensor x, Tensor w, Tensor r, Tensor bias, Tensor[] states, Tensor? mask, bool reverse);

    static OnnxTensor[] Lstm(OnnxNode node, OnnxTensor[] x, long version)
    {
        if (x.Length > 7 && !x[7].IsNone) throw new FormatException("peephole weights are not supported");
        if (node.Int("input_forget", 0) != 0) throw new FormatException("coupled input and forget gates are not supported");
        var hard = IsHard(node, "Sigmoid", "Tanh", "Tanh");
        return Recur(node, x, gates: 4, states: 2, (input, w, r, bias, states, mask, reverse) =>
        {
            // i, o, f, c in the file; i, f, c, o here
            var b = bias.Split(2, 0);
            var gates = input.MatMul(Ordered(w, 4, 0, 2, 3, 1), transposeB: true) + Ordered(b[0] + b[1], 4, 0, 2, 3, 1);
            var (h, c) = Tensor.Lstm(gates, states[0], states[1], Ordered(r, 4, 0, 2, 3, 1).Transpose(), mask, hard, reverse);
            return (h, [Last(h, reverse), Last(c, reverse)]);
        });
    }

    static OnnxTensor[] Gru(OnnxNode node, OnnxTensor[] x, long version)
    {
        var hard = IsHard(node, "Sigmoid", "Tanh");
        var after = node.Int("linear_before_reset", 0) != 0;
        return Recur(node, x, gates: 3, states: 1, (input, w, r, bias, states, mask, reverse) =>
        {
            // z, r, h in both
            var b = bias.Split(2, 0);
            var gates = input.MatMul(w, transposeB: true) + (after ? b[0] : b[0] + b[1]);
            var h = Tensor.Gru(gates, states[0], r.Transpose(), after ? b[1] : null, mask, hard, reverse);
            return (h, [Last(h, reverse)]);
        });
    }

    static OnnxTensor[] Rnn(OnnxNode node, OnnxTensor[] x, long version)
    {
        RefuseClip(node);
        var relu = node.Attributes.TryGetValue("activations", out var names) && names is string[] given && given.Length > 0 && given.All(n => n == "Relu");
        if (!relu) Require(node, "activations", "Tanh");
        return Recur(node, x, gates: 1, states: 1, (input, w, r, bias, states, mask, reverse) =>
        {
            var b = bias.Split(2, 0);
            var gates = (input.MatMul(w, transposeB: true) + (b[0] + b[1])).SwapAxes(0, 1);
            var u = r.Transpose();
            var (ends, outputs) = Flow.Scan(
                (items, before) =>
                {
                    var sum = items[0] + before[0].MatMul(u);
                    var h = relu ? sum.Relu() : sum.Tanh();
                    if (mask is not null) h = Tensor.Where(items[1], h, before[0]);
                    return ([h], [h]);
                },
                mask is null ? [gates] : [gates, mask.Transpose().ExpandDims(-1)],
                states,
                reverse: reverse);
            return (outputs[0].SwapAxes(0, 1), ends);
        });
    }

    static Tensor Last(Tensor h, bool reverse) => reverse ? h[.., 0] : h[.., ^1];

    /// <summary>The gates of [gates·hidden, …] in another order.</summary>
    static Tensor Ordered(Tensor x, int gates, params ReadOnlySpan<int> order)
    {
        var (parts, ordered) = (x.Split(gates, 0), new Tensor[gates]);
        for (var i = 0; i < gates; i++) ordered[i] = parts[order[i]];
        return Tensor.Concatenate(ordered, 0);
    }

    /// <summary>Whether the gates are Keras's hard sigmoid, clip(x/5 + 1/2, 0, 1), or if not the logistic function.</summary>
    static bool IsHard(OnnxNode node, params string[] standard)
    {
        RefuseClip(node);
        if (!node.Attributes.TryGetValue("activations", out var value) || value is not string[] { Length: > 0 } names || names[0] != "HardSigmoid")
        {
            Require(node, "activations", standard);
            return false;
        }

        Require(node, "activations", ["HardSigmoid", .. standard[1..]]);
        if (!All("activation_alpha", .2f) || !All("activation_beta", .5f)) throw new FormatException("only the hard sigmoid of x/5 + 1/2 is supported");
        return true;

        bool All(string attribute, float expected) =>
            !node.Attributes.TryGetValue(attribute, out var given) || (given is float[] numbers && numbers.All(v => v == expected));
    }

    static void RefuseClip(OnnxNode node)
    {
        if (node.Attributes.ContainsKey("clip")) throw new FormatException("clipped cells are not supported");
    }

    static void Require(OnnxNode node, string attribute, params string[] expected)
    {
        if (!node.Attributes.TryGetValue(attribute, out var value)) return;
        if (value is not string[] names || names.Length % expected.Length != 0 || names.Where((n, i) => n != expected[i % expected.Length]).Any())
            throw new FormatException($"only the {attribute} {string.Join(", ", expected)} are supported");
    }

    static OnnxTensor[] Recur(OnnxNode node, OnnxTensor[] x, int gates, int states, Direction run)
    {
        var (input, w, r) = (x[0].Plain, x[1].Plain, x[2].Plain);
        var direction = node.String("direction", "forward");
        if (node.Int("layout", 0) != 0) throw new FormatException("the layout with examples first is not supported");
        if (input.Rank != 3 || w.Rank != 3 || r.Rank != 3 || w.Shape[0] != (direction == "bidirectional" ? 2 : 1)) throw new FormatException($"the weights {w.Shape} do not fit {input.Shape} and the direction {direction}");
        var (steps, n, hidden) = (input.Shape[0], input.Shape[1], r.Shape[2]);
        if (steps == 0) throw new FormatException("a sequence without steps is not supported");
        var mask = x.Length > 4 && !x[4].IsNone && !(x[4].IsKnown && x[4].Ints("lengths").All(l => l == steps))
            ? Tensor.Arange(0, steps).Reshape(1, -1) < x[4].Plain.Cast(DType.Int64).Reshape(n, 1)
            : null;
        var turned = input.SwapAxes(0, 1);
        var (outputs, ends) = (new List<Tensor>(), new List<Tensor>[states]);
        for (var s = 0; s < states; s++) ends[s] = [];
        for (var d = 0; d < w.Shape[0]; d++)
        {
            var bias = x.Length > 3 && !x[3].IsNone ? Row(x[3].Plain, d) : Tensor.Zeros([2 * gates * hidden], input.DType);
            var before = Enumerable.Range(0, states).Select(s => x.Length > 5 + s && !x[5 + s].IsNone ? Row(x[5 + s].Plain, d) : Tensor.Zeros([n, hidden], input.DType)).ToArray();
            var (h, after) = run(turned, Row(w, d), Row(r, d), bias, before, mask, direction == "reverse" || d == 1);
            if (mask is not null) h *= mask.Cast(h.DType).ExpandDims(-1); // beyond the end outputs are 0
            outputs.Add(h.SwapAxes(0, 1));
            for (var s = 0; s < states; s++) ends[s].Add(after[s]);
        }

        return [OnnxTensor.Of(Tensor.Stack([.. outputs], 1)), .. ends.Select(e => OnnxTensor.Of(Tensor.Stack([.. e])))];

        static Tensor Row(Tensor x, int i) => x.Slice([i], [1]).Reshape(x.Shape[1..]);
    }
}
