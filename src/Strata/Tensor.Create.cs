using System.Buffers;

namespace Strata;

public sealed partial class Tensor
{
    /// <summary>A new tensor that <paramref name="fill"/> writes in place, row-major, before anybody else sees it: the way to make one without
    /// an array in between. The elements hold anything when <paramref name="fill"/> begins; it must write all of them.</summary>
    /// <param name="shape">The sizes of the axes; at most 2³¹ − 1 elements.</param>
    /// <param name="state">Handed to <paramref name="fill"/>, so that it needs no closure.</param>
    /// <param name="fill">Writes the elements.</param>
    /// <exception cref="ShapeException"><typeparamref name="T"/> is no element type, or there are too many elements for a span.</exception>
    /// <exception cref="TensorMemoryException">There is not enough memory.</exception>
    public static Tensor Create<T, TState>(Shape shape, TState state, SpanAction<T, TState> fill)
        where T : unmanaged
        where TState : allows ref struct
    {
        var tensor = Allocate(shape, DTypes.Of<T>());
        fill(tensor.Writable<T>(), state);
        GC.KeepAlive(tensor);
        return tensor;
    }
}
