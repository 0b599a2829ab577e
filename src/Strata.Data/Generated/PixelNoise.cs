using System.Buffers;
using System.Numerics.Tensors;
using Strata.Random;

namespace Strata.Data;

/// <summary>Normal noise on pictures.</summary>
static class PixelNoise
{
    /// <summary>Adds N(0, <paramref name="deviation"/>) to each number.</summary>
    public static void Add(Span<float> image, RandomStream random, double deviation)
    {
        if (deviation == 0) return;
        var buffer = ArrayPool<float>.Shared.Rent(image.Length);
        var noise = buffer.AsSpan(0, image.Length);
        random.FillNormal(noise, deviation: deviation);
        TensorPrimitives.Add(image, noise, image);
        ArrayPool<float>.Shared.Return(buffer);
    }
}
