namespace Strata.Formats.Onnx;

/// <summary>The operator Scan (from version 9 on): a graph that is evaluated for each item of sequences, with states carried along.</summary>
static class OnnxLoop
{
    public const string Operator = "Scan";

    /// <summary>Runs it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="x">States before the first item, and sequences.</param>
    /// <param name="around">What stands for values from around the loop.</param>
    /// <param name="evaluate">Evaluates nodes in order, adding their outputs to the values.</param>
    /// <param name="version">Of the operators.</param>
    public static OnnxTensor[] Run(
        OnnxNode node, OnnxTensor[] x, IReadOnlyDictionary<string, OnnxTensor> around, Action<IReadOnlyList<OnnxNode>, Dictionary<string, OnnxTensor>> evaluate, long version)
    {
        var body = node.Graph("body");
        var items = (int)Math.Clamp(node.Int("num_scan_inputs", 0), 0, int.MaxValue);
        var states = x.Length - items;
        var outputs = body.Outputs.Count - states;
        if (version < 9) throw new FormatException("Scan of version 8 is not supported");
        if (items == 0 || states < 0 || outputs < 0 || body.Inputs.Count != x.Length) throw new FormatException($"its graph has {body.Inputs.Count} inputs and {body.Outputs.Count} outputs, but the node {x.Length} inputs of which {items} are sequences");
        foreach (var attribute in (ReadOnlySpan<string>)["scan_input_axes", "scan_output_axes"])
            if (node.Ints(attribute)?.Any(a => a != 0) == true) throw new FormatException("sequences along other axes than the first are not supported");
        int[] directions = [.. node.Ints("scan_input_directions") ?? new int[items], .. node.Ints("scan_output_directions") ?? new int[outputs]];
        if (directions.Distinct().Count() > 1) throw new FormatException("sequences that go different ways are not supported");

        var (ends, stacks) = Flow.Scan(
            (now, before) =>
            {
                var values = new Dictionary<string, OnnxTensor> { [""] = OnnxTensor.None };
                // In wrappings of their own: what one keeps of another order of axes must not be made inside and used after the loop.
                foreach (var name in body.Nodes.SelectMany(n => n.Needs).Distinct())
                    if (name.Length > 0 && around.TryGetValue(name, out var value)) values[name] = value.IsKnown ? OnnxTensor.Known(value.Plain) : OnnxTensor.Of(value.Plain);
                foreach (var (name, constant) in body.Initializers) values[name] = OnnxTensor.Known(constant);
                for (var i = 0; i < x.Length; i++) values[body.Inputs[i].Name] = OnnxTensor.Of(i < states ? before[i] : now[i - states]);
                evaluate(body.Nodes, values);
                Tensor[] y = [.. body.Outputs.Select(o => values.TryGetValue(o.Name, out var made) ? made.Plain : throw new FormatException($"the output '{o.Name}' of its graph is not computed"))];
                return (y[..states], y[states..]);
            },
            [.. x[states..].Select(v => v.Plain)],
            [.. x[..states].Select(v => v.Plain)],
            reverse: directions.Contains(1));
        return [.. ends.Concat(stacks).Select(OnnxTensor.Of)];
    }
}
