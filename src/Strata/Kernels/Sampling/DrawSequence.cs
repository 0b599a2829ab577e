using Strata.Random;

namespace Strata.Kernels.Sampling;

/// <summary>The random words of one element of a draw: as many as its sampler rejects, and the same whichever thread computes the element.</summary>
internal struct DrawSequence(RandomKey key, long element)
{
    const int BlocksEach = 24; // bits; a sampler takes a handful of blocks, and 2⁴⁰ elements fill a machine's memory

    ulong block = (ulong)element << BlocksEach;
    ulong kept;
    bool hasKept;

    /// <summary>A number in (0, 1), an odd multiple of 2⁻⁵³.</summary>
    public double Unit() => ((Next() >> 12) + 0.5) * (1.0 / (1L << 52));

    /// <summary>A standard normal number (Box and Muller 1958).</summary>
    public double Normal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(Unit()));
        return radius * Math.Cos(2 * Math.PI * Unit());
    }

    ulong Next()
    {
        hasKept = !hasKept;
        if (!hasKept) return kept;
        var (a, b, c, d) = Philox.Block(key, block++);
        kept = c | (ulong)d << 32;
        return a | (ulong)b << 32;
    }
}
