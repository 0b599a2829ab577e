using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using Strata.Kernels.Linear;
using Strata.Threading;

namespace Strata.Kernels;

// Factorizations of the matrices in the last two axes, one matrix a thread at a time. They run in double whatever the type: their
// errors grow with the condition of the matrix, and float32 has little to spare.
public partial class CpuKernels
{
    internal void Cholesky(Tensor x, Tensor y)
    {
        var n = x.Shape[^1];
        EachMatrix(x, (long)n * n, (long)n * n * n / 3, (index, memory) =>
        {
            Load(x, index, memory);
            var (pivot, value) = Triangular.Cholesky(memory, n);
            if (pivot >= 0) throw new ShapeException($"Cholesky: the matrix{At(x, index)} is not positive definite: pivot {pivot} is {value:G6}");
            Store(memory, y, index);
        });
    }

    internal void TriangularSolve(Tensor a, Tensor b, bool lower, bool transpose, Tensor y)
    {
        var (n, k) = (b.Shape[^2], b.Shape[^1]);
        EachMatrix(b, ((long)n * n) + ((long)n * k), (long)n * n * k, (index, memory) =>
        {
            var t = Take(ref memory, n * n);
            var x = memory;
            Load(a, index, t);
            Load(b, index, x);
            var zero = Triangular.Solve(t, n, lower, transpose, x, k);
            if (zero >= 0) throw new ShapeException($"TriangularSolve: the matrix{At(a, index)} is singular: element {zero} of its diagonal is 0");
            Store(x, y, index);
        });
    }

    internal void Solve(string operation, Tensor a, Tensor b, bool transpose, Tensor y)
    {
        var (n, k) = (b.Shape[^2], b.Shape[^1]);
        EachMatrix(b, ((long)n * n) + (2L * n * k), (long)n * n * (n + k), (index, memory) =>
        {
            var factors = Take(ref memory, n * n);
            var right = Take(ref memory, n * k);
            var x = memory;
            var order = new int[n];
            Load(a, index, factors);
            Load(b, index, right);
            var (_, singular) = LuFactorization.Factor(factors, n, order);
            if (singular >= 0) throw new ShapeException($"{operation}: the matrix{At(a, index)} is singular: pivot {singular} is 0");
            LuFactorization.Solve(factors, n, order, transpose, right, x, k);
            Store(x, y, index);
        });
    }

    /// <summary>det x; or its sign and the logarithm of its size.</summary>
    internal void Determinant(Tensor x, Tensor determinant, Tensor? logarithm)
    {
        var n = x.Shape[^1];
        EachMatrix(x, (long)n * n, (long)n * n * n / 3, (index, memory) =>
        {
            Load(x, index, memory);
            var (sign, _) = LuFactorization.Factor(memory, n, new int[n]);
            var (product, sum) = ((double)sign, 0.0);
            for (var i = 0; i < n; i++)
            {
                var pivot = memory[(i * n) + i];
                product *= logarithm is null ? pivot : double.IsNaN(pivot) ? pivot : Math.Sign(pivot);
                sum += Math.Log(Math.Abs(pivot));
            }

            Store([product], determinant, index);
            if (logarithm is not null) Store([sum], logarithm, index);
        });
    }

    /// <summary>x = q·r for x [.., m, n] with m ≥ n.</summary>
    internal void Qr(Tensor x, Tensor q, Tensor r)
    {
        var (m, n) = (x.Shape[^2], x.Shape[^1]);
        EachMatrix(x, (2L * m * n) + ((long)n * n), (long)m * n * n * 2, (index, memory) =>
        {
            var a = Take(ref memory, m * n);
            var left = Take(ref memory, m * n);
            var right = memory;
            Load(x, index, a);
            QrFactorization.Factor(a, m, n, left, right);
            Store(left, q, index);
            Store(right, r, index);
        });
    }

    internal void SymmetricEigen(Tensor x, Tensor values, Tensor vectors)
    {
        var n = x.Shape[^1];
        EachMatrix(x, (2L * n * n) + n, (long)n * n * n * 5, (index, memory) =>
        {
            var a = Take(ref memory, n * n);
            var v = Take(ref memory, n * n);
            var w = memory;
            Load(x, index, a);
            CheckFinite("SymmetricEigen", x, index, a);
            if (!SymmetricEigenvalues.Compute(a, n, w, v)) throw new StrataException($"SymmetricEigen: the iteration for the matrix{At(x, index)} did not converge");
            Store(w, values, index);
            TransposeSquare(v, n);
            Store(v, vectors, index);
        });
    }

    /// <summary>x = u·diag(s)·vt, reduced.</summary>
    internal void Svd(Tensor x, Tensor u, Tensor s, Tensor vt)
    {
        var (m, n) = (x.Shape[^2], x.Shape[^1]);
        var (longer, k) = (Math.Max(m, n), Math.Min(m, n));
        EachMatrix(x, (2L * m * n) + ((long)k * k) + k, (long)m * n * k * 20, (index, memory) =>
        {
            var a = Take(ref memory, m * n);
            var columns = Take(ref memory, m * n);
            var right = Take(ref memory, k * k);
            var values = memory;
            Load(x, index, a);
            CheckFinite("Svd", x, index, a);

            // The method wants the columns of a tall matrix as rows; a wide one is the transpose of a tall one.
            if (m >= n) Transposed(a, m, n, columns);
            else a.CopyTo(columns);
            if (!SingularValues.Compute(columns, k, longer, values, right)) throw new StrataException($"Svd: the iteration for the matrix{At(x, index)} did not converge");
            Store(values, s, index);
            if (m >= n)
            {
                Transposed(columns, k, longer, a);
                Store(a, u, index);
                Store(right, vt, index);
            }
            else
            {
                TransposeSquare(right, k);
                Store(right, u, index);
                Store(columns, vt, index);
            }
        });
    }

