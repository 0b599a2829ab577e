namespace Strata.Kernels.Linear;

/// <summary>Cholesky's factorization and the solution of triangular systems (Golub and Van Loan 2013, §3.1 and §4.2).</summary>
internal static class Triangular
{
    /// <summary>a (n × n, its lower triangle read) ← the lower triangular L with L·Lᵀ = a.</summary>
    /// <returns>The pivot that is not positive, or −1; its value.</returns>
    public static (int Pivot, double Value) Cholesky(Span<double> a, int n)
    {
        for (var i = 0; i < n; i++)
        {
            var row = a.Row(i, n);
            for (var j = 0; j < i; j++) row[j] = (row[j] - Rows.Dot(row[..j], a.Row(j, n)[..j])) / a[(j * n) + j];
            var pivot = row[i] - Rows.Dot(row[..i], row[..i]);
            if (!(pivot > 0) || double.IsInfinity(pivot)) return (i, pivot);
            row[i] = Math.Sqrt(pivot);
            row[(i + 1)..].Clear();
        }

        return (-1, 0);
    }

    /// <summary>b (n × k) ← op(t)⁻¹·b for the lower or upper triangle of t (n × n), transposed if asked for.</summary>
    /// <returns>The diagonal element that is 0, or −1.</returns>
    public static int Solve(ReadOnlySpan<double> t, int n, bool lower, bool transpose, Span<double> b, int k)
    {
        for (var i = 0; i < n; i++)
            if (t[(i * n) + i] == 0) return i;
        var forward = lower != transpose;
        for (var step = 0; step < n; step++)
        {
            var i = forward ? step : n - 1 - step;
            var row = t.Slice(i * n, n);
            var (from, to) = lower ? (0, i) : (i + 1, n); // the columns beside the diagonal in this row of the triangle
            var x = b.Row(i, k);
            if (!transpose)
            {
                // The row holds the factors of the unknowns already found.
                if (k == 1) x[0] -= Rows.Dot(row[from..to], b[from..to]);
                else
                    for (var j = from; j < to; j++) Rows.AddScaled(b.Row(j, k), -row[j], x);
                Rows.Scale(x, 1 / row[i]);
            }
            else
            {
                // The row holds the factors of this unknown in the equations still to come.
                Rows.Scale(x, 1 / row[i]);
                if (k == 1) Rows.AddScaled(row[from..to], -x[0], b[from..to]);
                else
                    for (var j = from; j < to; j++) Rows.AddScaled(x, -row[j], b.Row(j, k));
            }
        }

        return -1;
    }
}
