using Strata.Formats;

namespace Strata.Data;

/// <summary>From the bytes of files to the tensors of <see cref="ImageSplit"/>.</summary>
static class ByteImages
{
    /// <summary>Bytes as float32 in [0, 1].</summary>
    public static Tensor ToUnit(Tensor bytes, Shape shape)
    {
        var unit = Tensor.Create<float, Tensor>(shape, bytes, static (to, bytes) =>
        {
            var from = bytes.AsSpan<byte>();
            for (var i = 0; i < to.Length; i++) to[i] = from[i] / 255f;
        });
        GC.KeepAlive(bytes);
        return unit;
    }

    /// <summary>Labels as int32, which must lie in 0 … <paramref name="classes"/> − 1.</summary>
    /// <exception cref="DataFileException">One does not.</exception>
    public static Tensor ToLabels(ReadOnlySpan<byte> labels, int classes, string path)
    {
        var to = new int[labels.Length];
        for (var i = 0; i < to.Length; i++)
            to[i] = labels[i] < classes ? labels[i] : throw new DataFileException(path, $"label {i} is {labels[i]}, expected 0 to {classes - 1}");
        return Tensor.From(to, [to.Length]);
    }
}
