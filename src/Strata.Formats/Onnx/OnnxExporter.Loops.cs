using Strata.Compilation;
using Strata.Operations;

namespace Strata.Formats.Onnx;

// Loops: one of a simple recurrent layer becomes RNN, any other Scan, with its inside as a graph of its own.
sealed partial class OnnxExporter
{
    void EmitScan(Node node, Scan scan)
    {
        var (body, other, own) = (scan.Body, ((Scan)twin.Operation).Body, twin);
        var (items, states) = (body.Items.Length, body.States.Length);
        if (items == 0) throw Unsupported(node, "is a loop without sequences");
        if (body.Graph.Nodes.Count != other.Graph.Nodes.Count) throw Unsupported(node, "differs with the number of examples");
        if (EmitRnn(node, scan)) return;

        // What is taken from around the loop is named there: a node made for it inside could not be used after the loop.
        var inside = new OnnxGraph { Name = $"loop{made}" };
        for (var i = 0; i < body.Captures.Length; i++)
        {
            var outer = values[node.Inputs[items + states + i]];
            values[body.Captures[i]] = outer.Constant is not null ? outer : new Value { Plain = Plain(node.Inputs[items + states + i]) };
        }

        for (var i = 0; i < states; i++) Parameter(body.States[i], other.States[i], $"{inside.Name}_state{i}");
        for (var i = 0; i < items; i++) Parameter(body.Items[i], other.Items[i], $"{inside.Name}_item{i}");
        string[] inputs = [.. Enumerable.Range(items, states).Select(i => WholeState(node, node.Inputs[i])), .. node.Inputs[..items].Select(Plain)];

        var around = nodes;
        nodes = inside.Nodes;
        EmitAll(body.Graph, other.Graph);
        foreach (var (y, z) in body.Next.Concat(body.Outputs).Zip(other.Next.Concat(other.Outputs)))
            inside.Outputs.Add(new(Add("Identity", [Plain(y)]), OnnxMessages.Number(y.DType), Sizes(y, z, first: false)));
        (nodes, twin) = (around, own);

        var direction = scan.Reverse ? 1L : 0L;
        var names = AddMany(
            "Scan", inputs, states + body.Outputs.Length, ("body", inside), ("num_scan_inputs", (long)items),
            ("scan_input_directions", Repeated(direction, items)), ("scan_output_directions", Repeated(direction, body.Outputs.Length)));
        for (var i = 0; i < names.Length; i++) Plainly(node.Outputs[i < states ? body.Outputs.Length + i : i - states], names[i]); // states stand first in ONNX

        void Parameter(Tensor x, Tensor z, string name)
        {
            values[x] = new Value { Plain = name };
            inside.Inputs.Add(new(name, OnnxMessages.Number(x.DType), Sizes(x, z, first: false)));
        }
    }

    /// <summary>A state before the loop, with as many rows as there are examples: a constant is kept as one row.</summary>
    string WholeState(Node node, Tensor x)
    {
        if (values[x] is not { Constant: { } constant, Twin: { } other } || constant.Shape == other.Shape) return Plain(x);
        for (var i = 0; i < node.Inputs.Length; i++)
        {
            var axis = Enumerable.Range(0, node.Inputs[i].Rank).FirstOrDefault(a => node.Inputs[i].Shape[a] != twin.Inputs[i].Shape[a], -1);
            if (axis < 0 || values[node.Inputs[i]].Constant is not null) continue;
            var examples = Add("Gather", [Add("Shape", [Plain(node.Inputs[i])]), Ints(axis)], ("axis", 0L));
            return Add("Expand", [Plain(x), Add("Concat", [examples, Ints(Longs(constant.Shape[1..].Span))], ("axis", 0L))]);
        }

        throw Unsupported(node, "begins in a state of as many rows as there are examples, of which no sequence tells; set the batch in the options");
    }

    static long[] Repeated(long value, int count) => [.. Enumerable.Repeat(value, count)];

    /// <summary>h' = φ(item + h·U + b) with φ = tanh or relu, h' being all that comes out.</summary>
    bool EmitRnn(Node node, Scan scan)
    {
        var body = scan.Body;
        Tensor[] ends = [.. body.Next, .. body.Outputs];
        if (body.Items is not [{ Rank: 2 } item] || ends.Distinct().Count() != 1 || ends[0].Node is not { Operation: Tanh or Relu, Inputs: [var sum] } last) return false;
        Tensor? recurrent = null, bias = null;
        var terms = Terms(sum).ToList();
        if (!terms.Remove(item)) return false;
        foreach (var term in terms)
            if (ConstantOf(term) is { Rank: 1 } vector) bias = bias is null ? vector : bias + vector;
            else if (recurrent is null && term.Node is { Operation: MatMul { TransposeA: false, TransposeB: false }, Inputs: [var h, var u] } && ReferenceEquals(h, body.States[0])) recurrent = ConstantOf(u);
            else return false;
        if (recurrent is null) return false;

        var units = recurrent.Shape[0];
        var (input, kernel) = OfItems(node.Inputs[0]);
        string[] inputs =
        [
            input, New(Gates(kernel ?? Tensor.Eye(units, dtype: recurrent.DType), units, [0])), New(Gates(recurrent, units, [0])),
            New(Tensor.Concatenate([bias ?? Tensor.Zeros([units]), Tensor.Zeros([units])], 0).ExpandDims(0)), "", State(node, node.Inputs[1]),
        ];
        var names = AddMany(
            "RNN", inputs, 2, ("hidden_size", (long)units), ("direction", scan.Reverse ? "reverse" : "forward"), ("activations", (string[])[last.Operation is Relu ? "Relu" : "Tanh"]));
        for (var i = 0; i < node.Outputs.Length; i++)
            Plainly(node.Outputs[i], i < body.Outputs.Length ? Add("Squeeze", [names[0], Ints(1)]) : Add("Squeeze", [names[1], Ints(0)])); // [steps, 1, n, units], [1, n, units]
        return true;

        static IEnumerable<Tensor> Terms(Tensor x) => x.Node is { Operation: Strata.Operations.Add, Inputs: [var a, var b] } ? Terms(a).Concat(Terms(b)) : [x];

        Tensor? ConstantOf(Tensor inside)
        {
            var at = Array.FindIndex(body.Captures, c => ReferenceEquals(c, inside));
            return at < 0 ? null : values[node.Inputs[1 + body.States.Length + at]].Constant;
        }
    }

    /// <summary>The items of a loop [steps, n, in] before a product with a matrix that was taken out of it, and the matrix; or the items themselves.</summary>
    (string Items, Tensor? Kernel) OfItems(Tensor items) =>
        items.Node is { Operation: Alias, Inputs: [{ Node: { Operation: MatMul { TransposeA: false, TransposeB: false }, Inputs: [{ Node: { Operation: Alias, Inputs: [{ Rank: 3 } rows] } }, var kernel] } }] }
        && values[kernel].Constant is { } matrix && rows.Shape[..2] == items.Shape[..2]
            ? (Plain(rows), matrix)
            : (Plain(items), null);
}
