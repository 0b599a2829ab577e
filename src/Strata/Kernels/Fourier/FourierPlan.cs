using System.Collections.Concurrent;
using System.Numerics;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Fourier;

/// <summary>What the transforms of one length need beside their data: factors, roots of unity, and for a length with a prime factor above 13 the chirp of
/// Bluestein's algorithm.</summary>
internal sealed class FourierPlan<T>
    where T : unmanaged, INumber<T>
{
    const int MostPlans = 64;
    static readonly ConcurrentDictionary<int, FourierPlan<T>> plans = [];

    FourierPlan(int length)
    {
        Length = length;
        if (FourierLength.Radices(length) is not { } radices)
        {
            Chirp = new Bluestein<T>(length);
            Radices = [];
            Twiddles = [];
            return;
        }

        Radices = radices;
        Twiddles = [.. StageRoots()];
    }

    /// <summary>The number of complex numbers of a transform.</summary>
    public int Length { get; }

    /// <summary>The radices of the stages, in order; none if there is a <see cref="Chirp"/>.</summary>
    public int[] Radices { get; }

    /// <summary>For each stage of length n (the last one's n over its radix r), each p &lt; n/r and each k = 1 … r − 1: the real and the imaginary part of
    /// e^(−2πi·p·k/n).</summary>
    public T[] Twiddles { get; }

    /// <summary>For lengths that are not a product of small primes.</summary>
    public Bluestein<T>? Chirp { get; }

    /// <summary>How many complex numbers a transform works on.</summary>
    public int WorkLength => Chirp?.Convolution.Length ?? Length;

    /// <summary>The plan for a length.</summary>
    public static FourierPlan<T> For(int length)
    {
        if (plans.TryGetValue(length, out var plan)) return plan;
        if (plans.Count >= MostPlans) plans.Clear();
        return plans[length] = new FourierPlan<T>(length);
    }

    /// <summary>e^(−2πi·<paramref name="numerator"/>/<paramref name="denominator"/>), to rounding also for large numerators.</summary>
    public static (double Re, double Im) Root(long numerator, long denominator)
    {
        var (sin, cos) = Math.SinCos(2 * Math.PI * (numerator % denominator) / denominator);
        return (cos, -sin);
    }

    IEnumerable<T> StageRoots()
    {
        var n = Length;
        foreach (var radix in Radices)
        {
            for (var p = 0L; p < n / radix; p++)
                for (var k = 1; k < radix; k++)
                {
                    var (re, im) = Root(p * k, n);
                    yield return T.CreateTruncating(re);
                    yield return T.CreateTruncating(im);
                }

            n /= radix;
        }
    }
}
