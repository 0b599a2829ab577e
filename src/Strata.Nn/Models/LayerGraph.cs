namespace Strata.Nn;

/// <summary>The applications of layers that lead from some symbolic tensors to others, in an order in which they can be computed.</summary>
internal sealed class LayerGraph
{
    readonly Dictionary<SymbolicTensor, int> places = new(ReferenceEqualityComparer.Instance); // of the tensors of a pass
    readonly (Layer Layer, int[] Inputs, int[] Outputs)[] steps;

    /// <exception cref="StrataException">An output needs an input that is not among <paramref name="inputs"/>, or an input is there twice.</exception>
    public LayerGraph(SymbolicTensor[] inputs, SymbolicTensor[] outputs)
    {
        (Inputs, Outputs) = (inputs, outputs);
        if (inputs.Length == 0 || outputs.Length == 0) throw new StrataException("Model: it needs at least one input and one output.");
        foreach (var input in inputs)
            if (!places.TryAdd(input, places.Count)) throw new StrataException($"Model: the input {input} is there twice.");
        var calls = new List<LayerCall>();
        var seen = new HashSet<LayerCall>();
        Collect();
        Calls = calls;
        foreach (var tensor in calls.SelectMany(c => c.Outputs)) places.TryAdd(tensor, places.Count);
        steps = [.. calls.Select(c => (c.Layer, Array.ConvertAll(c.Inputs, x => places[x]), Array.ConvertAll(c.Outputs, y => places[y])))];
        Layers = Sorted();

        // Depth first, with a stack of its own: a model may be deeper than the thread's stack.
        void Collect()
        {
            var open = new Stack<(LayerCall Call, int Next)>();
            foreach (var output in outputs)
            {
                Enter(output);
                while (open.TryPop(out var top))
                {
                    if (top.Next == top.Call.Inputs.Length)
                    {
                        calls.Add(top.Call);
                        continue;
                    }

                    open.Push((top.Call, top.Next + 1));
                    Enter(top.Call.Inputs[top.Next]);
                }
            }

            void Enter(SymbolicTensor tensor)
            {
                if (places.ContainsKey(tensor) || !seen.Add(tensor.Source)) return;
                if (tensor.Source.Layer is Input input)
                    throw new StrataException($"Model: an output needs the input '{input.Name}' {tensor}, which is not among the model's inputs.");
                open.Push((tensor.Source, 0));
            }
        }
    }

    public SymbolicTensor[] Inputs { get; }

    public SymbolicTensor[] Outputs { get; }

    /// <summary>The applications, each after those it needs.</summary>
    public IReadOnlyList<LayerCall> Calls { get; }

    /// <summary>The layers, each once: those farther from the outputs first, as Keras lists them.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>Computes the outputs.</summary>
    public Tensor[] Run(Tensor[] x, CallContext context)
    {
        var tensors = new Tensor[places.Count];
        for (var i = 0; i < x.Length; i++) tensors[i] = Inputs[i].Source.Layer is Input input ? input.Apply(x[i], context) : x[i];
        foreach (var (layer, inputs, outputs) in steps)
        {
            if (inputs.Length == 1 && outputs.Length == 1)
            {
                tensors[outputs[0]] = layer.Apply(tensors[inputs[0]], context);
                continue;
            }

            var y = layer.Apply(Array.ConvertAll(inputs, i => tensors[i]), context);
            for (var i = 0; i < outputs.Length; i++) tensors[outputs[i]] = y[i];
        }

        return Array.ConvertAll(Outputs, y => tensors[places[y]]);
    }

    List<Layer> Sorted()
    {
        // The depth of a layer is its greatest distance from an output.
        var depths = new Dictionary<Layer, int>(ReferenceEqualityComparer.Instance);
        var callDepths = new Dictionary<LayerCall, int>();
        for (var i = Calls.Count - 1; i >= 0; i--)
        {
            var depth = Math.Max(callDepths.GetValueOrDefault(Calls[i]), depths.GetValueOrDefault(Calls[i].Layer));
            depths[Calls[i].Layer] = depth;
            foreach (var x in Calls[i].Inputs)
                if (x.Source.Layer is Input) depths[x.Source.Layer] = Math.Max(depths.GetValueOrDefault(x.Source.Layer), depth + 1);
                else callDepths[x.Source] = Math.Max(callDepths.GetValueOrDefault(x.Source), depth + 1);
        }

        var layers = Inputs.Select(x => x.Source.Layer).Where(l => l is Input).Concat(Calls.Select(c => c.Layer)).Distinct();
        return [.. layers.OrderByDescending(l => depths.GetValueOrDefault(l))]; // stable
    }
}
