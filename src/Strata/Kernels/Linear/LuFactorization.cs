namespace Strata.Kernels.Linear;

/// <summary>P·A = L·U by Gaussian elimination with row exchanges (Golub and Van Loan 2013, algorithm 3.4.1).</summary>
internal static class LuFactorization
{
    /// <summary>a (n × n) ← L below its diagonal (ones on it) and U; order[i] is the row of a that became row i.</summary>
    /// <returns>The sign of the permutation, and the first pivot that is 0 or −1.</returns>
    public static (int Sign, int Singular) Factor(Span<double> a, int n, Span<int> order)
    {
        var (sign, singular) = (1, -1);
        for (var i = 0; i < n; i++) order[i] = i;
        for (var k = 0; k < n; k++)
        {
            var best = k;
            for (var i = k + 1; i < n; i++)
                if (Math.Abs(a[(i * n) + k]) > Math.Abs(a[(best * n) + k])) best = i;
            if (best != k)
            {
                Rows.Swap(a.Row(k, n), a.Row(best, n));
                (order[k], order[best]) = (order[best], order[k]);
                sign = -sign;
            }

            var row = a.Row(k, n);
            if (row[k] == 0)
            {
                if (singular < 0) singular = k;
                continue;
            }

            for (var i = k + 1; i < n; i++)
            {
                var below = a.Row(i, n);
                below[k] /= row[k];
                if (below[k] != 0) Rows.AddScaled(row[(k + 1)..], -below[k], below[(k + 1)..]);
            }
        }

        return (sign, singular);
    }

    /// <summary>x (n × k) ← A⁻¹·b, or A⁻ᵀ·b, from the factors.</summary>
    public static void Solve(ReadOnlySpan<double> factors, int n, ReadOnlySpan<int> order, bool transpose, ReadOnlySpan<double> b, Span<double> x, int k)
    {
        if (!transpose)
        {
            for (var i = 0; i < n; i++) b.Slice(order[i] * k, k).CopyTo(x.Row(i, k));
            Substitute(factors, n, lower: true, transpose: false, x, k);
            Substitute(factors, n, lower: false, transpose: false, x, k);
            return;
        }

        // Aᵀ = Uᵀ·Lᵀ·P
        var y = b[..(n * k)].ToArray();
        Substitute(factors, n, lower: false, transpose: true, y, k);
        Substitute(factors, n, lower: true, transpose: true, y, k);
        for (var i = 0; i < n; i++) y.AsSpan(i * k, k).CopyTo(x.Row(order[i], k));
    }

    // As Triangular.Solve, but L's diagonal of ones is not stored.
    static void Substitute(ReadOnlySpan<double> factors, int n, bool lower, bool transpose, Span<double> x, int k)
    {
        if (!lower)
        {
            _ = Triangular.Solve(factors, n, lower, transpose, x, k);
            return;
        }

        for (var step = 0; step < n; step++)
        {
            var i = transpose ? n - 1 - step : step;
            for (var j = 0; j < i; j++)
                if (transpose) Rows.AddScaled(x.Row(i, k), -factors[(i * n) + j], x.Row(j, k));
                else Rows.AddScaled(x.Row(j, k), -factors[(i * n) + j], x.Row(i, k));
        }
    }
}
