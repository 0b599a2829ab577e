using Strata.Threading;

namespace Strata.Tests.Operations;

[Collection("Engine settings")]
public sealed class LinearTests
{
    [Fact]
    public void Cholesky() => Check.Operation("linear: cholesky", x => Positive(x).Cholesky());

    [Fact]
    public void Cholesky_of_a_batch() => Check.Operation("linear: cholesky/batch", x => Positive(x).Cholesky());

    [Theory]
    [InlineData(true, false, "lower")]
    [InlineData(true, true, "lower transposed")]
    [InlineData(false, false, "upper")]
    [InlineData(false, true, "upper transposed")]
    public void TriangularSolve(bool lower, bool transpose, string name) =>
        Check.Operation("linear: triangular/" + name, (a, b) => (a + (3 * Tensor.Eye(3, a.DType))).TriangularSolve(b, lower, transpose));

    [Fact]
    public void TriangularSolve_of_a_batch_with_one_right_side() =>
        Check.Operation("linear: triangular/batch", (a, b) => (a + (2 * Tensor.Eye(3, a.DType))).TriangularSolve(b.Squeeze(-1)).ExpandDims(-1));

    [Fact]
    public void Solve() => Check.Operation("linear: solve", (a, b) => a.Solve(b), tolerance: 1e-5);

    [Fact]
    public void Solve_transposed() => Check.Operation("linear: solve/transposed", (a, b) => a.Solve(b, transpose: true), tolerance: 1e-5);

    [Fact]
    public void Solve_for_a_vector() => Check.Operation("linear: solve/vector", (a, b) => a.Solve(b), tolerance: 1e-5);

    [Fact]
    public void Solve_broadcasts_batches() => Check.Operation("linear: solve/batch", (a, b) => a.Solve(b), tolerance: 1e-5);

    [Fact]
    public void Inverse() => Check.Operation("linear: inverse", a => a.Inverse(), tolerance: 1e-5);

    [Fact]
    public void Determinant() => Check.Operation("linear: determinant", a => a.Determinant());

    [Fact]
    public void LogDeterminant() => Check.Operation(
        "linear: log determinant",
        x =>
        {
            var (sign, logarithm) = x[0].LogDeterminant();
            return [sign, logarithm];
        },
        tolerance: 1e-5);

    [Fact]
    public void Qr() => Check.Operation("linear: qr", QrOf, tolerance: 1e-5);

    [Fact]
    public void Qr_of_a_batch() => Check.Operation("linear: qr/batch", QrOf, tolerance: 1e-5);

    [Fact]
    public void Qr_of_a_wide_matrix() => Check.Operation("linear: qr/wide", QrOf, tolerance: 1e-5);

    [Fact]
    public void SymmetricEigen() => Check.Operation("linear: eigen", EigenOf, tolerance: 1e-5);

    [Fact]
    public void SymmetricEigen_of_a_batch() => Check.Operation("linear: eigen/batch", EigenOf, tolerance: 1e-5);

    [Fact]
    public void Svd_of_a_tall_matrix() => Check.Operation("linear: svd/tall", SvdOf, tolerance: 1e-5);

    [Fact]
    public void Svd_of_a_wide_matrix() => Check.Operation("linear: svd/wide", SvdOf, tolerance: 1e-5);

    [Fact]
    public void Svd_of_a_batch() => Check.Operation("linear: svd/batch", SvdOf, tolerance: 1e-5);

    [Fact]
    public void PseudoInverse_of_a_tall_matrix() => Check.Operation("linear: pseudo inverse/tall", x => x.PseudoInverse(), tolerance: 1e-5);

    [Fact]
    public void PseudoInverse_of_a_batch_of_wide_matrices() => Check.Operation("linear: pseudo inverse/wide", x => x.PseudoInverse(), tolerance: 1e-5);

    [Fact]
    public void PseudoInverse_of_a_matrix_of_low_rank() =>
        Check.Operation("linear: pseudo inverse/low rank", (a, b) => a.MatMul(b).PseudoInverse(1e-6), tolerance: 1e-5);

