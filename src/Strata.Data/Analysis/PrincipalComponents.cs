namespace Strata.Data;

/// <summary>The directions in which points differ most (Pearson 1901): the eigenvectors of their covariance, by falling variance.</summary>
/// <param name="Mean">The mean of the points, [d].</param>
/// <param name="Directions">Orthonormal, one a row, [k, d]. Of the two senses that one counts in which its largest element is positive.</param>
/// <param name="Variances">Of the points along each, [k], with n as the divisor.</param>
public sealed record PrincipalComponents(Tensor Mean, Tensor Directions, Tensor Variances)
{
    /// <summary>Finds them.</summary>
    /// <param name="points">[n, d].</param>
    /// <param name="count">k, how many; 1 … the smaller of n and d.</param>
    /// <exception cref="ShapeException">The points are no matrix, or have fewer directions.</exception>
    public static PrincipalComponents Of(Tensor points, int count = 2)
    {
        if (points.Rank != 2 || count < 1 || count > Math.Min(points.Shape[0], points.Shape[1]))
            throw new ShapeException($"PrincipalComponents: {count} directions of points {points.Shape} were asked for; points must be [n, d] with n and d of {Math.Max(count, 1)} at least.");
        var mean = points.Mean(0);
        var (_, s, vt) = (points - mean).Svd();
        var directions = vt[..count];
        var largest = directions.GatherAlong(directions.Abs().ArgMax(1, keepDims: true), 1);
        return new PrincipalComponents(mean, directions * largest.Sign(), s[..count].Square() / points.Shape[0]);
    }

    /// <summary>Points [n, d] by their places along the directions, [n, k].</summary>
    public Tensor Project(Tensor points) => (points - Mean).MatMul(Directions, transposeB: true);
}
