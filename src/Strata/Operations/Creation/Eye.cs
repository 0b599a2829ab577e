using Strata.Operations;

namespace Strata;

public sealed partial class Tensor
{
    /// <summary>The identity matrix [size, size].</summary>
    public static Tensor Eye(int size, DType? dtype = null) => Eye(size, size, dtype);

    /// <summary>The matrix [rows, columns] with ones on its diagonal and zeros elsewhere.</summary>
    public static Tensor Eye(int rows, int columns, DType? dtype = null)
    {
        if (rows < 0 || columns < 0) throw new ShapeException($"Eye: the sizes {rows} × {columns} must be 0 or more.");
        Shape flat = [Extent.Longer((long)rows * columns, "Eye")];
        var ones = Ones([Math.Min(rows, columns)], dtype);
        return new PlaceSlice(flat, [new Extent(0, ones.Shape[0], columns + 1)], 0).Apply(ones).Reshape(rows, columns);
    }
}
