namespace Strata.Kernels.Linear;

/// <summary>Eigenvalues and vectors of a symmetric matrix: reduction to a tridiagonal one by Householder's reflections, then the implicit QL
/// iteration with Wilkinson's shift (Golub and Van Loan 2013, §8.3; Bowdler, Martin, Reinsch and Wilkinson 1968).</summary>
internal static class SymmetricEigenvalues
{
    const int MostIterations = 60; // an eigenvalue needs two or three

    /// <summary>For a (n × n, its lower triangle read; overwritten): the eigenvalues in ascending order, and the vectors as rows of
    /// <paramref name="vectors"/>.</summary>
    /// <returns>Whether the iteration converged, which it does for finite numbers.</returns>
    public static bool Compute(Span<double> a, int n, Span<double> values, Span<double> vectors)
    {
        if (n == 0) return true;
        for (var i = 0; i < n; i++)
            for (var j = 0; j < i; j++) a[(j * n) + i] = a[(i * n) + j];
        var beside = new double[n];
        Tridiagonalize(a, n, values, beside, vectors);
        return Iterate(values, beside, vectors, n) && Sort(values, vectors, n);
    }

    /// <summary>QᵀAQ = tridiagonal with diagonal d and e[i] beside it at i, i + 1; Qᵀ in the rows of <paramref name="qt"/>.</summary>
    static void Tridiagonalize(Span<double> a, int n, Span<double> d, Span<double> e, Span<double> qt)
    {
        Rows.Identity(qt, n);
        Span<double> v = new double[n], p = new double[n];
        for (var k = 0; k < n - 1; k++)
        {
            // The reflection of the coordinates after k that turns column k below the diagonal into a multiple of the first of them.
            v.Clear();
            a.Row(k, n)[(k + 1)..].CopyTo(v[(k + 1)..]);
            var tail = v[(k + 1)..];
            var norm = QrFactorization.Norm(tail);
            d[k] = a[(k * n) + k];
            e[k] = tail[0];
            if (norm == 0 || QrFactorization.Norm(tail[1..]) == 0) continue;
            var head = tail[0] > 0 ? -norm : norm;
            e[k] = head;
            tail[0] -= head;
            var factor = -1 / (head * tail[0]); // 2 / vᵀv

            // A ← A − v·wᵀ − w·vᵀ with p = factor·A·v, w = p − ½·factor·(pᵀv)·v
            for (var i = k + 1; i < n; i++) p[i] = factor * Rows.Dot(a.Row(i, n)[(k + 1)..], tail);
            var w = p[(k + 1)..];
            Rows.AddScaled(tail, -0.5 * factor * Rows.Dot(w, tail), w);
            for (var i = k + 1; i < n; i++)
            {
                var row = a.Row(i, n)[(k + 1)..];
                Rows.AddScaled(w, -v[i], row);
                Rows.AddScaled(tail, -p[i], row);
            }

            // Qᵀ ← H·Qᵀ: the rows after k lose factor·v·(vᵀ·rows).
            p.Clear();
            for (var i = k + 1; i < n; i++) Rows.AddScaled(qt.Row(i, n), v[i], p);
            for (var i = k + 1; i < n; i++) Rows.AddScaled(p, -factor * v[i], qt.Row(i, n));
        }

        d[n - 1] = a[(n * n) - 1];
    }

    static bool Iterate(Span<double> d, Span<double> e, Span<double> vectors, int n)
    {
        for (var l = 0; l < n; l++)
            for (var iteration = 0; ; iteration++)
            {
                var m = l;
                while (m < n - 1 && Math.Abs(e[m]) > double.Epsilon + (1.1102230246251565e-16 * (Math.Abs(d[m]) + Math.Abs(d[m + 1])))) m++;
                if (m == l) break;
                if (iteration == MostIterations) return false;

                var g = (d[l + 1] - d[l]) / (2 * e[l]);
                var r = double.Hypot(g, 1);
                g = d[m] - d[l] + (e[l] / (g + Math.CopySign(r, g)));
                var (s, c, p) = (1.0, 1.0, 0.0);
                var split = false;
                for (var i = m - 1; i >= l; i--)
                {
                    var (f, b) = (s * e[i], c * e[i]);
                    r = double.Hypot(f, g);
                    e[i + 1] = r;
                    if (r == 0)
                    {
                        // A zero beside the diagonal: the matrix splits here.
                        d[i + 1] -= p;
                        e[m] = 0;
                        split = true;
                        break;
                    }

                    (s, c) = (f / r, g / r);
                    g = d[i + 1] - p;
                    r = ((d[i] - g) * s) + (2 * c * b);
                    p = s * r;
                    d[i + 1] = g + p;
                    g = (c * r) - b;
                    Rows.Rotate(vectors.Row(i, n), vectors.Row(i + 1, n), c, s);
                }

                if (split) continue;
                d[l] -= p;
                e[l] = g;
                e[m] = 0;
            }

        return true;
    }

    static bool Sort(Span<double> values, Span<double> vectors, int n)
    {
        for (var i = 0; i < n; i++)
        {
            var least = i;
            for (var j = i + 1; j < n; j++)
                if (values[j] < values[least]) least = j;
            if (least == i) continue;
            (values[i], values[least]) = (values[least], values[i]);
            Rows.Swap(vectors.Row(i, n), vectors.Row(least, n));
        }

        return true;
    }
}
