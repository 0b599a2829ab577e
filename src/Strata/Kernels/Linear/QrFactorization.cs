namespace Strata.Kernels.Linear;

/// <summary>A = Q·R by Householder's reflections (Golub and Van Loan 2013, algorithm 5.2.1), with a diagonal of R that is not negative.</summary>
internal static class QrFactorization
{
    /// <summary>For a (m × n, m ≥ n), which is overwritten: q (m × n) with orthonormal columns and r (n × n) upper triangular.</summary>
    public static void Factor(Span<double> a, int m, int n, Span<double> q, Span<double> r)
    {
        var v = new double[m];
        var w = new double[n];
        var (factors, heads) = (new double[n], new double[n]);
        for (var k = 0; k < n; k++)
        {
            var column = v.AsSpan(k);
            for (var i = k; i < m; i++) v[i] = a[(i * n) + k];
            var norm = Norm(column);
            if (norm == 0) continue;
            var head = v[k] > 0 ? -norm : norm; // what the reflection leaves of the column, by the sign that cancels nothing
            v[k] -= head;
            factors[k] = -1 / (head * v[k]); // 2 / vᵀv
            Reflect(a, m, n, k, k, v, factors[k], w);
            a[(k * n) + k] = head;
            for (var i = k + 1; i < m; i++) a[(i * n) + k] = v[i]; // the vector stays where it made zeros; its head is kept apart
            heads[k] = v[k];
        }

        q[..(m * n)].Clear();
        for (var i = 0; i < n; i++) q[(i * n) + i] = 1;
        for (var k = n - 1; k >= 0; k--)
        {
            if (factors[k] == 0) continue;
            v[k] = heads[k];
            for (var i = k + 1; i < m; i++) v[i] = a[(i * n) + k];
            Reflect(q, m, n, k, k, v, factors[k], w);
        }

        for (var i = 0; i < n; i++)
        {
            var row = r.Row(i, n);
            row.Clear();
            a.Row(i, n)[i..].CopyTo(row[i..]);
            if (row[i] >= 0) continue;
            Rows.Scale(row, -1);
            for (var l = 0; l < m; l++) q[(l * n) + i] *= -1;
        }
    }

    /// <summary>Applies I − factor·v·vᵀ to the columns from <paramref name="from"/> on of the rows from <paramref name="k"/> on.</summary>
    static void Reflect(Span<double> a, int m, int n, int k, int from, double[] v, double factor, double[] scratch)
    {
        var w = scratch.AsSpan(from, n - from);
        w.Clear();
        for (var i = k; i < m; i++) Rows.AddScaled(a.Row(i, n)[from..], v[i], w);
        for (var i = k; i < m; i++) Rows.AddScaled(w, -factor * v[i], a.Row(i, n)[from..]);
    }

    /// <summary>The Euclidean norm, without overflow.</summary>
    public static double Norm(ReadOnlySpan<double> x)
    {
        var largest = 0.0;
        foreach (var value in x) largest = Math.Max(largest, Math.Abs(value));
        if (largest == 0 || !double.IsFinite(largest)) return largest;
        if (largest is > 1e-140 and < 1e140) return Math.Sqrt(Rows.Dot(x, x));
        var sum = 0.0;
        foreach (var value in x) sum += value / largest * (value / largest);
        return largest * Math.Sqrt(sum);
    }
}
