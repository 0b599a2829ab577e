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

    public static int PanelsOfGroup(in TapProblem<T> p) => (p.TargetPerGroup + 2 * TOps.Width - 1) / (2 * TOps.Width);

    /// <summary>Elements of the packed panels of one group.</summary>
    public static long GroupSize(in TapProblem<T> p) => p.Steps * ((p.TargetPerGroup + TOps.Width - 1) / TOps.Width * TOps.Width);

    /// <summary>Packs all panels into this thread's scratch. <paramref name="transpose"/>: the target channels are the filter's inputs.</summary>
    public static T* Pack(in TapProblem<T> p, T* filter, Spatial kernel, bool transpose)
    {
        var packed = ScratchMemory.Get<T>(Scratch.Filter, p.Groups * GroupSize(p));
        fixed (TapProblem<T>* problem = &p)
        {
            var work = new Work(problem, filter, kernel, transpose, packed);
            var panels = (long)p.Groups * PanelsOfGroup(p);
            Workers.For(panels, (long)Math.Max(1, 100_000 / Math.Max(1, p.Steps * 2 * TOps.Width)), work);
        }

        return packed;
    }

    readonly struct Work(TapProblem<T>* problem, T* filter, Spatial kernel, bool transpose, T* packed) : IRangeWork
    {
        public void Run(long start, long end)
        {
            var p = *problem;
            int panels = PanelsOfGroup(p), depth = p.SourcePerGroup;
            for (var item = start; item < end; item++)
            {
                var (group, panel) = (item / panels, (int)(item % panels));
                var column = panel * 2 * TOps.Width;
                var columns = Math.Min(2 * TOps.Width, p.TargetPerGroup - column);
                var width = PanelWidth(columns);
                var target = packed + group * GroupSize(p) + p.Steps * column;
                for (var z = 0; z < p.Z.Taps; z++)
                    for (var y = 0; y < p.Y.Taps; y++)
                        for (var x = 0; x < p.X.Taps; x++, target += depth * width)
                        {
                            var tap = ((long)(p.Z.FirstIndex + z * p.Z.IndexStep) * kernel.Height + p.Y.FirstIndex + y * p.Y.IndexStep) * kernel.Width
                                + p.X.FirstIndex + x * p.X.IndexStep;
                            if (transpose) // [in, out] of this tap, of which the group has out / groups columns
                                Packing.PanelTransposed(filter + (tap * p.TargetPerGroup + column) * p.SourceChannels + group * depth,
                                    p.SourceChannels, depth, columns, width, target);
                            else
                                Packing.Panel<TOps, TVector, T>(filter + tap * depth * p.TargetChannels + group * p.TargetPerGroup + column,
                                    p.TargetChannels, depth, columns, width, target);
                        }
            }
        }
    }
}
