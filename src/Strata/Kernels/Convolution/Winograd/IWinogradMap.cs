namespace Strata.Kernels;

/// <summary>One of the small linear maps of a Winograd algorithm, applied along one axis to a vector of channels at a time.</summary>
internal unsafe interface IWinogradMap
{
    /// <summary>Elements that the map takes, at most 6.</summary>
    static abstract int From { get; }

    /// <summary>Elements that the map gives, at most 6.</summary>
    static abstract int To { get; }

    /// <summary>Reads <see cref="From"/> vectors that lie <paramref name="sourceStep"/> elements apart and writes <see cref="To"/> that lie
    /// <paramref name="targetStep"/> apart.</summary>
    static abstract void Apply<TOps, TVector, T>(T* source, nint sourceStep, T* target, nint targetStep)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>;
}
