namespace Strata.Kernels.Linear;

/// <summary>Singular values by the one-sided method of Jacobi (Hestenes 1958; Demmel and Veselić 1992), which finds small ones to full
/// relative accuracy: plane rotations make the columns of the matrix orthogonal; then their lengths are the values.</summary>
internal static class SingularValues
{
    const int MostSweeps = 60; // six to ten are usual

    /// <summary>For a matrix of n columns of length m ≥ n, given as the rows of <paramref name="columns"/>: the values in descending order,
    /// the left vectors in place of the columns, and the right vectors as rows of <paramref name="right"/> (n × n).</summary>
    /// <returns>Whether the sweeps converged, which they do for finite numbers.</returns>
    public static bool Compute(Span<double> columns, int n, int m, Span<double> values, Span<double> right)
    {
        Rows.Identity(right, n);
        if (!Orthogonalize(columns, n, m, right)) return false;
        for (var i = 0; i < n; i++) values[i] = QrFactorization.Norm(columns.Row(i, m));
        for (var i = 0; i < n; i++)
        {
            var most = i;
            for (var j = i + 1; j < n; j++)
                if (values[j] > values[most]) most = j;
            if (most == i) continue;
            (values[i], values[most]) = (values[most], values[i]);
            Rows.Swap(columns.Row(i, m), columns.Row(most, m));
            Rows.Swap(right.Row(i, n), right.Row(most, n));
        }

        for (var i = 0; i < n; i++)
            if (values[i] > values[0] * 1e-300 && values[i] > 0) Rows.Scale(columns.Row(i, m), 1 / values[i]);
            else Complete(columns, i, m);
        return true;
    }

    static bool Orthogonalize(Span<double> columns, int n, int m, Span<double> right)
    {
        var tolerance = 1e-15 * Math.Sqrt(m);
        var squares = new double[n]; // of the columns' lengths; a rotation changes two of them by a known amount
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var rotated = false;
            for (var i = 0; i < n; i++) squares[i] = Rows.Dot(columns.Row(i, m), columns.Row(i, m));
            for (var p = 0; p < n - 1; p++)
                for (var q = p + 1; q < n; q++)
                {
                    var x = columns.Row(p, m);
                    var y = columns.Row(q, m);
                    var (a, b, c) = (squares[p], squares[q], Rows.Dot(x, y));
                    if (!(Math.Abs(c) > tolerance * Math.Sqrt(Math.Abs(a * b))) || c == 0)
                    {
                        if (double.IsNaN(c)) return false;
                        continue;
                    }

                    // The rotation that makes x and y orthogonal, by the smaller of its two angles.
                    var zeta = (b - a) / (2 * c);
                    var t = 1 / (Math.Abs(zeta) + double.Hypot(zeta, 1));
                    if (zeta < 0) t = -t;
                    var cosine = 1 / double.Hypot(t, 1);
                    Rows.Rotate(x, y, cosine, cosine * t);
                    Rows.Rotate(right.Row(p, n), right.Row(q, n), cosine, cosine * t);
                    (squares[p], squares[q]) = (a - (t * c), b + (t * c));
                    rotated = true;
                }

            if (!rotated) return true;
        }

        return false;
    }

    /// <summary>Makes row <paramref name="i"/> a unit vector orthogonal to the rows before it: where a value is 0, any will do.</summary>
    static void Complete(Span<double> rows, int i, int m)
    {
        var row = rows.Row(i, m);
        for (var axis = 0; axis < m; axis++)
        {
            row.Clear();
            row[axis] = 1;
            for (var pass = 0; pass < 2; pass++)
                for (var j = 0; j < i; j++) Rows.AddScaled(rows.Row(j, m), -Rows.Dot(rows.Row(j, m), row), row);
            var norm = QrFactorization.Norm(row);
            if (norm * norm * m < 0.5) continue; // some axis keeps at least a fraction (m − i)/m of its square
            Rows.Scale(row, 1 / norm);
            return;
        }
    }
}
