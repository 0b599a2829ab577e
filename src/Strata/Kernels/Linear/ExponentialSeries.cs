namespace Strata.Kernels.Linear;

/// <summary>e^A by scaling, a Padé approximation and squaring (Higham 2005, "The scaling and squaring method for the matrix exponential revisited",
/// algorithm 2.3, at its order 13).</summary>
internal static class ExponentialSeries
{
    /// <summary>How many matrices of scratch memory <see cref="Compute"/> needs.</summary>
    public const int Matrices = 7;

    const double LargestNorm = 5.371920351148152; // θ₁₃: up to here the approximation is exact to rounding

    // b₀ … b₁₃ of table 10.4: numerator Σ bₖ·Aᵏ, denominator Σ bₖ·(−A)ᵏ.
    static ReadOnlySpan<double> B =>
    [
        64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600, 670442572800,
        33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
    ];

    /// <summary>a (n × n) ← e^a.</summary>
    public static void Compute(Span<double> a, int n, Span<double> memory)
    {
        var size = n * n;
        var norm = 0.0;
        for (var j = 0; j < n; j++)
        {
            var sum = 0.0;
            for (var i = 0; i < n; i++) sum += Math.Abs(a[(i * n) + j]);
            norm = Math.Max(norm, sum);
        }

        var squarings = norm > LargestNorm ? Math.Max(0, Math.ILogB(norm / LargestNorm) + 1) : 0;
        Rows.Scale(a, Math.ScaleB(1, -squarings));

        Span<double> a2 = memory[..size], a4 = memory.Slice(size, size), a6 = memory.Slice(2 * size, size);
        Span<double> odd = memory.Slice(3 * size, size), even = memory.Slice(4 * size, size), work = memory.Slice(5 * size, size), result = memory.Slice(6 * size, size);
        Product(a, a, n, a2);
        Product(a2, a2, n, a4);
        Product(a4, a2, n, a6);

        Half(1, a2, a4, a6, n, work, odd);
        Product(a, odd, n, work);
        work.CopyTo(odd);
        Half(0, a2, a4, a6, n, work, even);

        for (var i = 0; i < size; i++) (work[i], odd[i]) = (even[i] - odd[i], even[i] + odd[i]);
        var order = new int[n];
        _ = LuFactorization.Factor(work, n, order);
        LuFactorization.Solve(work, n, order, transpose: false, odd, result, n);

        for (var s = 0; s < squarings; s++)
        {
            Product(result, result, n, work);
            work.CopyTo(result);
        }

        result.CopyTo(a);
    }

    /// <summary>y ← A⁶·(b₁₂₊ₖA⁶ + b₁₀₊ₖA⁴ + b₈₊ₖA²) + b₆₊ₖA⁶ + b₄₊ₖA⁴ + b₂₊ₖA² + bₖ: the even terms for k = 0, the odd ones over A for k = 1.</summary>
    static void Half(int k, ReadOnlySpan<double> a2, ReadOnlySpan<double> a4, ReadOnlySpan<double> a6, int n, Span<double> inner, Span<double> y)
    {
        for (var i = 0; i < inner.Length; i++) inner[i] = (B[12 + k] * a6[i]) + (B[10 + k] * a4[i]) + (B[8 + k] * a2[i]);
        Product(a6, inner, n, y);
        for (var i = 0; i < y.Length; i++) y[i] += (B[6 + k] * a6[i]) + (B[4 + k] * a4[i]) + (B[2 + k] * a2[i]);
        for (var i = 0; i < n; i++) y[(i * n) + i] += B[k];
    }

    /// <summary>c ← a·b.</summary>
    static void Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int n, Span<double> c)
    {
        c.Clear();
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                if (a[(i * n) + j] != 0) Rows.AddScaled(b.Slice(j * n, n), a[(i * n) + j], c.Slice(i * n, n));
    }
}
