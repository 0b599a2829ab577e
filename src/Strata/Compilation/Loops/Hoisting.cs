using Strata.Operations;

namespace Strata.Compilation;

/// <summary>Takes out of a loop what need not be in it: what is the same in each step is computed once before, and products of a sequence's items
/// with a matrix that stays are one large product before.</summary>
internal static class Hoisting
{
    /// <summary>The smaller loop, with the sequences and captured tensors that it takes.</summary>
    public static (LoopBody Body, Tensor[] Sequences, Tensor[] Captured) Run(LoopBody body, Tensor[] sequences, Tensor[] captured)
    {
        var outside = new Dictionary<Tensor, Tensor>(); // inside tensor that is the same in each step → its value
        for (var i = 0; i < captured.Length; i++) outside[body.Captures[i]] = captured[i];
        var stacked = new Dictionary<Tensor, Tensor>(); // inside tensor that depends on items alone → its values in all steps
        for (var i = 0; i < sequences.Length; i++) stacked[body.Items[i]] = sequences[i];
        var (invariants, projections) = (outside.Count, stacked.Count);

        foreach (var node in body.Graph.Nodes)
        {
            if (node.Operation is Constant constant) outside[node.Outputs[0]] = constant.Value;
            if (node.Operation is Leaf or Fill || node.Operation.HasEffect || node.Operation is Scan) continue;
            if (Array.TrueForAll(node.Inputs, outside.ContainsKey) && node.Inputs.Length > 0 && !Array.TrueForAll(node.Inputs, x => x.Node!.Operation is Constant))
            {
                var y = node.Operation.ApplyTo(Array.ConvertAll(node.Inputs, x => outside[x]));
                for (var i = 0; i < y.Length; i++) outside[node.Outputs[i]] = y[i];
            }
            else if (node.Operation is MatMul { TransposeA: false } product && node.Inputs is [{ Rank: 2 } a, { Rank: 2 } b] && stacked.TryGetValue(a, out var items) && outside.TryGetValue(b, out var matrix))
            {
                var rows = items.Reshape(-1, items.Shape[^1]).MatMul(matrix, transposeB: product.TransposeB);
                stacked[node.Outputs[0]] = rows.Reshape([.. items.Shape.Span[..2], rows.Shape[^1]]);
            }
        }

        if (stacked.Count == projections && outside.Keys.Count(x => x.Node!.Operation is not Constant) == invariants) return (body, sequences, captured);
        return Cut(body, outside, stacked);
    }

    // The body anew, with what was computed outside as items and captures.
    static (LoopBody, Tensor[], Tensor[]) Cut(LoopBody body, Dictionary<Tensor, Tensor> outside, Dictionary<Tensor, Tensor> stacked)
    {
        var tracer = new Tracer { Options = body.Options };
        var copy = new GraphCopy(tracer);
        List<(Tensor Inside, Tensor Stack)> items = [];
        List<(Tensor Inside, Tensor Value)> captures = [];
        var states = Array.ConvertAll(body.States, s => copy[s] = tracer.Argument(s.Type));
        Tensor[] ends = [.. body.Next, .. body.Outputs];
        var needed = new HashSet<Node>();
        foreach (var end in ends) Need(end);
        foreach (var node in body.Graph.Nodes)
            if (node.Operation is HostValue || node.Operation.HasEffect)
                foreach (var y in node.Outputs) Need(y);
        foreach (var node in body.Graph.Nodes)
            if (needed.Contains(node)) copy.Copy(node);
        copy.CopyHost(body.Graph);
        Tensor[] Now(Tensor[] xs) => Array.ConvertAll(xs, x => copy[x]);
        return (
            new LoopBody
            {
                Graph = tracer.Graph, Items = [.. items.Select(i => i.Inside)], States = states, Captures = [.. captures.Select(c => c.Inside)],
                Next = Now(body.Next), Outputs = Now(body.Outputs), Options = body.Options, Recomputes = body.Recomputes,
            },
            [.. items.Select(i => i.Stack)],
            [.. captures.Select(c => c.Value)]);

        void Need(Tensor x)
        {
            if (copy.Has(x)) return;
            if (stacked.TryGetValue(x, out var stack)) items.Add((copy[x] = tracer.Argument(x.Type), stack));
            else if (outside.TryGetValue(x, out var value) && x.Node!.Operation is not Constant) captures.Add((copy[x] = tracer.Argument(x.Type), value));
            else if (needed.Add(x.Node!))
                foreach (var input in x.Node!.Inputs) Need(input);
        }
    }
}
