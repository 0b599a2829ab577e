using System.Numerics;

namespace Strata.Reinforcement;

/// <summary>RMSProp without centering on <see cref="SharedParameters"/>: g ← αg + (1 − α)Δ², θ ← θ − ηΔ/√(g + ε) (Mnih et al. 2016, (8)). Threads share g unless
/// each has an optimizer of its own.</summary>
/// <param name="parameters">θ.</param>
/// <param name="decay">α.</param>
/// <param name="epsilon">ε.</param>
public sealed class SharedRmsProp(SharedParameters parameters, double decay = 0.99, double epsilon = 0.1)
{
    readonly float[] g = new float[parameters.Values.Length];

    /// <summary>The running mean of squared gradients.</summary>
    public ReadOnlySpan<float> SquaredGradients => g;

    /// <summary>Changes the parameters by a gradient, without locks.</summary>
    /// <param name="gradient">Δ, one number a parameter.</param>
    /// <param name="rate">η.</param>
    /// <param name="clip">The largest norm of Δ; a longer one is shortened to it.</param>
    public void Apply(ReadOnlySpan<float> gradient, double rate, double clip = double.PositiveInfinity)
    {
        var theta = parameters.Values;
        if (gradient.Length != theta.Length) throw new ArgumentException($"SharedRmsProp: {gradient.Length} gradients were given for {theta.Length} parameters.");
        var scale = 1f;
        if (double.IsFinite(clip))
        {
            var norm = System.Numerics.Tensors.TensorPrimitives.Norm(gradient);
            if (norm > clip) scale = (float)clip / norm;
        }

        var (a, e, eta) = ((float)decay, (float)epsilon, (float)rate);
        var i = 0;
        for (; i <= theta.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var d = new Vector<float>(gradient[i..]) * scale;
            var next = (a * new Vector<float>(g, i)) + ((1 - a) * d * d);
            next.CopyTo(g, i);
            (new Vector<float>(theta, i) - (eta * d / Vector.SquareRoot(next + new Vector<float>(e)))).CopyTo(theta, i);
        }

        for (; i < theta.Length; i++)
        {
            var d = gradient[i] * scale;
            g[i] = (a * g[i]) + ((1 - a) * d * d);
            theta[i] -= eta * d / MathF.Sqrt(g[i] + e);
        }
    }
}
