namespace Strata;

public sealed partial class Tensor
{
    /// <summary>The cosine of the angle between vectors, a·b/(|a|·|b|), along one axis; 0 for a vector of zeros.</summary>
    /// <param name="a">[…, d, …].</param>
    /// <param name="b">Of the same rank and d; other axes broadcast.</param>
    /// <param name="axis">The axis of d, which the result lacks.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Tensor CosineSimilarity(Tensor a, Tensor b, int axis = -1)
    {
        if (a.Rank != b.Rank || a.Rank == 0 || a.Shape[a.Shape.Axis(axis, "CosineSimilarity")] != b.Shape[b.Shape.Axis(axis, "CosineSimilarity")])
            throw new ShapeException($"CosineSimilarity: there are {a.Shape} and {b.Shape}; they must have the same rank and the same size along axis {axis}.");
        var squares = a.Square().Sum(axis) * b.Square().Sum(axis);
        // The bound keeps the gradient finite where a vector is 0.
        return (a * b).Sum(axis) * Maximum(squares, Scalar(1e-16, squares.DType)).Rsqrt();
    }
}
