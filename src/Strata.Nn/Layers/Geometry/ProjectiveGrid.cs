namespace Strata.Nn;

/// <summary>Where the pixels of a target image lie in a source image under a projective map.</summary>
public static class ProjectiveGrid
{
    const double Horizon = 1e-3;

    /// <summary>(x_s, y_s) = (u, v)/w with (u, v, w) = θ·(x_t, y_t, 1) for all pixels of a target, in the coordinates of <see cref="AffineGrid"/>. A pixel at or
    /// behind the horizon, w ≤ 10⁻³, lies far outside the source.</summary>
    /// <param name="theta">θ, [n, 3, 3].</param>
    /// <param name="height">Rows of the target.</param>
    /// <param name="width">Columns of the target.</param>
    /// <returns>[n, height, width, 2], x before y, for <see cref="Tensor.BilinearSample"/> with aligned corners.</returns>
    /// <exception cref="ShapeException">θ is no [n, 3, 3].</exception>
    public static Tensor Of(Tensor theta, int height, int width)
    {
        if (theta.Rank != 3 || theta.Shape[1] != 3 || theta.Shape[2] != 3) throw new ShapeException($"ProjectiveGrid: θ must be [n, 3, 3], but it is {theta.Shape}.");
        var points = AffineGrid.Target(height, width, theta.DType).MatMul(theta, transposeB: true); // [n, pixels, 3]
        var w = Tensor.Maximum(points[.., .., 2..], Horizon);
        return (points[.., .., ..2] / w).Reshape(theta.Shape[0], height, width, 2);
    }
}
