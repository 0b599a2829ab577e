using System.Numerics;
using Strata.Kernels.Vectors;
using Strata.Threading;

namespace Strata.Kernels.Fourier;

/// <summary>Transforms of the rows of a tensor, some rows at once.</summary>
/// <remarks>A real row of even length n = 2h runs as a complex one of length h: z(j) = x(2j) + i·x(2j + 1). With w = e^(−2πi/n) and Z(h) = Z(0),
/// X(k) = ½·(Z(k) + Z̄(h − k)) − ½i·wᵏ·(Z(k) − Z̄(h − k)) for k = 0 … h.</remarks>
internal static unsafe class FourierRows<V, T>
    where V : struct, IVector<V, T>
    where T : unmanaged, INumber<T>
{
    const int MostLanes = 16;
    const int Target = 1 << 14; // complex numbers of a block: its planes then stay in the second level cache

    public static void Run(FourierPlan<T> plan, Tensor x, Tensor y, int length, FourierKind kind, double scale)
    {
        var real = kind == FourierKind.Real;
        var rows = real ? x.Size / length : kind == FourierKind.RealAdjoint ? y.Size / length : x.Size / (2L * length);
        var lanes = Math.Clamp(Target / plan.WorkLength, 1, MostLanes);
        var work = new Blocks
        {
            Plan = plan,
            Roots = length != plan.Length ? HalfRoots(length) : null,
            X = (T*)x.Pointer,
            Y = (T*)y.Pointer,
            RowX = x.Size / rows,
            RowY = y.Size / rows,
            Rows = rows,
            Lanes = lanes,
            Length = length,
            Kind = kind,
            Scale = T.CreateTruncating(scale),
        };
        Workers.For((rows + lanes - 1) / lanes, Math.Max(1, Target / ((long)plan.WorkLength * lanes)), work);
    }

    /// <summary>wᵏ for k = 0 … h.</summary>
    static T[] HalfRoots(int length)
    {
        var roots = new T[length + 2];
        for (var k = 0; k <= length / 2; k++)
        {
            var (re, im) = FourierPlan<T>.Root(k, length);
            (roots[2 * k], roots[(2 * k) + 1]) = (T.CreateTruncating(re), T.CreateTruncating(im));
        }

        return roots;
    }

    struct Blocks : IRangeWork
    {
        public FourierPlan<T> Plan;
        public T[]? Roots; // of a real transform of half the length
        public T* X, Y;
        public long RowX, RowY, Rows;
        public int Lanes, Length;
        public FourierKind Kind;
        public T Scale;

        public readonly void Run(long start, long end)
        {
            var size = (long)Plan.WorkLength * Lanes;
            var memory = ScratchMemory.Get<T>(Scratch.Fourier, 4 * size);
            for (var block = start; block < end; block++)
            {
                var first = block * Lanes;
                var count = (int)Math.Min(Lanes, Rows - first);
                var z = new ComplexPlanes<T>(memory, size);
                var backward = Kind is FourierKind.Inverse or FourierKind.RealAdjoint;
                for (var l = 0; l < count; l++) Load(X + ((first + l) * RowX), z.Re + l, z.Im + l, count);
                if (backward) z.SwapParts();
                FourierTransform<V, T>.Run(Plan, ref z, count);
                if (backward) z.SwapParts();
                for (var l = 0; l < count; l++) Store(z.Re + l, z.Im + l, count, Y + ((first + l) * RowY));
            }
        }

        readonly void Load(T* x, T* re, T* im, int step)
        {
            switch (Kind)
            {
                case FourierKind.Real when Roots is null:
                    for (var j = 0; j < Length; j++) (re[(long)j * step], im[(long)j * step]) = (x[j], T.Zero);
                    break;
                case FourierKind.RealAdjoint when Roots is null:
                    for (var j = 0; j < Length; j++)
                        (re[(long)j * step], im[(long)j * step]) = j <= Length / 2 ? (x[2 * (long)j], x[(2 * (long)j) + 1]) : (T.Zero, T.Zero);
                    break;
                case FourierKind.RealAdjoint:
                    LoadHalf(x, re, im, step);
                    break;
                default:
                    for (var j = 0L; j < Plan.Length; j++) (re[j * step], im[j * step]) = (x[2 * j], x[(2 * j) + 1]);
                    break;
            }
        }

        readonly void Store(T* re, T* im, int step, T* y)
        {
            switch (Kind)
            {
                case FourierKind.Real when Roots is null:
                    for (var k = 0L; k <= Length / 2; k++) (y[2 * k], y[(2 * k) + 1]) = (re[k * step], im[k * step]);
                    break;
                case FourierKind.Real:
                    StoreHalf(re, im, step, y);
                    break;
                case FourierKind.RealAdjoint when Roots is null:
                    for (var j = 0L; j < Length; j++) y[j] = re[j * step] * Scale;
                    break;
                default:
                    for (var j = 0L; j < Plan.Length; j++) (y[2 * j], y[(2 * j) + 1]) = (re[j * step] * Scale, im[j * step] * Scale);
                    break;
            }
        }

        readonly void StoreHalf(T* re, T* im, int step, T* y)
        {
            var (h, half) = (Length / 2, T.One / (T.One + T.One));
            for (var k = 0; k <= h; k++)
            {
                long a = (long)(k % h) * step, b = (long)((h - k) % h) * step;
                T evenRe = (re[a] + re[b]) * half, evenIm = (im[a] - im[b]) * half;
                T oddRe = (im[a] + im[b]) * half, oddIm = (re[b] - re[a]) * half; // −½i·(Z(k) − Z̄(h − k))
                T c = Roots![2 * k], s = Roots[(2 * k) + 1];
                (y[2L * k], y[(2L * k) + 1]) = (evenRe + ((oddRe * c) - (oddIm * s)), evenIm + ((oddRe * s) + (oddIm * c)));
            }
        }

        // x(j) = ½·Σ S(k)·w⁻ʲᵏ over all k < n, S(n − k) = S̄(k), where S is the input with twice the real parts at 0 and h; so
        // Z(k) = ½·(S(k) + S̄(h − k)) + ½i·w⁻ᵏ·(S(k) − S̄(h − k)).
        readonly void LoadHalf(T* x, T* re, T* im, int step)
        {
            var (h, half) = (Length / 2, T.One / (T.One + T.One));
            for (var k = 0; k < h; k++)
            {
                var (aRe, aIm) = k == 0 ? (x[0] + x[0], T.Zero) : (x[2L * k], x[(2L * k) + 1]);
                var b = 2L * (h - k);
                var (bRe, bIm) = k == 0 ? (x[b] + x[b], T.Zero) : (x[b], x[b + 1]);
                T oddRe = (aRe - bRe) * half, oddIm = (aIm + bIm) * half;
                T c = Roots![2 * k], s = -Roots[(2 * k) + 1];
                T turnedRe = (oddRe * c) - (oddIm * s), turnedIm = (oddRe * s) + (oddIm * c);
                re[(long)k * step] = ((aRe + bRe) * half) - turnedIm;
                im[(long)k * step] = ((aIm - bIm) * half) + turnedRe;
            }
        }
    }
}
