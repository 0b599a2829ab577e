using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>The speed of the micro-kernel alone, on panels that fit the first-level cache: what a product on this machine can at best reach.</summary>
internal static unsafe class MicroKernelRate
{
    const int Steps = 96; // 12 rows and 32 columns of that are 17 KB

    /// <summary>Multiplies for about <paramref name="seconds"/> on each of <paramref name="threads"/> threads in float32 at the widest level in force;
    /// returns the sum of their speeds in GFLOP/s, a multiply-add being two.</summary>
    public static double Measure(int threads, double seconds)
    {
        var before = Workers.Threads;
        try
        {
            Workers.Threads = threads;
            var rates = new double[threads];
            Workers.For(threads, 1, new Work(rates, seconds));
            return rates.Sum();
        }
        finally
        {
            Workers.Threads = before;
        }
    }

    readonly struct Work(double[] rates, double seconds) : IRangeWork
    {
        public void Run(long start, long end)
        {
            for (var i = start; i < end; i++)
                rates[i] = Simd.Level switch
                {
                    SimdLevel.Vector512 => Rate<Vector512Ops<float>, Vector512<float>>(seconds),
                    SimdLevel.Vector256 => Rate<Vector256Ops<float>, Vector256<float>>(seconds),
                    SimdLevel.Vector128 => Rate<Vector128Ops<float>, Vector128<float>>(seconds),
                    _ => Rate<ScalarOps<float>, float>(seconds),
                };
        }
    }

    [MethodImpl(Jit.Loop)]
    static double Rate<TOps, TVector>(double seconds)
        where TOps : IVectorOps<TVector, float>
        where TVector : unmanaged
    {
        int rows = TOps.TileRows, columns = 2 * TOps.Width;
        var memory = (float*)NativeMemory.AlignedAlloc((nuint)(Steps * (rows + columns + 16) + rows * columns) * sizeof(float), 64);
        try
        {
            new Span<float>(memory, Steps * (rows + columns + 16) + rows * columns).Fill(0.5f);
            nint zero = 0;
            var tile = new Tile<float>
            {
                A = memory,
                AStride = rows,
                B = memory + Steps * 16,
                BStride = columns,
                AOffsets = &zero,
                BOffsets = &zero,
                Segments = 1,
                Steps = Steps,
                C = memory + Steps * (16 + columns),
                CStride = columns,
                Columns = columns,
            };
            var kernel = MicroKernels<TOps, TVector, float>.Get(rows, 2, byRows: false);
            kernel(&tile);
            long tiles = 0;
            var start = Stopwatch.GetTimestamp();
            double elapsed;
            do
            {
                for (var i = 0; i < 64; i++) kernel(&tile);
                tiles += 64;
                elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
            while (elapsed < seconds);
            return 2.0 * rows * columns * Steps * tiles / elapsed / 1e9;
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }
}
