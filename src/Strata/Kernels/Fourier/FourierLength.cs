namespace Strata.Kernels.Fourier;

/// <summary>How a transform of a length runs, and how long one may be.</summary>
internal static class FourierLength
{
    /// <summary>The largest radix of a stage; beyond it two transforms of a chirp cost less.</summary>
    public const int LargestRadix = 13;

    const int Longest = 1 << 30; // two roots' parts a number must go into an array
    const int LongestChirp = 1 << 27; // four planes of up to four times as many numbers must

    /// <summary>The radices of the stages, in order; null: there is a prime factor above <see cref="LargestRadix"/>, so it takes a chirp.</summary>
    public static int[]? Radices(int length)
    {
        var radices = new List<int>();
        foreach (var radix in (ReadOnlySpan<int>)[4, 2, 3, 5, 7, 11, LargestRadix])
            for (; length % radix == 0 && length > 1; length /= radix) radices.Add(radix);
        return length > 1 ? null : [.. radices];
    }

    /// <summary>The length of the complex transform that real numbers take: of an even number of them two make one complex number.</summary>
    public static int OfReal(int length) => length % 2 == 0 ? length / 2 : length;

    /// <summary>Checks that complex numbers are not too many.</summary>
    public static void Check(string operation, int length) => Check(operation, length, length);

    /// <summary>Checks that real numbers are not too many.</summary>
    public static void CheckReal(string operation, int length) => Check(operation, length, OfReal(length));

    static void Check(string operation, int length, int transform)
    {
        if (transform <= LongestChirp) return;
        var times = length / transform;
        if (transform >= Longest) throw new TensorMemoryException($"{operation}: {length} numbers are too many to transform at once; it must be less than {(long)Longest * times}.");
        if (Radices(transform) is null)
            throw new TensorMemoryException($"{operation}: {length} numbers are too many to transform at once, as {length} has a prime factor above {LargestRadix}; it must be at most {(long)LongestChirp * times}, or padded to a product of small primes.");
    }
}
