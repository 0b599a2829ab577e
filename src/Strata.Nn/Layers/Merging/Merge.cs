namespace Strata.Nn;

/// <summary>Several inputs made one, element by element. Inputs of lower rank get axes of size 1 after that of examples, and sizes of 1 are
/// broadcast; a step counts where it counts in every input that has a mask.</summary>
public abstract class Merge : Layer
{
    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Stop;

    /// <summary>The result for inputs of one rank.</summary>
    protected abstract Tensor Combine(Tensor[] x);

    /// <inheritdoc/>
    protected override void Build(Shape[] x)
    {
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => throw new ShapeException("it merges at least two inputs, but got one.");

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        if (x.Length < 2) throw new ShapeException($"it merges at least two inputs, but got {x.Length}.");
        var rank = x.Max(t => t.Rank);
        var y = Combine(Array.ConvertAll(x, t => t.Rank == rank ? t : t.Reshape([t.Shape[0], .. Enumerable.Repeat(1, rank - t.Rank), .. t.Shape[1..]])));
        context.SetMask(y, MaskOf(x, context));
        return [y];
    }

    /// <summary>The mask of the result: true where all masks are.</summary>
    private protected virtual Tensor? MaskOf(Tensor[] x, CallContext context)
    {
        Tensor? all = null;
        foreach (var t in x)
            if (context.MaskOf(t) is { } mask) all = all is null ? mask : all & mask;
        return all;
    }

    private protected static Tensor Fold(Tensor[] x, Func<Tensor, Tensor, Tensor> f)
    {
        var y = x[0];
        for (var i = 1; i < x.Length; i++) y = f(y, x[i]);
        return y;
    }
}
