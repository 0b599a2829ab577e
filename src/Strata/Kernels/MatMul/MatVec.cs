using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>Products with a single row or a single column: they read the matrix once, so memory is the limit and nothing is packed.</summary>
internal static unsafe class MatVec<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Computes elements <paramref name="start"/> … of <paramref name="p"/>'s first product, whose result has one row or one column.</summary>
    public static void Run(in MatrixProduct<T> p, long start, long count)
    {
        var column = p.N == 1; // then C = A·x, else Cᵀ = op(B)ᵀ·x
        var x = column
            ? Contiguous(p.B, p.TransposeB ? 1 : p.LeadingB, p.K, p.Alpha)
            : Contiguous(p.A, p.TransposeA ? p.LeadingA : 1, p.K, p.Alpha);
        var matrix = column ? p.A : p.B;
        var stride = (nint)(column ? p.LeadingA : p.LeadingB);
        var byRows = column ? !p.TransposeA : p.TransposeB; // a row of the matrix for each result
        var scattered = column && p.LeadingC != 1;
        var y = scattered ? ScratchMemory.Get<T>(Scratch.PackedB, count) : p.C + start;
        if (scattered && p.Accumulate)
            for (long i = 0; i < count; i++) y[i] = p.C[(start + i) * p.LeadingC];
        if (!p.Accumulate) Clear(y, count);

        if (byRows) Dots(matrix + start * stride, stride, x, p.K, y, count);
        else Combine(matrix + start, stride, x, p.K, y, count);

        if (p.Bias != null)
            for (long i = 0; i < count; i++) y[i] += p.Bias[column ? 0 : start + i];
        Epilogue.Apply(p.Activation, y, count);

        if (scattered)
            for (long i = 0; i < count; i++) p.C[(start + i) * p.LeadingC] = y[i];
    }

    static T* Contiguous(T* x, long stride, long count, double alpha)
    {
        if (stride == 1 && alpha == 1) return x;
        var copy = ScratchMemory.Get<T>(Scratch.PackedA, count);
        var factor = T.CreateSaturating(alpha);
        for (long k = 0; k < count; k++) copy[k] = x[k * stride] * factor;
        return copy;
    }

    static void Clear(T* y, long count)
    {
        for (; count > 0; count -= 1 << 30, y += 1 << 30) new Span<T>(y, (int)Math.Min(count, 1 << 30)).Clear();
    }

    /// <summary>y += Σ_k x_k · (row k of the matrix), eight rows at a time: eight streams that the hardware prefetches.</summary>
    [MethodImpl(Jit.Loop)]
    static void Combine(T* matrix, nint stride, T* x, long steps, T* y, long count)
    {
        var w = TOps.Width;
        long k = 0;
        for (; k + 8 <= steps; k += 8, x += 8, matrix += 8 * stride)
        {
            TVector x0 = TOps.Broadcast(x[0]), x1 = TOps.Broadcast(x[1]), x2 = TOps.Broadcast(x[2]), x3 = TOps.Broadcast(x[3]);
            TVector x4 = TOps.Broadcast(x[4]), x5 = TOps.Broadcast(x[5]), x6 = TOps.Broadcast(x[6]), x7 = TOps.Broadcast(x[7]);
            T* near = matrix, middle = matrix + 3 * stride, far = matrix + 6 * stride;
            long j = 0;
            for (; j + w <= count; j += w, near += w, middle += w, far += w)
            {
                var sum = TOps.Load(y + j);
                sum = TOps.MultiplyAdd(x0, TOps.Load(near), sum);
                sum = TOps.MultiplyAdd(x1, TOps.Load(near + stride), sum);
                sum = TOps.MultiplyAdd(x2, TOps.Load(near + 2 * stride), sum);
                sum = TOps.MultiplyAdd(x3, TOps.Load(middle), sum);
                sum = TOps.MultiplyAdd(x4, TOps.Load(middle + stride), sum);
                sum = TOps.MultiplyAdd(x5, TOps.Load(middle + 2 * stride), sum);
                sum = TOps.MultiplyAdd(x6, TOps.Load(far), sum);
                sum = TOps.MultiplyAdd(x7, TOps.Load(far + stride), sum);
                TOps.Store(y + j, sum);
            }

            if (j == count) continue;
            var rest = (int)(count - j);
            var last = TOps.LoadPart(y + j, rest);
            last = TOps.MultiplyAdd(x0, TOps.LoadPart(near, rest), last);
            last = TOps.MultiplyAdd(x1, TOps.LoadPart(near + stride, rest), last);
            last = TOps.MultiplyAdd(x2, TOps.LoadPart(near + 2 * stride, rest), last);
            last = TOps.MultiplyAdd(x3, TOps.LoadPart(middle, rest), last);
            last = TOps.MultiplyAdd(x4, TOps.LoadPart(middle + stride, rest), last);
            last = TOps.MultiplyAdd(x5, TOps.LoadPart(middle + 2 * stride, rest), last);
            last = TOps.MultiplyAdd(x6, TOps.LoadPart(far, rest), last);
            last = TOps.MultiplyAdd(x7, TOps.LoadPart(far + stride, rest), last);
            TOps.StorePart(y + j, last, rest);
        }

        for (; k < steps; k++, x++, matrix += stride)
        {
            var x0 = TOps.Broadcast(*x);
            long j = 0;
            for (; j + w <= count; j += w) TOps.Store(y + j, TOps.MultiplyAdd(x0, TOps.Load(matrix + j), TOps.Load(y + j)));
            if (j == count) continue;
            var rest = (int)(count - j);
            TOps.StorePart(y + j, TOps.MultiplyAdd(x0, TOps.LoadPart(matrix + j, rest), TOps.LoadPart(y + j, rest)), rest);
        }
    }

    /// <summary>y_j += (row j of the matrix) · x, four rows at a time, each in two chains that a lone row has as well.</summary>
    [MethodImpl(Jit.Loop)]
    static void Dots(T* matrix, nint stride, T* x, long steps, T* y, long count)
    {
        var w = TOps.Width;
        for (; count >= 4; count -= 4, y += 4, matrix += 4 * stride)
        {
            T* m0 = matrix, m1 = m0 + stride, m2 = m1 + stride, m3 = m2 + stride;
            TVector a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
            long k = 0;
            for (; k + 2 * w <= steps; k += 2 * w)
            {
                TVector x0 = TOps.Load(x + k), x1 = TOps.Load(x + k + w);
                a0 = TOps.MultiplyAdd(TOps.Load(m0 + k), x0, a0);
                a1 = TOps.MultiplyAdd(TOps.Load(m1 + k), x0, a1);
                a2 = TOps.MultiplyAdd(TOps.Load(m2 + k), x0, a2);
                a3 = TOps.MultiplyAdd(TOps.Load(m3 + k), x0, a3);
                b0 = TOps.MultiplyAdd(TOps.Load(m0 + k + w), x1, b0);
                b1 = TOps.MultiplyAdd(TOps.Load(m1 + k + w), x1, b1);
                b2 = TOps.MultiplyAdd(TOps.Load(m2 + k + w), x1, b2);
                b3 = TOps.MultiplyAdd(TOps.Load(m3 + k + w), x1, b3);
            }

            for (; k < steps; k += w)
            {
                var rest = (int)Math.Min(w, steps - k);
                var x0 = TOps.LoadPart(x + k, rest);
                a0 = TOps.MultiplyAdd(TOps.LoadPart(m0 + k, rest), x0, a0);
                a1 = TOps.MultiplyAdd(TOps.LoadPart(m1 + k, rest), x0, a1);
                a2 = TOps.MultiplyAdd(TOps.LoadPart(m2 + k, rest), x0, a2);
                a3 = TOps.MultiplyAdd(TOps.LoadPart(m3 + k, rest), x0, a3);
            }

            y[0] += TOps.Sum(TOps.Add(a0, b0));
            y[1] += TOps.Sum(TOps.Add(a1, b1));
            y[2] += TOps.Sum(TOps.Add(a2, b2));
            y[3] += TOps.Sum(TOps.Add(a3, b3));
        }

        for (; count > 0; count--, y++, matrix += stride)
        {
            TVector a = default, b = default;
            long k = 0;
            for (; k + 2 * w <= steps; k += 2 * w)
            {
                a = TOps.MultiplyAdd(TOps.Load(matrix + k), TOps.Load(x + k), a);
                b = TOps.MultiplyAdd(TOps.Load(matrix + k + w), TOps.Load(x + k + w), b);
            }

            for (; k < steps; k += w)
            {
                var rest = (int)Math.Min(w, steps - k);
                a = TOps.MultiplyAdd(TOps.LoadPart(matrix + k, rest), TOps.LoadPart(x + k, rest), a);
            }

            *y += TOps.Sum(TOps.Add(a, b));
        }
    }
}
