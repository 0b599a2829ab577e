using Strata.Threading;

namespace Strata.Kernels;

/// <summary>A filter [taps, in, out] packed for the micro-kernel: for each group the panels of its target channels, each with the taps in the order
/// in which a <see cref="TapProblem{T}"/> visits them.</summary>
internal static unsafe class FilterPanels<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    const int PartDepth = 128; // source channels that are packed at a time, so that the threads share a filter of one tap, too

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
            var parts = (p.SourcePerGroup + PartDepth - 1) / PartDepth;
            var items = (long)p.Groups * p.Z.Taps * p.Y.Taps * p.X.Taps * parts;
            Workers.For(items, Math.Max(1, 50_000 * items / Math.Max(1, Size(p))), new Work(problem, filter, kernel, transpose, packed, parts));
        }
    }

    readonly struct Work(TapProblem<T>* problem, T* filter, Spatial kernel, bool transpose, T* packed, int parts) : IRangeWork
    {
        public void Run(long start, long end)
        {
            var p = *problem;
            var taps = p.Z.Taps * p.Y.Taps * p.X.Taps;
            for (var item = start; item < end; item++)
            {
                var (tapOfGroup, part) = Math.DivRem(item, parts);
                var (group, tap) = Math.DivRem(tapOfGroup, taps);
                var (rest, x) = Math.DivRem(tap, p.X.Taps);
                var (z, y) = Math.DivRem(rest, p.Y.Taps);
                var element = ((p.Z.FirstIndex + z * p.Z.IndexStep) * kernel.Height + p.Y.FirstIndex + y * p.Y.IndexStep) * kernel.Width
                    + p.X.FirstIndex + x * p.X.IndexStep;
                int first = p.SourcePerGroup * (int)part / parts, last = p.SourcePerGroup * ((int)part + 1) / parts;
                Tap(p, group, element, packed + group * GroupSize(p), tap * p.SourcePerGroup, first, last - first);
            }
        }

        /// <summary>Packs the element of the filter that is step <paramref name="step"/> of every panel: <paramref name="depth"/> source channels from
        /// <paramref name="first"/> on.</summary>
        void Tap(in TapProblem<T> p, long group, long element, T* panels, long step, int first, int depth)
        {
            int w = TOps.Width, all = p.SourcePerGroup, whole = transpose ? 0 : p.TargetPerGroup / (2 * w) * (2 * w);
            var source = transpose
                ? filter + element * p.TargetPerGroup * p.SourceChannels + group * all + first // [in, out]: a group has out / groups of these columns
                : filter + (element * all + first) * p.TargetChannels + group * p.TargetPerGroup;
            step += first;
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
