using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>A Winograd map applied along both axes of patches of pixels, and the patches themselves.</summary>
internal static unsafe class WinogradTransform<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>target = M·source·Mᵀ for each of <paramref name="channels"/> channels, a whole number of vectors.</summary>
    [MethodImpl(Jit.Loop)]
    [SkipLocalsInit]
    public static void Apply<TMap>(T* source, nint sourceRow, nint sourceColumn, int channels, T* target, nint targetRow, nint targetColumn)
        where TMap : struct, IWinogradMap
    {
        var bytes = stackalloc byte[36 * 64 + 64];
        var half = (T*)((nuint)(bytes + 63) & ~(nuint)63);
        var w = TOps.Width;
        for (var c = 0; c < channels; c += w)
        {
            for (var column = 0; column < TMap.From; column++)
                TMap.Apply<TOps, TVector, T>(source + c + column * sourceColumn, sourceRow, half + column * w, TMap.From * w);
            for (var row = 0; row < TMap.To; row++)
                TMap.Apply<TOps, TVector, T>(half + row * TMap.From * w, w, target + c + row * targetRow, targetColumn);
        }
    }

    /// <summary>The square of <paramref name="extent"/>² pixels at (<paramref name="y"/>, <paramref name="x"/>) of an image: in place if all of it exists, else
    /// a copy in <paramref name="room"/> with zeros around.</summary>
    public static T* Patch(T* image, int height, int width, int channels, int y, int x, int extent, T* room, out nint pitch)
    {
        if (y >= 0 && x >= 0 && y + extent <= height && x + extent <= width)
        {
            pitch = (nint)width * channels;
            return image + y * pitch + (nint)x * channels;
        }

        pitch = (nint)extent * channels;
        int from = Math.Clamp(-x, 0, extent), to = Math.Clamp(width - x, from, extent);
        for (var row = 0; row < extent; row++)
        {
            var target = new Span<T>(room + row * pitch, extent * channels);
            if (y + row < 0 || y + row >= height)
            {
                target.Clear();
                continue;
            }

            target[..(from * channels)].Clear();
            new ReadOnlySpan<T>(image + ((nint)(y + row) * width + x + from) * channels, (to - from) * channels).CopyTo(target[(from * channels)..]);
            target[(to * channels)..].Clear();
        }

        return room;
    }
}
