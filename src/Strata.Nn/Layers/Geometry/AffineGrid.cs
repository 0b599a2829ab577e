namespace Strata.Nn;

/// <summary>Where the pixels of a target image lie in a source image under an affine map.</summary>
public static class AffineGrid
{
    /// <summary>(x_s, y_s) = θ·(x_t, y_t, 1) for all pixels of a target, both images spanning −1 … 1 from the center of the first pixel to that of the
    /// last (Jaderberg et al. 2015, equation 1).</summary>
    /// <param name="theta">θ, [n, 2, 3].</param>
    /// <param name="height">Rows of the target.</param>
    /// <param name="width">Columns of the target.</param>
    /// <returns>[n, height, width, 2], x before y, for <see cref="Tensor.BilinearSample"/> with aligned corners.</returns>
    /// <exception cref="ShapeException">θ is no [n, 2, 3].</exception>
    public static Tensor Of(Tensor theta, int height, int width)
    {
        if (theta.Rank != 3 || theta.Shape[1] != 2 || theta.Shape[2] != 3) throw new ShapeException($"AffineGrid: θ must be [n, 2, 3], but it is {theta.Shape}.");
        return Target(height, width, theta.DType).MatMul(theta, transposeB: true).Reshape(theta.Shape[0], height, width, 2);
    }

    /// <summary>The pixels (x_t, y_t, 1) of a target row by row, [height·width, 3].</summary>
    internal static Tensor Target(int height, int width, DType dtype)
    {
        var x = Axis(width).Reshape(1, width).BroadcastTo([height, width]);
        var y = Axis(height).Reshape(height, 1).BroadcastTo([height, width]);
        return Tensor.Stack([x, y, Tensor.OnesLike(x)], -1).Reshape(height * width, 3);

        Tensor Axis(int size) => size == 1 ? Tensor.Zeros([1], dtype) : Tensor.Linspace(-1, 1, size, dtype);
    }
}
