namespace Strata.Nn;

/// <summary>Where the pixels of a target image lie in a source image under a thin plate spline (Bookstein 1989): of all maps that take the points of a regular
/// lattice to given places, the one that bends least. With places on an affine image of the lattice it is that affine map.</summary>
public static class ThinPlateSplineGrid
{
    /// <summary>f(p) = a·(1, p) + Σ_i w_i·r² ln r², r = |p − t_i|, with f(t_i) = s_i, Σ w_i = 0 and Σ w_i·t_i = 0, for all pixels p of a target, in the
    /// coordinates of <see cref="AffineGrid"/>.</summary>
    /// <param name="points">The places s, [n, k, 2], x before y, of a lattice of √k × √k points t that spans −1 … 1, row by row (see <see cref="Lattice"/>).</param>
    /// <param name="height">Rows of the target.</param>
    /// <param name="width">Columns of the target.</param>
    /// <returns>[n, height, width, 2], x before y, for <see cref="Tensor.BilinearSample"/> with aligned corners.</returns>
    /// <exception cref="ShapeException">The points are no [n, k, 2] with a square number k of at least 4.</exception>
    public static Tensor Of(Tensor points, int height, int width)
    {
        var side = points.Rank == 3 ? (int)Math.Round(Math.Sqrt(points.Shape[1])) : 0;
        if (side < 2 || points.Shape[1] != side * side || points.Shape[2] != 2) throw new ShapeException($"ThinPlateSplineGrid: the points must be [n, k, 2] with k = 4, 9, 16, …, but they are {points.Shape}.");
        return Weights(side, height, width).Cast(points.DType).MatMul(points).Reshape(points.Shape[0], height, width, 2);
    }

    /// <summary>The lattice t, [side², 2], x before y: the points of the identity.</summary>
    public static Tensor Lattice(int side, DType dtype = DType.Float32) => AffineGrid.Target(side, side, dtype)[.., ..2];

    // f is linear in s. How much each s_i counts at each pixel, [pixels, k], follows from L·(w, a) = (s, 0) with L = [K P; Pᵀ 0], K = r² ln r² between lattice
    // points and P = (x, y, 1); L is symmetric.
    static Tensor Weights(int side, int height, int width)
    {
        var lattice = AffineGrid.Target(side, side, DType.Float64);
        var pixels = AffineGrid.Target(height, width, DType.Float64);
        var count = side * side;
        var corner = lattice.Transpose().Pad([(0, 0), (0, 3)]); // [3, k + 3]
        var l = Tensor.Concatenate([Tensor.Concatenate([Bending(lattice, lattice), lattice], 1), corner], 0);
        var basis = Tensor.Concatenate([Bending(pixels, lattice), pixels], 1); // [pixels, k + 3]
        return l.Solve(basis.Transpose()).Transpose()[.., ..count];
    }

    static Tensor Bending(Tensor p, Tensor t)
    {
        var square = (p.ExpandDims(1) - t).Square().Sum(-1);
        return square * Tensor.Where(square > 0, square, Tensor.OnesLike(square)).Log();
    }
}
