namespace Strata.Nn;

/// <summary>What a generator lowers, with D = σ(a) the discriminator's belief that a sample is real (Goodfellow et al. 2014, section 3).</summary>
public enum GeneratorLoss
{
    /// <summary>−ln D(G(z)): strong gradients when the discriminator is sure.</summary>
    NonSaturating,

    /// <summary>ln(1 − D(G(z))): the discriminator's own value, which hardly changes when it is sure.</summary>
    Saturating,
}
