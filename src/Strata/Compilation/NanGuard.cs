using System.Numerics;
using System.Numerics.Tensors;

namespace Strata.Compilation;

/// <summary>Looks at every output of a plan for numbers that no longer mean anything.</summary>
internal static class NanGuard
{
    const double Largest = 1e10;

    /// <summary>Throws if an output holds a NaN, an infinity or a magnitude above 10¹⁰.</summary>
    public static void Look(Node node, Tensor[] inputs, Tensor[] outputs)
    {
        foreach (var y in outputs)
        {
            if (y.DType == DType.Float32) Look<float>(node, y);
            else if (y.DType == DType.Float64) Look<double>(node, y);
            GC.KeepAlive(y);
        }
    }

    static void Look<T>(Node node, Tensor y)
        where T : unmanaged, IFloatingPoint<T>
    {
        var elements = y.AsSpan<T>();
        if (elements.IsEmpty || T.Abs(TensorPrimitives.MaxMagnitude(elements)) <= T.CreateSaturating(Largest)) return; // NaN is the largest of all
        for (var i = 0; i < elements.Length; i++)
            if (!(T.Abs(elements[i]) <= T.CreateSaturating(Largest)))
                throw new PlanException(node, new StrataException($"{node.Operation.Name}: element {i} of its output {y.Type} is {elements[i]}."));
    }
}
