using Strata.Nn;

namespace Strata.Reinforcement;

/// <summary>A copy of a network that follows it from afar.</summary>
public static class TargetNetwork
{
    /// <summary>θ⁻ ← τθ + (1 − τ)θ⁻; a plain copy for τ = 1.</summary>
    /// <param name="target">The copy, θ⁻.</param>
    /// <param name="online">The network, θ, of the same form.</param>
    /// <param name="rate">τ in (0, 1].</param>
    public static void Follow(Model target, Model online, double rate = 1)
    {
        using var scope = new Memory.TensorScope();
        var (to, from) = (target.Weights, online.Weights);
        for (var i = 0; i < to.Count; i++) to[i].Assign(rate == 1 ? from[i] : (rate * from[i]) + ((1 - rate) * to[i]));
    }
}
