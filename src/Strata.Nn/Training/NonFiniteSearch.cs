using Strata.Memory;
using Strata.Random;

namespace Strata.Nn;

/// <summary>Finds where the first NaN or infinity of a pass comes from, by running the pass again and looking at the output of each layer.</summary>
internal static class NonFiniteSearch
{
    /// <summary>The cause as the end of a sentence.</summary>
    public static string Cause(Model model, Batch batch, RandomStream random)
    {
        using var scope = new TensorScope();
        if (batch.Inputs.Any(HasNonFinite)) return "the inputs of the batch are not finite themselves";
        if (batch.Targets.Any(HasNonFinite)) return "the targets of the batch are not finite";
        if (batch.Weights is { } weights && weights.Any(HasNonFinite)) return "the weights of the batch's examples are not finite";

        Layer? culprit = null;
        var context = new CallContext(training: true, random)
        {
            Journals = true,
            Observer = (layer, _, y) =>
            {
                if (culprit is null && HasNonFinite(y)) culprit = layer;
            },
        };
        model.Apply(batch.Inputs, context);
        context.RollBack();
        if (culprit is null) return "every layer gave finite values, so it arose in the loss itself";
        var weight = culprit.AllWeights().FirstOrDefault(w => HasNonFinite(w.Variable));
        var because = weight is null ? "" : $", whose weight '{weight.Name}' is not finite";
        return $"the first non-finite values came out of layer '{culprit.Name}' ({culprit.GetType().Name}){because}";
    }

    static bool HasNonFinite(Tensor x)
    {
        if (!x.DType.IsFloating()) return false;
        var finite = x.DType == DType.Float64 ? All<double>(x) : All<float>(x);
        GC.KeepAlive(x);
        return !finite;
    }

    static bool All<T>(Tensor x)
        where T : unmanaged, System.Numerics.IFloatingPoint<T>
    {
        foreach (var value in x.AsSpan<T>())
            if (!T.IsFinite(value)) return false;
        return true;
    }
}