    [Fact]
    public void MatrixExponential() => Check.Operation("linear: matrix exponential", x => x.MatrixExponential());

    [Fact]
    public void MatrixExponential_of_a_large_matrix_is_scaled() => Check.Operation("linear: matrix exponential/scaled", x => x.MatrixExponential());

    [Fact]
    public void A_pseudo_inverse_keeps_the_four_conditions_of_Penrose()
    {
        foreach (var a in new[] { Random(7, 5), Random(5, 9), Random(6, 2).MatMul(Random(2, 5)), Tensor.Zeros([3, 4], DType.Float64) })
        {
            var p = a.PseudoInverse();
            Check.Close(a, a.MatMul(p).MatMul(a), 1e-12, "A P A");
            Check.Close(p, p.MatMul(a).MatMul(p), 1e-12, "P A P");
            Check.Close(a.MatMul(p).Transpose(), a.MatMul(p), 1e-12, "A P");
            Check.Close(p.MatMul(a).Transpose(), p.MatMul(a), 1e-12, "P A");
        }
    }

    [Fact]
    public void The_cutoff_decides_which_singular_values_are_zero()
    {
        var x = Tensor.From(new double[,] { { 4, 0 }, { 0, 1 } });
        Check.Close(Tensor.From(new double[,] { { .25, 0 }, { 0, 1 } }), x.PseudoInverse(.2));
        Check.Close(Tensor.From(new double[,] { { .25, 0 }, { 0, 0 } }), x.PseudoInverse(.25));
    }

    [Fact]
    public void The_exponential_of_a_turn_is_a_rotation_and_of_a_shift_a_polynomial()
    {
        foreach (var angle in new[] { 1e-9, .5, 40 })
        {
            var (sin, cos) = Math.SinCos(angle);
            var turn = Tensor.From(new[,] { { 0, -angle }, { angle, 0 } });
            Check.Close(Tensor.From(new[,] { { cos, -sin }, { sin, cos } }), turn.MatrixExponential(), 1e-13);
        }

        var shift = Tensor.From(new double[,] { { 0, 1, 0 }, { 0, 0, 1 }, { 0, 0, 0 } });
        Check.Close(Tensor.From(new[,] { { 1, 1, .5 }, { 0, 1, 1 }, { 0, 0, 1 } }), shift.MatrixExponential(), 1e-15);
        Check.Close(Tensor.Eye(3), Tensor.Zeros([3, 3]).MatrixExponential(), 0);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(7, 5)]
    [InlineData(5, 9)]
    [InlineData(33, 17)]
    [InlineData(40, 40)]
    public void Factors_of_larger_matrices_give_them_back(int m, int n)
    {
        var a = Random(m, n);
        var k = Math.Min(m, n);
        var (u, s, vt) = a.Svd();
        Check.Close(a, (u * s).MatMul(vt), 1e-12, "U S Vᵀ");
        Check.Close(Tensor.Eye(k, DType.Float64), u.MatMul(u, transposeA: true), 1e-12, "UᵀU");
        Check.Close(Tensor.Eye(k, DType.Float64), vt.MatMul(vt, transposeB: true), 1e-12, "VᵀV");
        Assert.Equal(s.Sort(descending: true).ToArray<double>(), s.ToArray<double>());
        var (q, r) = a.Qr();
        Check.Close(a, q.MatMul(r), 1e-12, "QR");
        Check.Close(Tensor.Eye(k, DType.Float64), q.MatMul(q, transposeA: true), 1e-12, "QᵀQ");
        Check.Close(r.UpperTriangle(), r, 0, "R");
        var symmetric = a.MatMul(a, transposeB: true);
        var (values, v) = symmetric.SymmetricEigen();
        Check.Close(symmetric, (v * values).MatMul(v, transposeB: true), 1e-12, "V Λ Vᵀ");
        Check.Close(Tensor.Eye(m, DType.Float64), v.MatMul(v, transposeA: true), 1e-12, "VᵀV of the eigenvectors");
        Assert.Equal(values.Sort().ToArray<double>(), values.ToArray<double>());
        var spd = symmetric + Tensor.Eye(m, DType.Float64);
        var l = spd.Cholesky();
        Check.Close(spd, l.MatMul(l, transposeB: true), 1e-12, "L Lᵀ");
        Check.Close(Random(m, 3), spd.MatMul(spd.Solve(Random(m, 3))), 1e-9, "A A⁻¹ b");
    }

