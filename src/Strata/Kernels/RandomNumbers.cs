using Strata.Random;
using Strata.Threading;

namespace Strata.Kernels;

public partial class CpuKernels
{
    const long RandomGrain = 4096; // blocks of four words a thread, at least

    internal unsafe void RandomUniform(RandomKey key, Tensor y)
    {
        if (y.DType == DType.Float32) Workers.For((y.Size + 3) / 4, RandomGrain, new Uniform32(key, (float*)y.Pointer, y.Size));
        else Workers.For(y.Size, RandomGrain, new Uniform64(key, (double*)y.Pointer));
    }

    internal unsafe void RandomNormal(RandomKey key, Tensor y)
    {
        if (y.DType == DType.Float32) RandomNormal(key, (float*)y.Pointer, y.Size);
        else Workers.For((y.Size + 1) / 2, RandomGrain / 8, new Normal64(key, (double*)y.Pointer, y.Size));
    }

    internal static unsafe void RandomNormal(RandomKey key, float* y, long size) =>
        Workers.For((size + 3) / 4, RandomGrain / 8, new Normal32(key, y, size));

    internal unsafe void RandomTruncatedNormal(RandomKey key, Tensor y)
    {
        if (y.DType == DType.Float32) Workers.For(y.Size, RandomGrain, new Truncated<float>(key, (float*)y.Pointer));
        else Workers.For(y.Size, RandomGrain, new Truncated<double>(key, (double*)y.Pointer));
    }

    internal unsafe void RandomIntegers(RandomKey key, long low, long high, Tensor y)
    {
        var range = (ulong)(high - low);
        switch (y.DType)
        {
            case DType.Int32: Workers.For(y.Size, RandomGrain, new Integers<int>(key, low, range, (int*)y.Pointer)); break;
            case DType.Int64: Workers.For(y.Size, RandomGrain, new Integers<long>(key, low, range, (long*)y.Pointer)); break;
            default: Workers.For(y.Size, RandomGrain, new Integers<byte>(key, low, range, (byte*)y.Pointer)); break;
        }
    }

    readonly unsafe struct Uniform32(RandomKey key, float* y, long size) : IRangeWork
    {
        public void Run(long start, long end)
        {
            for (var block = start; block < end; block++)
            {
                var (a, b, c, d) = Philox.Block(key, (ulong)block);
                var at = 4 * block;
                y[at] = Philox.Unit(a);
                if (at + 1 < size) y[at + 1] = Philox.Unit(b);
                if (at + 2 < size) y[at + 2] = Philox.Unit(c);
                if (at + 3 < size) y[at + 3] = Philox.Unit(d);
            }
        }
    }

    readonly unsafe struct Uniform64(RandomKey key, double* y) : IRangeWork
    {
        public void Run(long start, long end)
        {
            for (var i = start; i < end; i++) y[i] = Philox.Unit(Philox.Word64(key, (ulong)i));
        }
    }

    readonly unsafe struct Normal32(RandomKey key, float* y, long size) : IRangeWork
    {
        public void Run(long start, long end)
        {
            for (var block = start; block < end; block++)
            {
                var (a, b, c, d) = Philox.Block(key, (ulong)block);
                var at = 4 * block;
                Pair(a, b, at);
                Pair(c, d, at + 2);
            }
        }

        void Pair(uint a, uint b, long at)
        {
            if (at >= size) return;
            var radius = Math.Sqrt(-2 * Math.Log(1 - Philox.Unit(a))); // 1 − u lies in (0, 1]
            var (sin, cos) = Math.SinCos(2 * Math.PI * Philox.Unit(b));
            y[at] = (float)(radius * cos);
            if (at + 1 < size) y[at + 1] = (float)(radius * sin);
        }
    }

    readonly unsafe struct Normal64(RandomKey key, double* y, long size) : IRangeWork
    {
        public void Run(long start, long end)
        {
            for (var pair = start; pair < end; pair++)
            {
                var radius = Math.Sqrt(-2 * Math.Log(1 - Philox.Unit(Philox.Word64(key, (ulong)(2 * pair)))));
                var (sin, cos) = Math.SinCos(2 * Math.PI * Philox.Unit(Philox.Word64(key, (ulong)((2 * pair) + 1))));
                y[2 * pair] = radius * cos;
                if ((2 * pair) + 1 < size) y[(2 * pair) + 1] = radius * sin;
            }
        }
    }

    readonly unsafe struct Truncated<T>(RandomKey key, T* y) : IRangeWork
        where T : unmanaged, System.Numerics.IFloatingPoint<T>
    {
        const double Tail = 0.022750131948179195; // Φ(−2)

        public void Run(long start, long end)
        {
            for (var i = start; i < end; i++)
                y[i] = T.CreateTruncating(NormalQuantile.Of(Tail + ((1 - (2 * Tail)) * Philox.Unit(Philox.Word64(key, (ulong)i)))));
        }
    }

    readonly unsafe struct Integers<T>(RandomKey key, long low, ulong range, T* y) : IRangeWork
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        public void Run(long start, long end)
        {
            for (var i = start; i < end; i++)
                y[i] = T.CreateTruncating(low + (long)Math.BigMul(Philox.Word64(key, (ulong)i), range, out _));
        }
    }
}
