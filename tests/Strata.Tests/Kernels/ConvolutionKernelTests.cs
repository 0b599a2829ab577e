using System.Numerics;
using Strata.Kernels;

namespace Strata.Tests.Kernels;

[Collection("Engine settings")]
public sealed unsafe class ConvolutionKernelTests
{
    /// <summary>A convolution with its three tensors, and the three sums by the definition, in double.</summary>
    sealed class Case<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public readonly ConvolutionGeometry G;
        public readonly T[] X, F, Dy, Bias;

        public Case(ConvolutionGeometry g, int seed)
        {
            var random = new System.Random(seed);
            G = g;
            X = Values(random, g.Batch * g.Input.Size * g.InChannels);
            F = Values(random, g.Kernel.Size * g.InPerGroup * g.OutChannels);
            Dy = Values(random, g.Batch * g.Output.Size * g.OutChannels);
            Bias = Values(random, g.OutChannels);
        }

        static T[] Values(System.Random random, long count)
        {
            var values = new T[count];
            for (var i = 0; i < count; i++) values[i] = T.CreateSaturating(random.NextDouble() * 2 - 1);
            return values;
        }

        static T[] Garbage(int count)
        {
            var values = new T[count];
            values.AsSpan().Fill(T.NaN);
            return values;
        }

        public T[] Forward(bool bias = false, ElementwiseActivation activation = default)
        {
            var y = Garbage(Dy.Length);
            fixed (T* px = X, pf = F, py = y, pb = Bias) ConvolutionKernel.Forward(G, px, pf, py, bias ? pb : null, activation);
            return y;
        }

        public T[] ForwardPrepared()
        {
            var y = Garbage(Dy.Length);
            fixed (T* px = X, pf = F, py = y, pb = Bias)
            {
                var prepared = FilterPreparation.Prepare(G, pf, typeof(T) == typeof(float) ? DType.Float32 : DType.Float64);
                ConvolutionKernel.Forward(G, px, pf, py, pb, ElementwiseActivation.None, prepared);
            }

            return y;
        }

        public T[] GradientInput()
        {
            var dx = Garbage(X.Length);
            fixed (T* pdy = Dy, pf = F, pdx = dx) ConvolutionKernel.GradientInput(G, pdy, pf, pdx);
            return dx;
        }

        public T[] GradientFilter()
        {
            var df = Garbage(F.Length);
            fixed (T* px = X, pdy = Dy, pdf = df) ConvolutionKernel.GradientFilter(G, px, pdy, pdf);
            return df;
        }

        /// <summary>Calls <paramref name="visit"/> with (x, f, y) for every product in the definition.</summary>
        void Sum(Action<long, long, long> visit)
        {
            for (long n = 0; n < G.Batch; n++)
                for (var o = 0L; o < G.Output.Size; o++)
                    for (var t = 0L; t < G.Kernel.Size; t++)
                    {
                        var (oz, oy, ox) = At(o, G.Output);
                        var (tz, ty, tx) = At(t, G.Kernel);
                        var z = oz * G.Stride.Depth + tz * G.Dilation.Depth - G.Low.Depth;
                        var y = oy * G.Stride.Height + ty * G.Dilation.Height - G.Low.Height;
                        var x = ox * G.Stride.Width + tx * G.Dilation.Width - G.Low.Width;
                        if (z < 0 || z >= G.Input.Depth || y < 0 || y >= G.Input.Height || x < 0 || x >= G.Input.Width) continue;
                        for (var c = 0; c < G.OutChannels; c++)
                            for (var i = 0; i < G.InPerGroup; i++)
                                visit((((n * G.Input.Depth + z) * G.Input.Height + y) * G.Input.Width + x) * G.InChannels + c / G.OutPerGroup * G.InPerGroup + i,
                                    (t * G.InPerGroup + i) * G.OutChannels + c,
                                    (n * G.Output.Size + o) * G.OutChannels + c);
                    }
        }

        static (long, long, long) At(long index, Spatial size) =>
            (index / ((long)size.Height * size.Width), index / size.Width % size.Height, index % size.Width);

        static double Double(T x) => double.CreateSaturating(x);

