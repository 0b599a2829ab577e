using System.Numerics;
using System.Runtime.InteropServices;
using Strata.Kernels;
using Strata.Kernels.Elementwise;

namespace Strata.Tests.Kernels;

[Collection("Engine settings")]
public sealed unsafe class WalkTests
{
    public static TheoryData<string> Unary => new(UnaryFunctions<float>.All.Keys);

    static readonly double[] extremes = [0, -0.0, 1e4, -1e4, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1e-40, -1e-40, 1, -1, 0.5];

    static T[] Sample<T>(int n, int seed = 1)
        where T : INumber<T>
    {
        var random = new System.Random(seed);
        return Enumerable.Range(0, n)
            .Select(i => T.CreateSaturating(i % 17 == 5 ? extremes[i / 17 % extremes.Length] : Math.Exp(random.NextDouble() * 12 - 6) * (random.Next(3) - 1)))
            .ToArray();
    }

    [Theory]
    [MemberData(nameof(Unary))]
    public void Every_width_gives_the_bits_of_the_portable_path(string name)
    {
        Compare(UnaryFunctions<float>.All[name], Sample<float>(600));
        Compare(UnaryFunctions<double>.All[name], Sample<double>(600));

        void Compare<T>(Func<T[], T[]> f, T[] x)
            where T : unmanaged, INumber<T>
        {
            var expected = Settings.At(SimdLevel.Portable, () => f(x));
            foreach (var level in Settings.Levels)
            {
                var actual = Settings.At(level, () => f(x));
                for (var i = 0; i < x.Length; i++)
                    Assert.True(Same(expected[i], actual[i]), $"{name}({x[i]}) at {level}: {actual[i]}, portable {expected[i]}");
            }
        }
    }

    static bool Same<T>(T a, T b)
        where T : unmanaged, INumber<T> =>
        (T.IsNaN(a) && T.IsNaN(b)) || MemoryMarshal.AsBytes(new Span<T>(ref a)).SequenceEqual(MemoryMarshal.AsBytes(new Span<T>(ref b)));

    [Fact]
    public void Every_length_is_walked_and_nothing_beyond_it_touched()
    {
        foreach (var level in Settings.Levels)
            for (var n = 0; n <= 70; n++)
            {
                var length = n;
                var x = Sample<float>(n);
                var y = Enumerable.Repeat(-77f, n + 2).ToArray();
                var bools = Enumerable.Repeat((byte)77, n + 2).ToArray();
                Settings.With(level, () =>
                {
                    fixed (float* p = x)
                    fixed (float* q = y)
                    fixed (byte* r = bools)
                    {
                        Walk.Unary<float, Operators.Square>(p, q + 1, length);
                        Walk.Binary<float, Operators.Less, Row<float>, Same<float>, Bools<float>>(new(p), new(0.25f), new(r + 1), length);
                    }
                });
                Assert.Equal((-77f, -77f), (y[0], y[^1]));
                Assert.Equal((77, 77), (bools[0], bools[^1]));
                Assert.Equal(x.Select(v => v * v), y[1..^1]);
                Assert.Equal(x.Select(v => (byte)(v < 0.25f ? 1 : 0)), bools[1..^1]);
            }
    }

    [Fact]
    public void The_output_may_be_the_input()
    {
        foreach (var level in Settings.Levels)
            for (var n = 0; n <= 70; n++)
            {
                var length = n;
                var x = Sample<double>(n);
                var y = (double[])x.Clone();
                Settings.With(level, () =>
                {
                    fixed (double* p = y)
                    {
                        Walk.Unary<double, Operators.Negate>(p, p, length);
                        Walk.Binary<double, Operators.Add, Row<double>, Row<double>, Elements<double>>(new(p), new(p), new(p), length);
                    }
                });
                Assert.Equal(x.Select(v => -v - v), y);
            }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Any_number_of_threads_gives_the_same_bits(int threads)
    {
        var x = Sample<float>(300_001);
        var expected = Settings.OnThreads(1, () => UnaryFunctions<float>.All["Tanh"](x));
        var actual = Settings.OnThreads(threads, () => UnaryFunctions<float>.All["Tanh"](x));
        Assert.True(MemoryMarshal.AsBytes<float>(expected).SequenceEqual(MemoryMarshal.AsBytes<float>(actual)));
    }

    [Fact]
    public void Integers_divide_without_a_trap()
    {
        int[] a = [7, -7, 7, int.MinValue, 5, 0];
        int[] b = [2, 2, 0, -1, -1, 0];
        foreach (var level in Settings.Levels)
        {
            var y = new int[a.Length];
            Settings.With(level, () =>
            {
                fixed (int* p = a)
                fixed (int* q = b)
                fixed (int* r = y)
                    Walk.Binary<int, Operators.Divide, Row<int>, Row<int>, Elements<int>>(new(p), new(q), new(r), y.Length);
            });
            Assert.Equal([3, -3, 0, int.MinValue, -5, 0], y);
        }
    }
}