    [Fact]
    public void Svd_of_a_matrix_of_low_rank_has_orthonormal_vectors()
    {
        var a = Random(6, 2).MatMul(Random(2, 5)).WithSlice(Tensor.Scalar(0, DType.Float64), .., 3);
        foreach (var x in new[] { a, a.Transpose(), Tensor.Zeros([4, 3], DType.Float64) })
        {
            var (u, s, vt) = x.Svd();
            var k = s.Shape[0];
            Check.Close(x, (u * s).MatMul(vt), 1e-12, "U S Vᵀ");
            Check.Close(Tensor.Eye(k, DType.Float64), u.MatMul(u, transposeA: true), 1e-12, "UᵀU");
            Check.Close(Tensor.Eye(k, DType.Float64), vt.MatMul(vt, transposeB: true), 1e-12, "VᵀV");
        }
    }

    [Fact]
    public void Eigenvalues_that_coincide_or_vanish_are_found()
    {
        foreach (var x in new[] { Tensor.Eye(5, DType.Float64), Tensor.Zeros([4, 4], DType.Float64), Tensor.Ones([4, 4], DType.Float64) })
        {
            var (values, v) = x.SymmetricEigen();
            Check.Close(x, (v * values).MatMul(v, transposeB: true), 1e-14);
            Check.Close(Tensor.Eye(x.Shape[0], DType.Float64), v.MatMul(v, transposeA: true), 1e-14);
        }
    }

    [Fact]
    public void The_Hilbert_matrix_has_the_determinant_of_the_books()
    {
        var i = Tensor.Arange(1, 5).Cast(DType.Float64);
        var hilbert = 1 / (i.ExpandDims(1) + i - 1);
        Check.Close(Tensor.Scalar(1.0 / 6048000, DType.Float64) * 6048000, hilbert.Determinant() * 6048000, 1e-10);
        Check.Close(Tensor.Scalar(-Math.Log(6048000), DType.Float64), hilbert.LogDeterminant().LogAbsolute, 1e-10);
    }

    [Fact]
    public void A_singular_matrix_has_sign_zero()
    {
        var (sign, logarithm) = Tensor.Ones([2, 2]).LogDeterminant();
        Assert.Equal(0, sign.Item());
        Assert.Equal(double.NegativeInfinity, logarithm.Item());
        Assert.Equal(0, Tensor.Ones([2, 2]).Determinant().Item());
    }

    [Fact]
    public void Results_do_not_depend_on_the_threads()
    {
        var threads = Workers.Threads;
        var a = Random(8, 30 * 30).Reshape(8, 30, 30);
        try
        {
            Workers.Threads = 1;
            var once = a.Svd().S.ToArray<double>();
            Workers.Threads = 3;
            Assert.Equal(once, a.Svd().S.ToArray<double>());
        }
        finally
        {
            Workers.Threads = threads;
        }
    }

    [Fact]
    public void Empty_matrices_have_empty_factors()
    {
        Assert.Equal([0, 3, 3], Tensor.Zeros([0, 3, 3]).Cholesky().Shape);
        Assert.Equal([0, 0], Tensor.Zeros([0, 0]).Inverse().Shape);
        Assert.Equal(1, Tensor.Zeros([0, 0]).Determinant().Item());
        Assert.Equal([3, 0], Tensor.Zeros([3, 0]).Svd().U.Shape);
        Assert.Equal([0, 3], Tensor.Zeros([3, 0]).PseudoInverse().Shape);
        Assert.Equal([2, 0, 0], Tensor.Zeros([2, 0, 0]).MatrixExponential().Shape);
        Assert.Equal([0], Tensor.Zeros([0, 0]).SymmetricEigen().Values.Shape);
    }

