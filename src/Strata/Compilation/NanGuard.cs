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
            if (!y.DType.IsFloating()) continue;
            for (var i = 0L; i < y.Size; i++)
                if (y.At(i) is var value && !(Math.Abs(value) <= Largest))
                    throw new PlanException(node, new StrataException($"{node.Operation.Name}: element {i} of its output {y.Type} is {value}."));
        }
    }
}
