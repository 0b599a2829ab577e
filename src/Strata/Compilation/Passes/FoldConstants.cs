using Strata.Operations;

namespace Strata.Compilation.Passes;

/// <summary>Computes beforehand what depends on constants alone, unless the result is large. A small fill becomes a constant; a large one stays
/// a fill, for it costs no memory to remember.</summary>
internal static class FoldConstants
{
    const long Largest = 1 << 16; // elements, unless the inputs have as many
    const long LargestFill = 1 << 10;

    public static Graph Run(Graph graph) => Rewriting.Rewrite(graph, (node, inputs) => Folded(node.Operation, inputs));

    /// <summary>The outputs of an operation as constants, or null.</summary>
    public static Tensor[]? Folded(Operation operation, Tensor[] inputs)
    {
        if (operation is Leaf || operation.HasEffect || !Array.TrueForAll(inputs, IsKnown)) return null;
        var types = operation.InferAll(inputs);
        var isUniform = Array.TrueForAll(inputs, x => x.Number is not null);
        if (types.Sum(type => type.Shape.Size) > (isUniform ? LargestFill : Math.Max(Largest, inputs.Sum(x => x.Size)))) return null;
        try
        {
            return Tracer.Untraced(() =>
            {
                var values = Array.ConvertAll(inputs, Value);
                var outputs = Array.ConvertAll(types, type => Tensor.Allocate(type.Shape, type.DType).Keep());
                operation.RunAll(Device.Cpu.Kernels, values, outputs);
                GC.KeepAlive(values);
                return outputs;
            });
        }
        catch (StrataException)
        {
            return null; // it fails when it runs, then
        }
    }

    static bool IsKnown(Tensor x) => x.Node!.Operation is Constant || (x.Node.Operation is Fill && x.Size <= Largest);

    static Tensor Value(Tensor x) => x.Node!.Operation switch
    {
        Constant constant => constant.Value,
        Fill fill => Tensor.Full(fill.Shape, fill.Value, fill.DType),
        _ => throw new InvalidOperationException($"{x.Node} is no constant."),
    };
}
