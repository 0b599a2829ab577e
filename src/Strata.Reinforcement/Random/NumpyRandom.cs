namespace Strata.Reinforcement;

/// <summary>NumPy's default generator: PCG64, the XSL-RR output of a 128-bit congruential sequence (O'Neill 2014), seeded through a
/// <see cref="SeedSequence"/>. With one seed it draws what <c>numpy.random.default_rng(seed)</c> draws, so that environments start as
/// Gymnasium's do.</summary>
public sealed class NumpyRandom
{
    static readonly UInt128 multiplier = new(2549297995355413924, 4865540595714422341);

    UInt128 state;
    UInt128 increment;

    /// <summary>The generator of a seed.</summary>
    /// <param name="seed">0 or more.</param>
    public NumpyRandom(long seed) => Seed(seed);

    /// <summary>Begins the sequence of a seed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The seed is negative.</exception>
    public void Seed(long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        Span<ulong> words = stackalloc ulong[4];
        SeedSequence.Generate(seed, words);
        increment = (new UInt128(words[2], words[3]) << 1) | 1;
        state = increment + new UInt128(words[0], words[1]);
        state = (state * multiplier) + increment;
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        state = (state * multiplier) + increment;
        return ulong.RotateRight((ulong)(state >> 64) ^ (ulong)state, (int)(state >> 122));
    }

    /// <summary>A number uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A number uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Uniform(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>An integer uniform in 0 … <paramref name="bound"/> − 1, by the upper half of a product; not the sequence of NumPy's <c>integers</c>.</summary>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)Math.BigMul(NextBits(), (ulong)bound, out _);
    }

    /// <summary>A number of the standard normal distribution (Box and Muller 1958); not the sequence of NumPy's <c>normal</c>.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(Math.Tau * NextDouble());

    /// <summary>Whether an event of the given probability happens.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    internal void Transfer(EnvSnapshot snapshot)
    {
        snapshot.Value(ref state);
        snapshot.Value(ref increment);
    }
}