    [Fact]
    public void Wrong_matrices_are_named()
    {
        var ones = Tensor.Ones([2, 2]);
        Check.Fails("Cholesky: the matrix is not positive definite: pivot 1 is -3", () => Tensor.From([1f, 2, 2, 1], [2, 2]).Cholesky());
        Check.Fails("Cholesky: the matrix 1 is not positive definite: pivot 0 is 0", () => Tensor.Stack([Tensor.Eye(2), Tensor.Zeros([2, 2])]).Cholesky());
        Check.Fails("Cholesky: [2, 3] is not a square matrix.", () => Tensor.Zeros([2, 3]).Cholesky());
        Check.Fails("Cholesky: the matrix is int32; it must be float32 or float64.", () => Tensor.Eye(2, DType.Int32).Cholesky());
        Check.Fails("Solve: the matrix is singular: pivot 1 is 0", () => ones.Solve(ones));
        Check.Fails("Inverse: the matrix is singular: pivot 1 is 0", () => ones.Inverse());
        Check.Fails("Solve: [2, 3] is not a square matrix.", () => Tensor.Zeros([2, 3]).Solve(ones));
        Check.Fails("Solve: the right side [3] does not fit the matrix [2, 2]; it must be [.., 2, count] or [2].", () => ones.Solve(Tensor.Zeros([3])));
        Check.Fails("TriangularSolve: the matrix is singular: element 0 of its diagonal is 0", () => Tensor.Zeros([2, 2]).TriangularSolve(ones));
        Check.Fails("Determinant: [3] is not a square matrix.", () => Tensor.Zeros([3]).Determinant());
        Check.Fails("Qr: [3] is not a matrix.", () => Tensor.Zeros([3]).Qr().Q);
        Check.Fails("SymmetricEigen: the matrix holds a number that is not finite (NaN)", () => (ones * double.NaN).SymmetricEigen().Values);
        Check.Fails("PseudoInverse: [3] is not a matrix.", () => Tensor.Zeros([3]).PseudoInverse());
        Check.Fails("PseudoInverse: the cutoff is -1; it is a share of the largest singular value, 0 or more.", () => ones.PseudoInverse(-1));
        Check.Fails("PseudoInverse: the matrix holds a number that is not finite (NaN)", () => (ones * double.NaN).PseudoInverse());
        Check.Fails("MatrixExponential: [2, 3] is not a square matrix.", () => Tensor.Zeros([2, 3]).MatrixExponential());
        Check.Fails("MatrixExponential: the matrix holds a number that is not finite (NaN)", () => (ones * double.NaN).MatrixExponential());
        Check.Fails("Svd: the matrix is int32; it must be float32 or float64.", () => Tensor.Eye(2, DType.Int32).Svd().S);
    }

    static Tensor Positive(Tensor x) => x.MatMul(x, transposeB: true) + Tensor.Eye(x.Shape[^2], x.DType);

    static Tensor[] QrOf(Tensor[] x)
    {
        var (q, r) = x[0].Qr();
        return [q, r];
    }

    static Tensor[] EigenOf(Tensor[] x)
    {
        var (values, v) = (x[0] + x[0].SwapAxes(-1, -2)).SymmetricEigen();
        return [values, v * v, (v * values.ExpandDims(-2) * values.ExpandDims(-2) * values.ExpandDims(-2)).MatMul(v, transposeB: true)];
    }

    static Tensor[] SvdOf(Tensor[] x)
    {
        var (u, s, vt) = x[0].Svd();
        return [s, u * u, vt * vt, u.MatMul(vt)];
    }

    static Tensor Random(int m, int n)
    {
        var random = new System.Random(m * 100 + n);
        return Tensor.From(Enumerable.Range(0, m * n).Select(_ => random.NextDouble() - 0.5).ToArray(), [m, n]);
    }
}
