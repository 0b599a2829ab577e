using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Fourier;

/// <summary>y(k) = Σⱼ x(j)·e^(−2πi·jk/n) for some transforms side by side: Stockham's self-sorting algorithm with decimation in frequency (Van Loan 1992,
/// "Computational frameworks for the fast Fourier transform", section 1.7) in stages of mixed radix.</summary>
/// <remarks>A stage takes transforms of length n, of which s stand side by side, to ones of length n/r, of which r·s do: neighbors in memory are always
/// numbers that are treated alike, so the loops over them are vector loops.</remarks>
internal static unsafe class FourierTransform<V, T>
    where V : struct, IVector<V, T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Transforms <paramref name="lanes"/> sequences; which planes hold them changes.</summary>
    public static void Run(FourierPlan<T> plan, ref ComplexPlanes<T> x, int lanes)
    {
        if (plan.Chirp is { } chirp)
        {
            Run(chirp, plan.Length, ref x, lanes);
            return;
        }

        var (n, s) = (plan.Length, (long)lanes);
        fixed (T* twiddles = plan.Twiddles)
        {
            var w = twiddles;
            var roots = stackalloc T[2 * FourierLength.LargestRadix];
            foreach (var radix in plan.Radices)
            {
                var m = n / radix;
                for (var j = 0; j < radix; j++)
                {
                    var (re, im) = FourierPlan<T>.Root(j, radix);
                    (roots[2 * j], roots[(2 * j) + 1]) = (T.CreateTruncating(re), T.CreateTruncating(im));
                }

                for (var p = 0; p < m; p++, w += 2 * (radix - 1))
                {
                    long from = s * p, to = s * radix * p, apart = s * m, q = 0;
                    for (; q + V.Count <= s; q += V.Count) Butterfly<V>(radix, x, from + q, apart, to + q, s, w, roots);
                    for (; q < s; q++) Butterfly<V1<T>>(radix, x, from + q, apart, to + q, s, w, roots);
                }

                x.Swap();
                (n, s) = (m, s * radix);
            }
        }
    }

    static void Run(Bluestein<T> chirp, int n, ref ComplexPlanes<T> x, int lanes)
    {
        var m = chirp.Convolution.Length;
        Scale(chirp.Re, chirp.Im, x, lanes);
        new Span<T>(x.Re + ((long)n * lanes), checked((m - n) * lanes)).Clear();
        new Span<T>(x.Im + ((long)n * lanes), checked((m - n) * lanes)).Clear();
        Run(chirp.Convolution, ref x, lanes);
        Scale(chirp.FilterRe, chirp.FilterIm, x, lanes);
        x.SwapParts();
        Run(chirp.Convolution, ref x, lanes);
        x.SwapParts();
        Scale(chirp.Re, chirp.Im, x, lanes);
    }

    /// <summary>x(j) ← factor(j)·x(j).</summary>
    static void Scale(T[] re, T[] im, in ComplexPlanes<T> x, int lanes)
    {
        for (var j = 0; j < re.Length; j++)
        {
            long at = (long)j * lanes, end = at + lanes;
            for (; at + V.Count <= end; at += V.Count) Multiply<V>(V.Load(x.Re + at), V.Load(x.Im + at), re[j], im[j], x.Re + at, x.Im + at);
            for (; at < end; at++) Multiply<V1<T>>(V1<T>.Load(x.Re + at), V1<T>.Load(x.Im + at), re[j], im[j], x.Re + at, x.Im + at);
        }
    }

    /// <summary>The transform of length r of the numbers at <paramref name="from"/>, <paramref name="apart"/> from each other, times the twiddles, to
    /// <paramref name="to"/> and on in steps of <paramref name="step"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Butterfly<W>(int radix, in ComplexPlanes<T> x, long from, long apart, long to, long step, T* w, T* roots)
        where W : struct, IVector<W, T>
    {
        T* re = x.Re + from, im = x.Im + from, yRe = x.NextRe + to, yIm = x.NextIm + to;
        switch (radix)
        {
            case 2:
            {
                W a = W.Load(re), ai = W.Load(im), b = W.Load(re + apart), bi = W.Load(im + apart);
                (a + b).Store(yRe);
                (ai + bi).Store(yIm);
                Multiply<W>(a - b, ai - bi, w[0], w[1], yRe + step, yIm + step);
                break;
            }

            case 4:
            {
                W a = W.Load(re), ai = W.Load(im), b = W.Load(re + apart), bi = W.Load(im + apart);
                W c = W.Load(re + (2 * apart)), ci = W.Load(im + (2 * apart)), d = W.Load(re + (3 * apart)), di = W.Load(im + (3 * apart));
                W sum = a + c, sumI = ai + ci, difference = a - c, differenceI = ai - ci;
                W others = b + d, othersI = bi + di, turned = bi - di, turnedI = d - b; // −i·(b − d)
                (sum + others).Store(yRe);
                (sumI + othersI).Store(yIm);
                Multiply<W>(difference + turned, differenceI + turnedI, w[0], w[1], yRe + step, yIm + step);
                Multiply<W>(sum - others, sumI - othersI, w[2], w[3], yRe + (2 * step), yIm + (2 * step));
                Multiply<W>(difference - turned, differenceI - turnedI, w[4], w[5], yRe + (3 * step), yIm + (3 * step));
                break;
            }

            default:
                Odd<W>(radix, re, im, apart, yRe, yIm, step, w, roots);
                break;
        }
    }

    // x(j)·e^(−iφ) + x(r − j)·e^(iφ) = (x(j) + x(r − j))·cos φ − i·(x(j) − x(r − j))·sin φ, and for r − k the same with the other sign.
    static void Odd<W>(int radix, T* re, T* im, long apart, T* yRe, T* yIm, long step, T* w, T* roots)
        where W : struct, IVector<W, T>
    {
        var half = radix / 2;
        var pairs = stackalloc T[4 * half * W.Count]; // sums and differences
        W first = W.Load(re), firstI = W.Load(im), total = first, totalI = firstI;
        for (var j = 1; j <= half; j++)
        {
            W a = W.Load(re + (j * apart)), ai = W.Load(im + (j * apart));
            W b = W.Load(re + ((radix - j) * apart)), bi = W.Load(im + ((radix - j) * apart));
            var pair = pairs + (4 * (j - 1) * W.Count);
            (a + b).Store(pair);
            (ai + bi).Store(pair + W.Count);
            (a - b).Store(pair + (2 * W.Count));
            (ai - bi).Store(pair + (3 * W.Count));
            total += a + b;
            totalI += ai + bi;
        }

        total.Store(yRe);
        totalI.Store(yIm);
        for (var k = 1; k <= half; k++)
        {
            W even = first, evenI = firstI, odd = W.Of(0), oddI = W.Of(0);
            for (var j = 1; j <= half; j++)
            {
                var pair = pairs + (4 * (j - 1) * W.Count);
                var root = 2 * (j * k % radix);
                W cos = roots[root], minusSin = roots[root + 1];
                even += W.Load(pair) * cos;
                evenI += W.Load(pair + W.Count) * cos;
                odd -= W.Load(pair + (3 * W.Count)) * minusSin; // −i·(re + i·im)·sin has the real part im·sin
                oddI += W.Load(pair + (2 * W.Count)) * minusSin;
            }

            var (near, far) = (2 * (k - 1), 2 * (radix - k - 1));
            Multiply<W>(even + odd, evenI + oddI, w[near], w[near + 1], yRe + (k * step), yIm + (k * step));
            Multiply<W>(even - odd, evenI - oddI, w[far], w[far + 1], yRe + ((radix - k) * step), yIm + ((radix - k) * step));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Multiply<W>(W re, W im, T factorRe, T factorIm, T* yRe, T* yIm)
        where W : struct, IVector<W, T>
    {
        W c = factorRe, s = factorIm;
        ((re * c) - (im * s)).Store(yRe);
        ((re * s) + (im * c)).Store(yIm);
    }
}
