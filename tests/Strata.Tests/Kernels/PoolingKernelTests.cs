using System.Numerics;
using Strata.Kernels;

namespace Strata.Tests.Kernels;

[Collection("Engine settings")]
public sealed unsafe class PoolingKernelTests
{
    sealed class Case<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly PoolingGeometry g;
        readonly T[] x, dy;

        public Case(PoolingGeometry g, int seed)
        {
            var random = new System.Random(seed);
            this.g = g;
            x = [.. Enumerable.Range(0, (int)(g.Batch * g.Input.Size * g.Channels)).Select(_ => T.CreateSaturating(random.Next(-4, 5)))]; // with many equals
            dy = [.. Enumerable.Range(0, (int)(g.Batch * g.Output.Size * g.Channels)).Select(_ => T.CreateSaturating(random.NextDouble() - 0.5))];
        }

        public T[] Run(string what)
        {
            var size = what.EndsWith("gradient") ? x.Length : dy.Length;
            var result = new T[size + 64];
            result.AsSpan().Fill(T.NaN); // what it holds must not matter, and behind its end nothing is written
            fixed (T* px = x, pdy = dy, pr = result)
                switch (what)
                {
                    case "maximum": PoolingKernel.Maximum(g, px, pr); break;
                    case "maximum gradient": PoolingKernel.MaximumGradient(g, px, pdy, pr); break;
                    case "average": PoolingKernel.Average(g, px, pr); break;
                    case "average gradient": PoolingKernel.AverageGradient(g, pdy, pr); break;
                    case "padded average": PoolingKernel.Average(g, px, pr, countPadding: true); break;
                    default: PoolingKernel.AverageGradient(g, pdy, pr, countPadding: true); break;
                }
            Assert.All(result[size..], value => Assert.True(T.IsNaN(value)));
            return result[..size];
        }

        /// <summary>The same by the definition, one cell of a window after another.</summary>
        double[] Wanted(string what)
        {
            var gradient = what.EndsWith("gradient");
            var result = new double[gradient ? x.Length : dy.Length];
            for (var at = 0; at < dy.Length; at++)
            {
                var c = at % g.Channels;
                var pixel = at / g.Channels % g.Output.Size;
                var image = at / g.Channels / g.Output.Size;
                var (oz, oy, ox) = (pixel / ((long)g.Output.Height * g.Output.Width), pixel / g.Output.Width % g.Output.Height, pixel % g.Output.Width);
                var cells = new List<long>();
                for (var t = 0L; t < g.Window.Size; t++)
                {
                    var z = oz * g.Stride.Depth - g.Low.Depth + t / ((long)g.Window.Height * g.Window.Width);
                    var y = oy * g.Stride.Height - g.Low.Height + t / g.Window.Width % g.Window.Height;
                    var xx = ox * g.Stride.Width - g.Low.Width + t % g.Window.Width;
                    if (z >= 0 && z < g.Input.Depth && y >= 0 && y < g.Input.Height && xx >= 0 && xx < g.Input.Width)
                        cells.Add((((image * g.Input.Depth + z) * g.Input.Height + y) * g.Input.Width + xx) * g.Channels + c);
                }

                double Value(long i) => double.CreateSaturating(x[i]);
                var d = double.CreateSaturating(dy[at]);
                var divisor = what.StartsWith("padded") ? g.Window.Size : cells.Count;
                if (what == "maximum") result[at] = cells.Count == 0 ? double.NegativeInfinity : cells.Max(Value);
                else if (what == "maximum gradient" && cells.Count > 0) result[cells.MaxBy(Value)] += d; // the first of equals
                else if (!gradient) result[at] = cells.Count == 0 ? 0 : cells.Sum(Value) / divisor;
                else if (what != "maximum gradient") cells.ForEach(i => result[i] += d / divisor);
            }

            return result;
        }

