namespace Strata.Formats.Onnx;

// Recurrent layers: X [steps, n, in], W [directions, gates·hidden, in], R [directions, gates·hidden, hidden], B [directions, 2·gates·hidden].
static partial class OnnxOperators
{
    /// <summary>One step of a recurrent layer: the gates' part of the input, the states before → the states after; the first one is the output.</summary>
    delegate Tensor[] Step(Tensor input, Tensor[] states);

    static OnnxTensor[] Lstm(OnnxNode node, OnnxTensor[] x, long version)
    {
        if (x.Length > 7 && !x[7].IsNone) throw new FormatException("peephole weights are not supported");
        Require(node, "activations", "Sigmoid", "Tanh", "Tanh");
        return Recur(node, x, gates: 4, states: 2, (r, bias) => (input, states) =>
        {
            // i, o, f, c
            var g = (input + states[0].MatMul(r, transposeB: true) + bias).Split(4, -1);
            var c = (g[2].Sigmoid() * states[1]) + (g[0].Sigmoid() * g[3].Tanh());
            return [g[1].Sigmoid() * c.Tanh(), c];
        });
    }

    static OnnxTensor[] Gru(OnnxNode node, OnnxTensor[] x, long version)
    {
        Require(node, "activations", "Sigmoid", "Tanh");
        var after = node.Int("linear_before_reset", 0) != 0;
        return Recur(node, x, gates: 3, states: 1, (r, bias) =>
        {
            var (rs, bs) = (r.Split(3, 0), bias.Split(3, -1));
            return (input, states) =>
            {
                // z, r, h
                var (g, h) = (input.Split(3, -1), states[0]);
                var z = (g[0] + h.MatMul(rs[0], transposeB: true) + bs[0]).Sigmoid();
                var reset = (g[1] + h.MatMul(rs[1], transposeB: true) + bs[1]).Sigmoid();
                var candidate = (g[2] + (after ? reset * (h.MatMul(rs[2], transposeB: true) + bs[2]) : (reset * h).MatMul(rs[2], transposeB: true) + bs[2])).Tanh();
                return [((1 - z) * candidate) + (z * h)];
            };
        });
    }

    static OnnxTensor[] Rnn(OnnxNode node, OnnxTensor[] x, long version)
    {
        var relu = node.Attributes.TryGetValue("activations", out var names) && names is string[] given && given.All(n => n == "Relu");
        if (!relu) Require(node, "activations", "Tanh");
        return Recur(node, x, gates: 1, states: 1, (r, bias) => (input, states) =>
        {
            var sum = input + states[0].MatMul(r, transposeB: true) + bias;
            return [relu ? sum.Relu() : sum.Tanh()];
        });
    }

    static void Require(OnnxNode node, string attribute, params string[] expected)
    {
        if (node.Attributes.ContainsKey("clip")) throw new FormatException("clipped cells are not supported");
        if (!node.Attributes.TryGetValue(attribute, out var value)) return;
        if (value is not string[] names || names.Length % expected.Length != 0 || names.Where((n, i) => n != expected[i % expected.Length]).Any())
            throw new FormatException($"only the {attribute} {string.Join(", ", expected)} are supported");
    }

    static OnnxTensor[] Recur(OnnxNode node, OnnxTensor[] x, int gates, int states, Func<Tensor, Tensor, Step> step)
    {
        var (input, w, r) = (x[0].Plain, x[1].Plain, x[2].Plain);
        var direction = node.String("direction", "forward");
        if (node.Int("layout", 0) != 0) throw new FormatException("the layout with examples first is not supported");
        if (x.Length > 4 && !x[4].IsNone && (!x[4].IsKnown || x[4].Ints("lengths").Any(l => l != input.Shape[0]))) throw new FormatException("sequences of different lengths are not supported");
        if (input.Rank != 3 || w.Rank != 3 || r.Rank != 3 || w.Shape[0] != (direction == "bidirectional" ? 2 : 1)) throw new FormatException($"the weights {w.Shape} do not fit {input.Shape} and the direction {direction}");
        var (steps, n, hidden) = (input.Shape[0], input.Shape[1], r.Shape[2]);
        var (outputs, ends) = (new List<Tensor>(), new List<Tensor>[states]);
        for (var s = 0; s < states; s++) ends[s] = [];
        for (var d = 0; d < w.Shape[0]; d++)
        {
            var bias = x.Length > 3 && !x[3].IsNone ? Row(x[3].Plain, d) : Tensor.Zeros([2 * gates * hidden], input.DType);
            var biases = bias.Split(2, 0);
            var projected = input.MatMul(Row(w, d), transposeB: true) + biases[0]; // [steps, n, gates·hidden]
            var state = Enumerable.Range(0, states).Select(s => x.Length > 5 + s && !x[5 + s].IsNone ? Row(x[5 + s].Plain, d) : Tensor.Zeros([n, hidden], input.DType)).ToArray();
            var one = step(Row(r, d), biases[1]);
            var reverse = direction == "reverse" || d == 1;
            var made = new Tensor[steps];
            for (var t = 0; t < steps; t++)
            {
                var at = reverse ? steps - 1 - t : t;
                state = one(Row(projected, at), state);
                made[at] = state[0];
            }

            outputs.Add(Tensor.Stack(made));
            for (var s = 0; s < states; s++) ends[s].Add(state[s]);
        }

        return [OnnxTensor.Of(Tensor.Stack([.. outputs], 1)), .. ends.Select(e => OnnxTensor.Of(Tensor.Stack([.. e])))];

        static Tensor Row(Tensor x, int i) => x.Slice([i], [1]).Reshape(x.Shape[1..]);
    }
}
