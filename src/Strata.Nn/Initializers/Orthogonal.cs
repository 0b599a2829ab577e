using System.Text.Json.Nodes;
using Strata.Random;

namespace Strata.Nn;

/// <summary>A matrix with orthonormal rows or columns, whichever are fewer, times <paramref name="Gain"/> (Saxe et al. 2014, "Exact solutions to the
/// nonlinear dynamics of learning in deep linear networks"); all axes but the last are taken together as rows. Uniform over such matrices.</summary>
public sealed record Orthogonal(double Gain = 1) : Initializer
{
    internal static Orthogonal FromConfig(Config c) => new(c.Double("gain"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["gain"] = Gain };

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, RandomStream random, DType dtype = DType.Float32)
    {
        if (shape.Rank < 2) throw new ShapeException($"Orthogonal: {shape} is no matrix.");
        var (rows, columns) = (checked((int)shape[..^1].Size), shape[^1]);
        var (count, length) = (Math.Min(rows, columns), Math.Max(rows, columns));
        var normal = random.Normal([count, length], dtype: DType.Float64).ToArray<double>();
        Orthonormalize(normal, count, length);
        var values = new double[rows * columns];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++)
                values[(i * columns) + j] = Gain * (rows <= columns ? normal[(i * length) + j] : normal[(j * length) + i]);
        return Tensor.From(values, shape).Cast(dtype);
    }

    // Modified Gram–Schmidt, each row twice ("twice is enough", Giraud et al. 2005), on vectors of the normal distribution.
    static void Orthonormalize(double[] a, int count, int length)
    {
        for (var i = 0; i < count; i++)
        {
            var row = a.AsSpan(i * length, length);
            for (var pass = 0; pass < 2; pass++)
                for (var j = 0; j < i; j++)
                {
                    var other = a.AsSpan(j * length, length);
                    var dot = System.Numerics.Tensors.TensorPrimitives.Dot<double>(row, other);
                    for (var k = 0; k < length; k++) row[k] -= dot * other[k];
                }

            var norm = System.Numerics.Tensors.TensorPrimitives.Norm<double>(row);
            System.Numerics.Tensors.TensorPrimitives.Divide(row, norm, row);
        }
    }
}