        public void Check()
        {
            var (y, dx, df) = (new double[Dy.Length], new double[X.Length], new double[F.Length]);
            Sum((x, f, o) =>
            {
                y[o] += Double(X[x]) * Double(F[f]);
                dx[x] += Double(F[f]) * Double(Dy[o]);
                df[f] += Double(X[x]) * Double(Dy[o]);
            });
            var what = G.ToString();
            Close(y, Forward(), "forward of " + what);
            Close([.. y.Select((v, i) => Math.Max(0, v + Double(Bias[i % G.OutChannels])))], Forward(true, ElementwiseActivation.Relu), "bias and relu of " + what);
            Close([.. y.Select((v, i) => Math.Tanh(v + Double(Bias[i % G.OutChannels])))], Forward(true, ElementwiseActivation.Tanh), "bias and tanh of " + what);
            Close(dx, GradientInput(), "input's gradient of " + what);
            Close(df, GradientFilter(), "filter's gradient of " + what);
        }

        void Close(double[] wanted, T[] got, string what)
        {
            var tolerance = typeof(T) == typeof(float) ? 2e-5 : 1e-13;
            var largest = wanted.Max(Math.Abs);
            var algorithm = WinogradCost.Choose<T>(G);
            for (var i = 0; i < wanted.Length; i++)
            {
                // Winograd's transforms mix neighbors, so an element's error goes with the largest around it: 1.3e-6 and 2.2e-5 of it were seen, the latter with 512 channels.
                var error = algorithm switch
                {
                    WinogradChoice.F2 => 4e-6 * (1 + largest),
                    WinogradChoice.F4 => 4e-5 * (1 + largest),
                    _ => tolerance * (1 + Math.Abs(wanted[i])),
                };
                Assert.True(Math.Abs(wanted[i] - Double(got[i])) <= error, $"{what}: element {i} is {got[i]}, not {wanted[i]}");
            }
        }
    }

    static ConvolutionGeometry Random(System.Random random, int axes)
    {
        int[] Draw(int low, int high) => [.. Enumerable.Range(0, axes).Select(_ => random.Next(low, high))];
        var groups = random.Next(3) == 0 ? random.Next(2, 4) : 1;
        var depthwise = random.Next(6) == 0;
        var cin = depthwise ? random.Next(2, 40) : groups * random.Next(1, 6);
        var cout = depthwise ? cin : groups * random.Next(1, 20);
        while (true)
        {
            var input = Draw(1, axes == 1 ? 40 : axes == 2 ? 15 : 7);
            var g = ConvolutionGeometry.Of(random.Next(1, 4), input, cin, Draw(1, 5), cout, Draw(1, 4), Draw(1, 3),
                [.. Enumerable.Range(0, axes).Select(_ => (random.Next(0, 3), random.Next(0, 3)))], depthwise ? cin : groups);
            if (g.Output.Size > 0 && g.MultiplyAdds < 200_000) return g;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_geometries_agree_with_the_definition_at_every_width(int axes)
    {
        var random = new System.Random(axes);
        for (var round = 0; round < 20; round++)
        {
            var g = Random(random, axes);
            foreach (var level in Settings.Levels)
                Settings.With(level, () =>
                {
                    new Case<float>(g, round).Check();
                    new Case<double>(g, round).Check();
                });
        }
    }

    /// <summary>The layers of well-known networks, smaller: (size, in, kernel, out, stride, padding, groups).</summary>
    [Theory]
    [InlineData(28, 1, 5, 6, 1, 2, 1)]
    [InlineData(40, 1, 7, 11, 1, 3, 1)]
    [InlineData(18, 1, 3, 1, 1, 1, 1)]
    [InlineData(22, 1, 6, 13, 1, 0, 1)]
    [InlineData(14, 6, 5, 16, 1, 0, 1)]
    [InlineData(28, 4, 8, 32, 4, 0, 1)]
    [InlineData(20, 32, 4, 64, 2, 0, 1)]
    [InlineData(14, 64, 3, 64, 1, 1, 1)]
    [InlineData(15, 3, 7, 40, 2, 3, 1)]
    [InlineData(7, 24, 1, 40, 1, 0, 1)]
    [InlineData(8, 24, 1, 40, 2, 0, 1)]
    [InlineData(9, 48, 3, 48, 1, 1, 48)]
    [InlineData(9, 37, 3, 37, 2, 1, 37)]
    [InlineData(4, 40, 3, 33, 1, 1, 1)]
    [InlineData(3, 8, 3, 17, 1, 0, 1)]
    [InlineData(3, 300, 3, 40, 2, 1, 1)]
    [InlineData(3, 256, 1, 320, 2, 0, 1)]
    public void Layers_of_networks_agree_with_the_definition(int size, int cin, int kernel, int cout, int stride, int padding, int groups)
    {
        var g = ConvolutionGeometry.Of(2, [size, size], cin, [kernel, kernel], cout, [stride, stride], [1, 1], [(padding, padding), (padding, padding)], groups);
        foreach (var level in Settings.Levels) Settings.With(level, () => new Case<float>(g, 1).Check());
    }

    /// <summary>(batch, height, width, in, out, padding before, padding after).</summary>
    [Theory]
    [InlineData(1, 8, 8, 16, 16, 1, 1)]
    [InlineData(2, 7, 9, 32, 48, 1, 1)]
    [InlineData(3, 13, 6, 48, 16, 0, 0)]
    [InlineData(1, 5, 11, 16, 80, 2, 0)]
    [InlineData(1, 3, 3, 16, 32, 0, 2)]
    [InlineData(40, 4, 4, 16, 16, 1, 1)]
    public void Winograd_algorithms_agree_with_the_definition_at_every_width(int batch, int height, int width, int cin, int cout, int before, int after)
    {
        var g = ConvolutionGeometry.Of(batch, [height, width], cin, [3, 3], cout, [1, 1], [1, 1], [(before, after), (before, after)], 1);
        foreach (var algorithm in (WinogradChoice[])[WinogradChoice.F2, WinogradChoice.F4])
            foreach (var level in Settings.Levels)
                Settings.With(level, () => By(algorithm, () => new Case<float>(g, 7).Check()));
    }

    /// <summary>Integers as large as these are exact in every step of F(2×2), so nothing may be lost but what the definition loses.</summary>
    [Fact]
    public void F2_is_exact_on_small_even_integers()
    {
        var g = ConvolutionGeometry.Of(1, [6, 6], 16, [3, 3], 16, [1, 1], [1, 1], [(1, 1), (1, 1)], 1);
        var c = new Case<float>(g, 1);
        for (var i = 0; i < c.X.Length; i++) c.X[i] = MathF.Round(4 * c.X[i]);
        for (var i = 0; i < c.F.Length; i++) c.F[i] = 4 * MathF.Round(4 * c.F[i]);
        float[] direct = [], winograd = [];
        By(WinogradChoice.None, () => direct = c.Forward());
        By(WinogradChoice.F2, () => winograd = c.Forward());
        Assert.Equal(direct, winograd);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit_of_a_Winograd_algorithm()
    {
        var c = new Case<float>(ConvolutionGeometry.Of(3, [21, 17], 32, [3, 3], 48, [1, 1], [1, 1], [(1, 1), (1, 1)], 1), 3);
        foreach (var algorithm in (WinogradChoice[])[WinogradChoice.F2, WinogradChoice.F4])
            By(algorithm, () =>
            {
                float[][] one = [];
                Settings.With(1, () => one = [c.Forward(true), c.GradientInput(), c.GradientFilter()]);
                foreach (var threads in (int[])[2, 7])
                    Settings.With(threads, () => Assert.Equal(one, [c.Forward(true), c.GradientInput(), c.GradientFilter()]));
            });
    }

    [Fact]
    public void Winograd_is_chosen_where_it_pays_and_only_for_float32()
    {
        static ConvolutionGeometry Layer(int batch, int size, int cin, int cout, int kernel = 3, int stride = 1, int groups = 1) => ConvolutionGeometry.Of(
            batch, [size, size], cin, [kernel, kernel], cout, [stride, stride], [1, 1], [(kernel / 2, kernel / 2), (kernel / 2, kernel / 2)], groups);
        Assert.Equal(WinogradChoice.F4, WinogradCost.Choose<float>(Layer(8, 56, 64, 64)));
        Assert.Equal(WinogradChoice.None, WinogradCost.Choose<double>(Layer(8, 56, 64, 64)));
        Assert.Equal(WinogradChoice.None, WinogradCost.Choose<float>(Layer(8, 56, 3, 64)));
        Assert.Equal(WinogradChoice.None, WinogradCost.Choose<float>(Layer(8, 56, 64, 64, kernel: 5)));
        Assert.Equal(WinogradChoice.None, WinogradCost.Choose<float>(Layer(8, 56, 64, 64, stride: 2)));
        Assert.Equal(WinogradChoice.None, WinogradCost.Choose<float>(Layer(8, 56, 64, 64, groups: 4)));
        Assert.Equal(WinogradChoice.None, WinogradCost.Choose<float>(Layer(1, 7, 512, 512))); // the filter alone costs more than it saves
    }

    [Theory]
    [InlineData(9, 24, 1, 40, 1, 1)]
    [InlineData(9, 40, 3, 70, 2, 1)]
    [InlineData(9, 24, 3, 36, 1, 2)]
    [InlineData(9, 24, 3, 24, 1, 24)]
    [InlineData(20, 1, 5, 6, 1, 1)]
    [InlineData(10, 32, 3, 48, 1, 1)]
    public void A_prepared_filter_changes_no_bit_of_an_algorithm(int size, int cin, int kernel, int cout, int stride, int groups)
    {
        var g = ConvolutionGeometry.Of(2, [size, size], cin, [kernel, kernel], cout, [stride, stride], [1, 1], [(1, 1), (1, 1)], groups);
        foreach (var algorithm in (WinogradChoice[])[WinogradChoice.None, WinogradChoice.F2, WinogradChoice.F4])
            foreach (var level in Settings.Levels)
                Settings.With(level, () => By(algorithm, () =>
                {
                    Assert.Equal(new Case<float>(g, 2).Forward(true), new Case<float>(g, 2).ForwardPrepared());
                    Assert.Equal(new Case<double>(g, 2).Forward(true), new Case<double>(g, 2).ForwardPrepared());
                }));
    }

    static void By(WinogradChoice algorithm, Action body)
    {
        try
        {
            WinogradCost.Forced = algorithm;
            body();
        }
        finally
        {
            WinogradCost.Forced = null;
        }
    }

    [Fact]
    public void The_gradients_are_the_adjoints_of_the_convolution()
    {
        var random = new System.Random(5);
        for (var round = 0; round < 30; round++)
        {
            var c = new Case<double>(Random(random, 1 + round % 3), round);
            double Dot(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();
            var forward = Dot(c.Forward(), c.Dy);
            Assert.Equal(forward, Dot(c.X, c.GradientInput()), 1e-9);
            Assert.Equal(forward, Dot(c.F, c.GradientFilter()), 1e-9);
        }
    }

    [Theory]
    [InlineData(5, 40, 20, 3, 24, 1, 1)]
    [InlineData(1, 40, 20, 3, 24, 2, 1)]
    [InlineData(20, 12, 8, 3, 8, 1, 8)]
    [InlineData(2, 9, 200, 3, 520, 1, 1)]
    [InlineData(9, 30, 10, 1, 70, 1, 1)]
    public void The_number_of_threads_changes_no_bit(int batch, int size, int cin, int kernel, int cout, int stride, int groups)
    {
        var g = ConvolutionGeometry.Of(batch, [size, size], cin, [kernel, kernel], cout, [stride, stride], [1, 1], [(1, 1), (1, 1)], groups);
        var c = new Case<float>(g, 3);
        float[][] one = [];
        Settings.With(1, () => one = [c.Forward(true), c.GradientInput(), c.GradientFilter()]);
        foreach (var threads in (int[])[2, 7])
            Settings.With(threads, () =>
            {
                Assert.Equal(one[0], c.Forward(true));
                Assert.Equal(one[1], c.GradientInput());
                Assert.Equal(one[2], c.GradientFilter());
            });
    }

    [Fact]
    public void A_batch_of_nothing_has_a_filter_gradient_of_zero()
    {
        var c = new Case<float>(ConvolutionGeometry.Of(0, [8, 8], 3, [3, 3], 5, [1, 1], [1, 1], [(0, 0), (0, 0)], 1), 1);
        Assert.All(c.GradientFilter(), v => Assert.Equal(0f, v));
    }
}
