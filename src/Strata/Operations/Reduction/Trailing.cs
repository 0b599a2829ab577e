namespace Strata.Operations;

/// <summary>A set of axes brought to the end of a tensor and made one.</summary>
internal static class Trailing
{
    /// <summary>x with <paramref name="axes"/> as one last axis, and how to bring a tensor of that shape back to x's.</summary>
    public static (Tensor Flat, Func<Tensor, Tensor> Restore) Gather(Tensor x, AxisSet axes)
    {
        Span<int> order = stackalloc int[x.Rank], inverse = stackalloc int[x.Rank];
        var kept = x.Rank - axes.Count;
        for (int axis = 0, front = 0, back = kept; axis < x.Rank; axis++)
            order[axes.Contains(axis) ? back++ : front++] = axis;
        for (var i = 0; i < x.Rank; i++) inverse[order[i]] = i;

        var moved = x.Transpose(order);
        var flat = moved.Reshape([.. moved.Shape.Span[..kept], checked((int)axes.ReducedSize(x.Shape))]);
        var backwards = inverse.ToArray();
        var shape = moved.Shape;
        return (flat, y => y.Reshape(shape).Transpose(backwards));
    }
}
