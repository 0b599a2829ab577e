using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Kernels;

/// <summary>Copies of matrix blocks in the order in which a micro-kernel reads them.</summary>
internal static unsafe class Packing
{
    /// <summary>B's block [steps, columns] as panels of two vectors, <paramref name="panelStride"/> apart, all whole. Row by row, as memory
    /// likes to be read; but only as many panels at once as a set of the first-level cache has ways, where panels begin in the same set.</summary>
    public static void Panels<TOps, TVector, T>(T* b, nint stride, long steps, long columns, nint panelStride, T* panels)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged
    {
        var tile = 2 * TOps.Width;
        var most = panelStride * sizeof(T) % 2048 == 0 ? 8L * tile : columns;
        for (long j = 0; j < columns; j += most)
            PanelsAtOnce<TOps, TVector, T>(b + j, stride, steps, Math.Min(most, columns - j), panelStride, panels + (nint)(j / tile) * panelStride);
    }

    [MethodImpl(Jit.Loop)]
    static void PanelsAtOnce<TOps, TVector, T>(T* b, nint stride, long steps, long columns, nint panelStride, T* panels)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged
    {
        var w = TOps.Width;
        for (; steps > 0; steps--, b += stride, panels += 2 * w)
        {
            var target = panels;
            for (long j = 0; j < columns; j += 2 * w, target += panelStride)
            {
                TOps.Store(target, TOps.Load(b + j));
                TOps.Store(target + w, TOps.Load(b + j + w));
            }
        }
    }

    /// <summary>B's block [steps, columns] as one panel [steps, width], with zeros in the columns that B lacks.</summary>
    [MethodImpl(Jit.Loop)]
    public static void Panel<TOps, TVector, T>(T* b, nint stride, long steps, int columns, int width, T* panel)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged
    {
        var w = TOps.Width;
        if (columns == width && width == 2 * w)
        {
            for (; steps > 0; steps--, b += stride, panel += width)
            {
                TOps.Store(panel, TOps.Load(b));
                TOps.Store(panel + w, TOps.Load(b + w));
            }

            return;
        }

        for (; steps > 0; steps--, b += stride, panel += width)
            for (var from = 0; from < width; from += w)
                TOps.Store(panel + from, from < columns ? TOps.LoadPart(b + from, Math.Min(w, columns - from)) : default);
    }

    /// <summary>The same for B stored as [columns, steps].</summary>
    public static void PanelTransposed<T>(T* b, nint stride, long steps, int columns, int width, T* panel)
        where T : unmanaged
    {
        Transpose(b, stride, columns, steps, panel, width);
        if (columns == width) return;
        for (long k = 0; k < steps; k++) new Span<T>(panel + k * width + columns, width - columns).Clear();
    }

    /// <summary>Rows of A, <paramref name="targetStride"/> apart, times <paramref name="alpha"/>.</summary>
    public static void Rows<TOps, TVector, T>(T* a, nint stride, long rows, long steps, T alpha, bool scale, T* target, nint targetStride)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged
    {
        for (; rows > 0; rows--, a += stride, target += targetStride)
            if (scale) Scale<TOps, TVector, T>(a, steps, alpha, target);
            else Buffer.MemoryCopy(a, target, steps * sizeof(T), steps * sizeof(T));
    }

    /// <summary>Steps of A stored as [steps, rows]: <paramref name="rows"/> adjacent elements of each step, closed up, times <paramref name="alpha"/>.
    /// Writes up to a vector beyond the end.</summary>
    [MethodImpl(Jit.Loop)]
    public static void Columns<TOps, TVector, T>(T* a, nint stride, long steps, int rows, T alpha, bool scale, T* target)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged
    {
        var factor = TOps.Broadcast(alpha);
        for (; steps > 0; steps--, a += stride, target += rows)
            for (var from = 0; from < rows; from += TOps.Width)
            {
                var x = TOps.LoadPart(a + from, Math.Min(TOps.Width, rows - from));
                TOps.Store(target + from, scale ? TOps.Multiply(x, factor) : x);
            }
    }

    [MethodImpl(Jit.Loop)]
    static void Scale<TOps, TVector, T>(T* source, long count, T factor, T* target)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged
    {
        var f = TOps.Broadcast(factor);
        for (; count >= TOps.Width; count -= TOps.Width, source += TOps.Width, target += TOps.Width)
            TOps.Store(target, TOps.Multiply(TOps.Load(source), f));
        if (count > 0) TOps.StorePart(target, TOps.Multiply(TOps.LoadPart(source, (int)count), f), (int)count);
    }

    /// <summary>target[j, i] = source[i, j] for i in 0 … rows − 1 and j in 0 … columns − 1.</summary>
    [MethodImpl(Jit.Loop)]
    public static void Transpose<T>(T* source, nint stride, long rows, long columns, T* target, nint targetStride)
        where T : unmanaged
    {
        long i = 0;
        if (sizeof(T) == 4 && Sse.IsSupported)
            for (; i + 4 <= rows; i += 4)
            {
                var s = (float*)(source + i * stride);
                var t = (float*)(target + i);
                long j = 0;
                for (; j + 4 <= columns; j += 4, s += 4, t += 4 * targetStride)
                {
                    var r0 = Vector128.Load(s);
                    var r1 = Vector128.Load(s + stride);
                    var r2 = Vector128.Load(s + 2 * stride);
                    var r3 = Vector128.Load(s + 3 * stride);
                    var low01 = Sse.UnpackLow(r0, r1);
                    var low23 = Sse.UnpackLow(r2, r3);
                    var high01 = Sse.UnpackHigh(r0, r1);
                    var high23 = Sse.UnpackHigh(r2, r3);
                    Sse.MoveLowToHigh(low01, low23).Store(t);
                    Sse.MoveHighToLow(low23, low01).Store(t + targetStride);
                    Sse.MoveLowToHigh(high01, high23).Store(t + 2 * targetStride);
                    Sse.MoveHighToLow(high23, high01).Store(t + 3 * targetStride);
                }

                for (; j < columns; j++, s++, t += targetStride)
                {
                    t[0] = s[0];
                    t[1] = s[stride];
                    t[2] = s[2 * stride];
                    t[3] = s[3 * stride];
                }
            }

        if (sizeof(T) == 4 && Sse.IsSupported && i + 2 <= rows)
        {
            var s = (float*)(source + i * stride);
            var t = (float*)(target + i);
            long j = 0;
            for (; j + 4 <= columns; j += 4, s += 4, t += 4 * targetStride)
            {
                var r0 = Vector128.Load(s);
                var r1 = Vector128.Load(s + stride);
                var low = Sse.UnpackLow(r0, r1);
                var high = Sse.UnpackHigh(r0, r1);
                Sse.StoreLow(t, low);
                Sse.StoreHigh(t + targetStride, low);
                Sse.StoreLow(t + 2 * targetStride, high);
                Sse.StoreHigh(t + 3 * targetStride, high);
            }

            for (; j < columns; j++, s++, t += targetStride)
            {
                t[0] = s[0];
                t[1] = s[stride];
            }

            i += 2;
        }

        for (; i < rows; i++)
        {
            var s = source + i * stride;
            var t = target + i;
            for (long j = 0; j < columns; j++, t += targetStride) *t = s[j];
        }
    }
}
