namespace Strata.Kernels.Fourier;

/// <summary>From what to what a transform goes.</summary>
internal enum FourierKind
{
    /// <summary>Complex to complex.</summary>
    Forward,

    /// <summary>Complex to complex, without the division by the length.</summary>
    Inverse,

    /// <summary>Real numbers to the first half of their spectrum.</summary>
    Real,

    /// <summary>The adjoint of <see cref="Real"/>.</summary>
    RealAdjoint,
}
