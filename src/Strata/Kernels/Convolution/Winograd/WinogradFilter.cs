using System.Numerics;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>A 3×3 filter in the space of the products, U = G·g·Gᵀ, packed for the micro-kernel: for each product the panels of target channels.</summary>
internal static unsafe class WinogradFilter<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements of one product's panels.</summary>
    public static long PlaneSize(int sourceChannels, int targetChannels) => (long)sourceChannels * targetChannels + 16; // planes begin in different sets of a cache

    /// <summary>Elements of the transformed filter.</summary>
    public static long Size<TFilter>(int inChannels, int outChannels)
        where TFilter : struct, IWinogradMap => TFilter.To * TFilter.To * PlaneSize(inChannels, outChannels);

    /// <summary>Transforms [3, 3, in, out]. <paramref name="backward"/>: for the gradient with respect to the input, where the filter is turned by half a
    /// turn and its inputs are the targets.</summary>
    public static void Transform<TFilter>(T* filter, int inChannels, int outChannels, bool backward, T* transformed)
        where TFilter : struct, IWinogradMap
    {
        int source = backward ? outChannels : inChannels, target = backward ? inChannels : outChannels;
        if (backward)
        {
            var turned = ScratchMemory.Get<T>(Scratch.PackedB, 9L * source * target);
            for (var tap = 0; tap < 9; tap++)
                Packing.Transpose(filter + (long)(8 - tap) * source * target, source, target, source, turned + (long)tap * source * target, target);
            filter = turned;
        }

        Workers.For(source, Math.Max(1, 2000 / target), new Work<TFilter>(filter, source, target, transformed));
    }

    readonly struct Work<TFilter>(T* filter, int source, int target, T* transformed) : IRangeWork
        where TFilter : struct, IWinogradMap
    {
        public void Run(long start, long end)
        {
            int w = TOps.Width;
            var tap = (nint)source * target;
            var plane = (nint)PlaneSize(source, target);
            for (var from = 0; from < target; from += 8 * w) // not more at once: panels begin in the same set of the cache
                for (var i = start; i < end; i++)
                    for (var column = from; column < Math.Min(target, from + 8 * w); column += 2 * w)
                    {
                        var width = Math.Min(2 * w, target - column);
                        WinogradTransform<TOps, TVector, T>.Apply<TFilter>(filter + i * target + column, 3 * tap, tap, width,
                            transformed + (nint)column * source + i * width, TFilter.To * plane, plane);
                    }
        }
    }
}
