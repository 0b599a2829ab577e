using Strata.Threading;

namespace Strata.Kernels;

/// <summary>A filter [taps, in, out] packed for the micro-kernel: for each group the panels of its target channels, each with the taps in the order
/// in which a <see cref="TapProblem{T}"/> visits them.</summary>
internal static unsafe class FilterPanels<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    public static int PanelWidth(int columns) => columns > TOps.Width ? 2 * TOps.Width : TOps.Width;

    /// <summary>Elements of the packed panels of one group.</summary>
    public static long GroupSize(in TapProblem<T> p) => p.Steps * ((p.TargetPerGroup + TOps.Width - 1) / TOps.Width * TOps.Width);

    /// <summary>Elements of all packed panels.</summary>
    public static long Size(in TapProblem<T> p) => p.Groups * GroupSize(p);

    /// <summary>Packs all panels. <paramref name="transpose"/>: the target channels are the filter's inputs.</summary>
    public static void Pack(in TapProblem<T> p, T* filter, Spatial kernel, bool transpose, T* packed)
    {
        fixed (TapProblem<T>* problem = &p)
        {
            var work = new Work(problem, filter, kernel, transpose, packed);
            var taps = (long)p.Z.Taps * p.Y.Taps * p.X.Taps;
            Workers.For(p.Groups * taps, Math.Max(1, 50_000 / Math.Max(1, p.SourcePerGroup * (long)p.TargetPerGroup)), work);
        }
    }

    readonly struct Work(TapProblem<T>* problem, T* filter, Spatial kernel, bool transpose, T* packed) : IRangeWork
    {
        public void Run(long start, long end)
        {
            var p = *problem;
            var taps = p.Z.Taps * p.Y.Taps * p.X.Taps;
            for (var item = start; item < end; item++)
            {
                var (group, tap) = Math.DivRem(item, taps);
                var (rest, x) = Math.DivRem(tap, p.X.Taps);
                var (z, y) = Math.DivRem(rest, p.Y.Taps);
                var element = ((p.Z.FirstIndex + z * p.Z.IndexStep) * kernel.Height + p.Y.FirstIndex + y * p.Y.IndexStep) * kernel.Width
                    + p.X.FirstIndex + x * p.X.IndexStep;
                Tap(p, group, element, packed + group * GroupSize(p), tap * p.SourcePerGroup);
            }
        }

        /// <summary>Packs the element of the filter that is step <paramref name="step"/> of every panel.</summary>
        void Tap(in TapProblem<T> p, long group, long element, T* panels, long step)
        {
            int w = TOps.Width, depth = p.SourcePerGroup, whole = transpose ? 0 : p.TargetPerGroup / (2 * w) * (2 * w);
            var source = transpose
                ? filter + element * p.TargetPerGroup * p.SourceChannels + group * depth // [in, out]: a group has out / groups of these columns
                : filter + element * depth * p.TargetChannels + group * p.TargetPerGroup;
            if (whole > 0) Packing.Panels<TOps, TVector, T>(source, p.TargetChannels, depth, whole, (nint)p.Steps * 2 * w, panels + step * 2 * w);
            for (var column = whole; column < p.TargetPerGroup; column += 2 * w)
            {
                var columns = Math.Min(2 * w, p.TargetPerGroup - column);
                var width = PanelWidth(columns);
                var target = panels + p.Steps * column + step * width;
                if (transpose) Packing.PanelTransposed(source + (long)column * p.SourceChannels, p.SourceChannels, depth, columns, width, target);
                else Packing.Panel<TOps, TVector, T>(source + column, p.TargetChannels, depth, columns, width, target);
            }
        }
    }
}
