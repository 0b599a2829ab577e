using Strata.Operations;

namespace Strata;

// A diagonal of a matrix of c columns is every (c + 1)-th element of its rows laid end to end.
public sealed partial class Tensor
{
    /// <summary>A diagonal of the matrices in the last two axes: [.., rows, columns] → [.., length].</summary>
    /// <param name="offset">0: the main diagonal; positive: so many columns to the right; negative: so many rows down.</param>
    /// <exception cref="ShapeException">There are fewer than two axes, or no such diagonal.</exception>
    public Tensor Diagonal(int offset = 0)
    {
        if (Rank < 2) throw new ShapeException($"Diagonal: {Shape} is not a matrix.");
        var (rows, columns) = (Shape[^2], Shape[^1]);
        if (offset > columns || offset < -rows) throw new ShapeException($"Diagonal: the offset {offset} is outside the matrices of {Shape}.");
        var (extent, flat) = DiagonalOf(rows, columns, offset, Shape[..^2]);
        return new Slice(Extent.Along(flat, Rank - 2, extent)).Apply(Reshape(flat));
    }

    /// <summary>The square matrices that have the vectors in the last axis on a diagonal and zeros elsewhere: the adjoint of
    /// <see cref="Diagonal"/>.</summary>
    /// <param name="offset">0: the main diagonal; positive: above it; negative: below it.</param>
    /// <exception cref="ShapeException">This is a scalar.</exception>
    public Tensor DiagonalMatrix(int offset = 0)
    {
        if (Rank < 1) throw new ShapeException("DiagonalMatrix: a scalar is not a diagonal.");
        var side = checked(Shape[^1] + Math.Abs(offset));
        var (extent, flat) = DiagonalOf(side, side, offset, Shape[..^1]);
        return new PlaceSlice(flat, Extent.Along(flat, Rank - 1, extent), 0).Apply(this).Reshape([.. Shape.Span[..^1], side, side]);
    }

    /// <summary>The sum of the main diagonal of the matrices in the last two axes.</summary>
    public Tensor Trace() => Diagonal().Sum(-1);

    static (Extent Extent, Shape Flat) DiagonalOf(int rows, int columns, int offset, Shape batch)
    {
        var length = Math.Max(0, Math.Min(rows + Math.Min(offset, 0), columns - Math.Max(offset, 0)));
        var start = length == 0 ? 0 : offset >= 0 ? offset : -offset * columns;
        return (new Extent(start, length, columns + 1), [.. batch.Span, checked(rows * columns)]);
    }
}