    /// <summary>y = v·diag(1/s)·uᵀ from x = u·diag(s)·vᵀ, over the s above cutoff times the largest.</summary>
    internal void PseudoInverse(Tensor x, double cutoff, Tensor y)
    {
        var (m, n) = (x.Shape[^2], x.Shape[^1]);
        var (longer, k) = (Math.Max(m, n), Math.Min(m, n));
        EachMatrix(x, (2L * m * n) + ((long)k * k) + k, (long)m * n * k * 20, (index, memory) =>
        {
            var a = Take(ref memory, m * n);
            var vectors = Take(ref memory, m * n);
            var right = Take(ref memory, k * k);
            var values = memory;
            Load(x, index, a);
            CheckFinite("PseudoInverse", x, index, a);
            if (m >= n) Transposed(a, m, n, vectors);
            else a.CopyTo(vectors);
            if (!SingularValues.Compute(vectors, k, longer, values, right)) throw new StrataException($"PseudoInverse: the iteration for the matrix{At(x, index)} did not converge");
            a.Clear();
            for (var r = 0; r < k && values[r] > cutoff * values[0]; r++)
            {
                // Of a tall matrix the long vectors are u and the short ones v; of a wide one the other way round.
                var v = m >= n ? right.Row(r, n) : vectors.Row(r, n);
                var u = m >= n ? vectors.Row(r, m) : right.Row(r, m);
                for (var i = 0; i < n; i++) Rows.AddScaled(u, v[i] / values[r], a.Row(i, m));
            }

            Store(a, y, index);
        });
    }

    internal void MatrixExponential(Tensor x, Tensor y)
    {
        var n = x.Shape[^1];
        EachMatrix(x, (ExponentialSeries.Matrices + 1L) * n * n, (long)n * n * n * 16, (index, memory) =>
        {
            var a = Take(ref memory, n * n);
            Load(x, index, a);
            CheckFinite("MatrixExponential", x, index, a);
            ExponentialSeries.Compute(a, n, memory);
            Store(a, y, index);
        });
    }

    delegate void MatrixWork(long index, Span<double> memory);

    /// <summary>Runs work for each matrix with scratch memory; the exception of the first matrix that fails is thrown.</summary>
    static void EachMatrix(Tensor x, long memory, long operations, MatrixWork work)
    {
        if (memory > Array.MaxLength) throw new TensorMemoryException($"Tensor: matrices of {x.Shape} are too large to factor.");
        var batch = new MatrixBatch { Memory = (int)memory, Work = work, Failures = new() };
        Workers.For(x.Shape[..^2].Size, Math.Max(1, (1 << 18) / Math.Max(1, operations)), batch);
        if (batch.Failures.Count > 0) throw batch.Failures.MinBy(failure => failure.Index).Failure;
    }

    struct MatrixBatch : IRangeWork
    {
        public int Memory;
        public MatrixWork Work;
        public List<(long Index, StrataException Failure)> Failures;

        public readonly void Run(long start, long end)
        {
            var memory = ArrayPool<double>.Shared.Rent(Math.Max(Memory, 1));
            try
            {
                for (var index = start; index < end; index++) Work(index, memory.AsSpan(0, Memory));
            }
            catch (StrataException failure)
            {
                lock (Failures) Failures.Add((start, failure));
            }
            finally
            {
                ArrayPool<double>.Shared.Return(memory);
            }
        }
    }

    static Span<double> Take(ref Span<double> memory, int count)
    {
        var taken = memory[..count];
        memory = memory[count..];
        return taken;
    }

    static unsafe void Load(Tensor x, long index, Span<double> to)
    {
        if (x.DType == DType.Float64) new ReadOnlySpan<double>((double*)x.Pointer + (index * to.Length), to.Length).CopyTo(to);
        else TensorPrimitives.ConvertTruncating(new ReadOnlySpan<float>((float*)x.Pointer + (index * to.Length), to.Length), to);
    }

    static unsafe void Store(ReadOnlySpan<double> from, Tensor y, long index)
    {
        if (y.DType == DType.Float64) from.CopyTo(new Span<double>((double*)y.Pointer + (index * from.Length), from.Length));
        else TensorPrimitives.ConvertTruncating(from, new Span<float>((float*)y.Pointer + (index * from.Length), from.Length));
    }

    static void Transposed(ReadOnlySpan<double> x, int rows, int columns, Span<double> y)
    {
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) y[(j * rows) + i] = x[(i * columns) + j];
    }

    static void TransposeSquare(Span<double> x, int n)
    {
        for (var i = 0; i < n; i++)
            for (var j = 0; j < i; j++) (x[(i * n) + j], x[(j * n) + i]) = (x[(j * n) + i], x[(i * n) + j]);
    }

    static void CheckFinite(string operation, Tensor x, long index, ReadOnlySpan<double> matrix)
    {
        foreach (var value in matrix)
            if (!double.IsFinite(value)) throw new ShapeException($"{operation}: the matrix{At(x, index)} holds a number that is not finite ({value})");
    }

    /// <summary>Which matrix of a batch, for messages.</summary>
    static string At(Tensor x, long index)
    {
        if (x.Rank == 2) return "";
        return $" {Coordinates(index, x.Shape[..^2])}";
    }
}
