namespace Strata.Formats.Arrays;

/// <summary>Turns arrays that were stored with the first axis running fastest.</summary>
static class AxisOrder
{
    /// <summary>The array with its axes in reversed order.</summary>
    public static Tensor Reverse(Tensor x) => x.Rank < 2 ? x : x.DType switch
    {
        DType.Float32 => Reverse<float>(x),
        DType.Float64 => Reverse<double>(x),
        DType.Int32 => Reverse<int>(x),
        DType.Int64 => Reverse<long>(x),
        DType.UInt8 => Reverse<byte>(x),
        _ => Reverse<bool>(x),
    };

    static Tensor Reverse<T>(Tensor x)
        where T : unmanaged
    {
        var y = Tensor.Create<T, Tensor>(Shape.Of([.. x.Shape.Reverse()]), x, static (to, x) =>
        {
            var from = x.AsSpan<T>();
            var index = new int[x.Rank]; // of an element of x; its last axis is the first of the result
            var strides = new int[x.Rank];
            for (int axis = 0, stride = 1; axis < strides.Length; stride *= x.Shape[axis++]) strides[axis] = stride;
            for (int i = 0, o = 0; i < from.Length; i++)
            {
                to[o] = from[i];
                for (var axis = index.Length - 1; axis >= 0; axis--)
                {
                    o += strides[axis];
                    if (++index[axis] < x.Shape[axis]) break;
                    o -= index[axis] * strides[axis];
                    index[axis] = 0;
                }
            }
        });
        GC.KeepAlive(x);
        return y;
    }
}
