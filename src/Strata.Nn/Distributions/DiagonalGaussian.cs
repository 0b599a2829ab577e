namespace Strata.Nn;

/// <summary>Vectors whose numbers are independent and normal. Mean and variance are [n, d], or of any shapes that broadcast with what is asked about.</summary>
public sealed class DiagonalGaussian
{
    readonly Tensor logVariance;

    /// <summary>The distribution with a mean and a variance.</summary>
    /// <param name="mean">μ.</param>
    /// <param name="variance">σ², above 0.</param>
    public DiagonalGaussian(Tensor mean, Tensor variance)
        : this(mean, variance, variance.Log())
    {
    }

    DiagonalGaussian(Tensor mean, Tensor variance, Tensor logVariance) => (Mean, Variance, this.logVariance) = (mean, variance, logVariance);

    /// <summary>μ.</summary>
    public Tensor Mean { get; }

    /// <summary>σ².</summary>
    public Tensor Variance { get; }

    /// <summary>The distribution with a mean and ln σ², which may be any numbers: what a network gives.</summary>
    public static DiagonalGaussian FromLogVariance(Tensor mean, Tensor logVariance) => new(mean, logVariance.Exp(), logVariance);

    /// <summary>N(0, I), for vectors of any length.</summary>
    public static DiagonalGaussian Standard() => FromLogVariance(Tensor.Zeros([1]), Tensor.Zeros([1]));

    /// <summary>z = μ + σ·ε: a sample that is differentiable in μ and σ (Kingma and Welling 2014, section 2.4).</summary>
    /// <param name="noise">ε, standard normal: [n, d], or with more axes before for several samples.</param>
    public Tensor Sample(Tensor noise) => Mean + ((0.5 * logVariance).Exp() * noise);

    /// <summary>ln p(x) [n] of vectors [n, d].</summary>
    public Tensor LogProbability(Tensor x) => -0.5 * (((x - Mean).Square() / Variance) + logVariance + Math.Log(Math.Tau)).Sum(-1);

    /// <summary>∂ ln p(x) / ∂μ, the score that likelihood-ratio estimators of gradients weigh (Williams 1992).</summary>
    public Tensor MeanScore(Tensor x) => (x - Mean) / Variance;

    /// <summary>½ Σ ln 2πeσ² [n].</summary>
    public Tensor Entropy() => 0.5 * (logVariance + Math.Log(Math.Tau * Math.E)).Sum(-1);

    /// <summary>KL(p ‖ N(0, I)) = −½ Σ (1 + ln σ² − μ² − σ²) [n] (Kingma and Welling 2014, appendix B).</summary>
    public Tensor KullbackLeiblerToStandard() => -0.5 * (logVariance + 1.0 - Mean.Square() - Variance).Sum(-1);

    /// <summary>KL(p ‖ q) [n] to another of its kind.</summary>
    public Tensor KullbackLeibler(DiagonalGaussian q) =>
        0.5 * (q.logVariance - logVariance + ((Variance + (Mean - q.Mean).Square()) / q.Variance) - 1.0).Sum(-1);
}
