using Strata.Operations;

namespace Strata;

public sealed partial class Tensor
{
    /// <summary>The identity matrix [size, size].</summary>
    public static Tensor Eye(int size, DType dtype = DType.Float32) => Eye(size, size, dtype);

    /// <summary>The matrix [rows, columns] with ones on its diagonal and zeros elsewhere.</summary>
    public static Tensor Eye(int rows, int columns, DType dtype = DType.Float32)
    {
        Shape flat = [checked(rows * columns)];
        var ones = Ones([Math.Min(rows, columns)], dtype);
        return new PlaceSlice(flat, [new Extent(0, ones.Shape[0], columns + 1)], 0).Apply(ones).Reshape(rows, columns);
    }
}
