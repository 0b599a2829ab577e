namespace Strata;

public sealed partial class Tensor
{
    /// <summary>The entries where <paramref name="mask"/> is true, in row-major order: the mask's axes, which are this tensor's first, become
    /// one, whose size depends on the mask's values; so this runs eagerly only.</summary>
    /// <exception cref="ShapeException">The mask is not bool, or its shape is not that of this tensor's first axes.</exception>
    public Tensor BooleanMask(Tensor mask)
    {
        if (mask.DType != DType.Bool) throw new ShapeException($"BooleanMask: the mask is {mask.DType.Name()}; it must be bool.");
        if (mask.Rank > Rank || mask.Rank == 0 || mask.Shape != Shape[..mask.Rank])
            throw new ShapeException($"BooleanMask: the mask {mask.Shape} does not cover the first axes of {Shape}.");
        var rows = Reshape([checked((int)mask.Size), .. Shape.Span[mask.Rank..]]);
        return rows.Gather(mask.TruePositions());
    }

    /// <summary>The coordinates of the elements that are not 0, in row-major order: int64 [count, rank]. Runs eagerly only, since the
    /// count depends on the values.</summary>
    public Tensor NonZero()
    {
        var positions = Cast(DType.Bool).TruePositions().ToArray<long>();
        var points = new long[checked(positions.Length * Rank)];
        for (var i = 0; i < positions.Length; i++)
        {
            var rest = positions[i];
            for (var axis = Rank - 1; axis >= 0; axis--)
            {
                points[(i * Rank) + axis] = rest % Shape[axis];
                rest /= Shape[axis];
            }
        }

        return From(points, [positions.Length, Rank]);
    }

    Tensor TruePositions()
    {
        var truth = AsSpan<bool>();
        var positions = new long[truth.Count(true)];
        var n = 0;
        for (var i = 0; i < truth.Length; i++)
            if (truth[i]) positions[n++] = i;
        GC.KeepAlive(this);
        return From(positions);
    }
}
