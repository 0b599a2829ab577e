using Strata.Nn;
using Strata.Random;

namespace Strata.Formats.Onnx;

/// <summary>A model read from an ONNX file: it evaluates the file's nodes in tensor operations, so it can be trained further. Constants with fractions
/// are its weights, under their names in the file.</summary>
public sealed class OnnxModel : Model
{
    readonly OnnxGraph graph;
    readonly bool channelsLast;
    readonly OnnxValue[] inputs;
    readonly Dictionary<string, Variable> weights = [];
    readonly HashSet<string> kernels = [];

    internal OnnxModel(OnnxGraph graph, bool channelsLast)
    {
        (this.graph, this.channelsLast) = (graph, channelsLast);
        inputs = [.. graph.Inputs.Where(i => !graph.Initializers.ContainsKey(i.Name))]; // old files name their constants as inputs, too
        Check(graph.Nodes);
        if (graph.Outputs.Count == 0) throw new FormatException("the graph has no output");
        foreach (var input in inputs) _ = OnnxMessages.TypeOf(input.Type);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> InputNames => [.. inputs.Select(i => i.Name)];

    /// <summary>The sizes of the inputs as the file orders their axes, channels before height and width; null where any will do, or as a whole where nothing is known.</summary>
    public IReadOnlyList<IReadOnlyList<int?>?> InputSizes => [.. inputs.Select(i => i.Sizes is null ? null : (IReadOnlyList<int?>)Array.ConvertAll(i.Sizes, s => s is > 0 and <= int.MaxValue ? (int?)s : null))];

    /// <summary>The number of examples that the file is for; null: any.</summary>
    public int? Batch => InputSizes.Select(sizes => sizes is [{ } n, ..] ? (int?)n : null).FirstOrDefault(n => n is not null);

    static void Check(IEnumerable<OnnxNode> nodes)
    {
        foreach (var node in nodes)
            if (node.Operator == OnnxLoop.Operator) Check(node.Graph("body").Nodes);
            else if (!OnnxOperators.Knows(node.Operator)) throw new FormatException($"the operator {node} is not supported");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> OutputNames => [.. graph.Outputs.Select(o => o.Name)];

    private protected override void BuildIfKnown()
    {
        if (inputs.Length == 0 || inputs.Any(i => i.Sizes is not [_, .. var sizes] || sizes.Any(s => s is null or <= 0 or > int.MaxValue))) return;
        BuildFor(
            Array.ConvertAll(inputs, i => Example([.. i.Sizes![1..].Select(s => (int)s!.Value)])), Array.ConvertAll(inputs, i => OnnxMessages.TypeOf(i.Type)));

        Shape Example(int[] sizes) => channelsLast && sizes is [var channels, .. { Length: 2 } image] ? [.. image, channels] : Shape.Of(sizes);
    }

    /// <inheritdoc/>
    protected override void Build(Shape[] x)
    {
        // Kernels of convolutions lie in this library's order, so that they are turned once and not in every call.
        var uses = graph.Nodes.SelectMany(n => n.Inputs.Select((name, i) => (name, IsKernel: i == 1 && n.Operator is "Conv" or "ConvTranspose"))).ToLookup(u => u.name, u => u.IsKernel);
        var statistics = graph.Nodes.Where(n => n.Operator == "BatchNormalization").SelectMany(n => n.Inputs.Skip(3)).ToHashSet();
        var settings = graph.Nodes.Where(n => n.Operator is "Resize" or "Upsample").SelectMany(n => n.Inputs.Skip(1)).ToHashSet();
        foreach (var (name, tensor) in graph.Initializers)
        {
            if (!tensor.DType.IsFloating() || tensor.Rank == 0 || settings.Contains(name)) continue;
            var isKernel = tensor.Rank > 2 && uses[name].All(u => u) && uses[name].Any();
            var value = isKernel ? OnnxTensor.ToKernel(tensor) : tensor;
            weights[name] = Weight(name, value.Shape, new FromFile(value), trainable: !statistics.Contains(name));
            if (isKernel) kernels.Add(name);
        }
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => Call([x], context) is [var y, ..] ? y : throw new ShapeException("it has no output.");

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        if (x.Length != inputs.Length) throw new ShapeException($"it takes {inputs.Length} inputs ({string.Join(", ", InputNames)}), but got {x.Length}.");
        var values = new Dictionary<string, OnnxTensor> { [""] = OnnxTensor.None };
        foreach (var (name, tensor) in graph.Initializers)
            values[name] = !weights.TryGetValue(name, out var weight) ? OnnxTensor.Known(tensor) : kernels.Contains(name) ? OnnxTensor.OfKernel(weight) : OnnxTensor.Of(weight);
        for (var i = 0; i < x.Length; i++)
        {
            var sizes = inputs[i].Sizes;
            if (sizes is not null && sizes.Length != x[i].Rank) throw new ShapeException($"the input '{inputs[i].Name}' must have {sizes.Length} axes, but it is {x[i].Shape}.");
            values[inputs[i].Name] = IsImage(x[i]) ? OnnxTensor.OfLast(x[i]) : OnnxTensor.Of(x[i]);
        }

        Evaluate(graph.Nodes, values, context.Observer is null ? null : (name, y) => context.Observer(this, name, Given(y)));
        return [.. graph.Outputs.Select(o => values.TryGetValue(o.Name, out var y)
            ? Given(y)
            : throw new ShapeException($"the output '{o.Name}' is not computed."))];
    }

    void Evaluate(IReadOnlyList<OnnxNode> nodes, Dictionary<string, OnnxTensor> values) => Evaluate(nodes, values, observer: null);

    void Evaluate(IReadOnlyList<OnnxNode> nodes, Dictionary<string, OnnxTensor> values, Action<string, OnnxTensor>? observer)
    {
        foreach (var node in nodes)
        {
            var arguments = node.Inputs.Select(name => values.TryGetValue(name, out var value) ? value : throw new ShapeException($"the node {node} takes '{name}', which is not computed before it.")).ToArray();
            OnnxTensor[] outputs;
            try
            {
                outputs = node.Operator == OnnxLoop.Operator ? OnnxLoop.Run(node, arguments, values, Evaluate, graph.Opset) : OnnxOperators.Run(node, arguments, graph.Opset);
            }
            catch (Exception e) when (e is StrataException or FormatException or ArgumentException or IndexOutOfRangeException or OverflowException or InvalidCastException)
            {
                throw new ShapeException($"the node {node}: {e.Message}", e);
            }

            for (var i = 0; i < Math.Min(outputs.Length, node.Outputs.Count); i++)
            {
                values[node.Outputs[i]] = outputs[i];
                if (!outputs[i].IsNone) observer?.Invoke(node.Outputs[i], outputs[i]);
            }
        }
    }

    Tensor Given(OnnxTensor y) => channelsLast && y.Rank == 4 ? y.Last : y.Plain;

    bool IsImage(Tensor x) => channelsLast && x.Rank == 4;

    /// <summary>A value from the file.</summary>
    sealed record FromFile(Tensor Value) : Initializer
    {
        public override Tensor Create(Shape shape, RandomStream random, DType dtype) => Value;
    }
}