        public void Check(params string[] whats)
        {
            foreach (var what in whats is [] ? kinds : whats)
            {
                var (wanted, got) = (Wanted(what), Run(what));
                for (var i = 0; i < wanted.Length; i++)
                    Assert.True(wanted[i].Equals(double.CreateSaturating(got[i])) || Math.Abs(wanted[i] - double.CreateSaturating(got[i])) < 1e-5,
                        $"{what} of {g}: element {i} is {got[i]}, not {wanted[i]}");
            }
        }
    }

    static readonly string[] kinds = ["maximum", "maximum gradient", "average", "average gradient", "padded average", "padded average gradient"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_geometries_agree_with_the_definition_at_every_width(int axes)
    {
        var random = new System.Random(axes);
        for (var round = 0; round < 12; round++)
        {
            int[] Draw(int low, int high) => [.. Enumerable.Range(0, axes).Select(_ => random.Next(low, high))];
            var g = PoolingGeometry.Of(random.Next(1, 4), Draw(1, axes == 3 ? 6 : 11), random.Next(1, 40), Draw(1, 4), Draw(1, 4),
                [.. Enumerable.Range(0, axes).Select(_ => (random.Next(0, 3), random.Next(0, 3)))]);
            foreach (var level in Settings.Levels)
                Settings.With(level, () =>
                {
                    new Case<float>(g, round).Check();
                    new Case<double>(g, round).Check();
                });
        }
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(5, 3)]
    [InlineData(4, 14)]
    [InlineData(3, 37)]
    public void Squares_agree_with_the_definition_for_any_number_of_channels(int height, int width)
    {
        foreach (var channels in (int[])[1, 2, 3, 6, 7, 8, 9, 15, 16, 17, 31, 40])
        {
            var g = PoolingGeometry.Of(2, [height, width], channels, [2, 2], [2, 2], [(0, 0), (0, 0)]);
            Assert.True(g.IsOfSquares);
            foreach (var level in Settings.Levels)
                Settings.With(level, () =>
                {
                    new Case<float>(g, width).Check("maximum", "maximum gradient");
                    new Case<double>(g, width).Check("maximum", "maximum gradient");
                });
        }
    }

    [Fact]
    public void Squares_change_no_bit_with_the_number_of_threads()
    {
        var c = new Case<float>(PoolingGeometry.Of(40, [29, 29], 6, [2, 2], [2, 2], [(0, 0), (0, 0)]), 1);
        foreach (var what in kinds[..2])
        {
            float[] one = [];
            Settings.With(1, () => one = c.Run(what));
            foreach (var threads in (int[])[2, 7]) Settings.With(threads, () => Assert.Equal(one, c.Run(what)));
        }
    }

    [Theory]
    [InlineData(8, 16)]
    [InlineData(1, 200)]
    public void The_number_of_threads_changes_no_bit(int batch, int channels)
    {
        var c = new Case<float>(PoolingGeometry.Of(batch, [30, 30], channels, [3, 3], [2, 2], [(1, 1), (1, 1)]), 1);
        foreach (var what in kinds)
        {
            float[] one = [];
            Settings.With(1, () => one = c.Run(what));
            foreach (var threads in (int[])[2, 7]) Settings.With(threads, () => Assert.Equal(one, c.Run(what)));
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    public void Not_a_number_is_the_maximum_wherever_it_stands(int height, int width)
    {
        var g = PoolingGeometry.Of(1, [height, width], 1, [height, width], [2, 2], [(0, 0), (0, 0)]);
        var cells = height * width;
        foreach (var level in Settings.Levels)
            Settings.With(level, () =>
            {
                float* x = stackalloc float[cells], dx = stackalloc float[cells];
                float y, dy = 1;
                for (var at = 0; at < cells; at++)
                {
                    for (var i = 0; i < cells; i++) x[i] = i == at ? float.NaN : i;
                    PoolingKernel.Maximum(g, x, &y);
                    Assert.True(float.IsNaN(y));
                    PoolingKernel.MaximumGradient(g, x, &dy, dx);
                    for (var i = 0; i < cells; i++) Assert.Equal(i == at ? 1f : 0f, dx[i]);
                }
            });
    }
}
