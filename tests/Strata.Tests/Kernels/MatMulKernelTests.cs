using System.Numerics;
using Strata.Kernels;

namespace Strata.Tests.Kernels;

[Collection("Engine settings")]
public sealed unsafe class MatMulKernelTests
{
    /// <summary>A product with everything that can be set, and what it ought to give by the definition, in double.</summary>
    sealed class Case<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] a, b, c, bias;
        readonly long strideA, strideB, strideC;
        MatrixProduct<T> product;

        public Case(int m, int n, int k, int seed, bool ta = false, bool tb = false, int gap = 0, double alpha = 1, bool accumulate = false,
            bool useBias = false, ElementwiseActivation activation = default, int batch = 1, bool shareA = false, bool shareB = false)
        {
            var random = new System.Random(seed);
            product = new(m, n, k)
            {
                LeadingA = (ta ? m : k) + gap,
                LeadingB = (tb ? k : n) + gap,
                LeadingC = n + gap,
                TransposeA = ta,
                TransposeB = tb,
                Alpha = alpha,
                Accumulate = accumulate,
                Activation = activation,
                Batch = batch,
            };
            strideA = shareA ? 0 : (ta ? k : m) * product.LeadingA;
            strideB = shareB ? 0 : (tb ? n : k) * product.LeadingB;
            strideC = m * product.LeadingC;
            (product.BatchStrideA, product.BatchStrideB, product.BatchStrideC) = (strideA, strideB, strideC);
            a = Values(random, (shareA ? 1 : batch) * (ta ? k : m) * product.LeadingA);
            b = Values(random, (shareB ? 1 : batch) * (tb ? n : k) * product.LeadingB);
            c = Values(random, batch * strideC);
            bias = useBias ? Values(random, n) : [];
        }

        static T[] Values(System.Random random, long count)
        {
            var values = new T[count];
            for (var i = 0; i < count; i++) values[i] = T.CreateSaturating(random.NextDouble() * 2 - 1);
            return values;
        }

        public T[] Run()
        {
            var result = (T[])c.Clone();
            if (!product.Accumulate) // what C holds must not matter
                for (var r = 0; r < product.Batch * product.M; r++)
                    result.AsSpan((int)(r * product.LeadingC), (int)product.N).Fill(T.NaN);
            fixed (T* pa = a, pb = b, pc = result, pBias = bias)
                MatMulKernel.Run(product with { A = pa, B = pb, C = pc, Bias = pBias });
            return result;
        }

        public void Check()
        {
            var result = Run();
            var tolerance = (typeof(T) == typeof(float) ? 3e-7 : 6e-16) * (product.K + 4);
            for (var e = 0; e < product.Batch; e++)
                for (var i = 0; i < product.M; i++)
                    for (var j = 0; j < product.LeadingC; j++)
                    {
                        var at = e * strideC + i * product.LeadingC + j;
                        var got = double.CreateSaturating(result[at]);
                        if (j >= product.N)
                        {
                            Assert.Equal(double.CreateSaturating(c[at]), got); // the gap between rows is not ours
                            continue;
                        }

                        var sum = 0.0;
                        for (var k = 0; k < product.K; k++)
                            sum += double.CreateSaturating(a[e * strideA + (product.TransposeA ? k * product.LeadingA + i : i * product.LeadingA + k)])
                                * double.CreateSaturating(b[e * strideB + (product.TransposeB ? j * product.LeadingB + k : k * product.LeadingB + j)]);
                        var wanted = sum * product.Alpha + (product.Accumulate ? double.CreateSaturating(c[at]) : 0)
                            + (bias.Length > 0 ? double.CreateSaturating(bias[j]) : 0);
                        wanted = product.Activation switch
                        {
                            ElementwiseActivation.Relu => Math.Max(wanted, 0),
                            ElementwiseActivation.Tanh => Math.Tanh(wanted),
                            ElementwiseActivation.Sigmoid => 1 / (1 + Math.Exp(-wanted)),
                            _ => wanted,
                        };
                        Assert.True(Math.Abs(got - wanted) <= tolerance, $"[{e}, {i}, {j}] of {product.M}×{product.K}·{product.K}×{product.N}: {got}, not {wanted}");
                    }
        }
    }

    static void EveryLevel<T>(Func<Case<T>> make)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var level in Settings.Levels) Settings.With(level, () => make().Check());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Small_sizes_agree_with_the_definition_at_every_width(bool ta, bool tb)
    {
        var seed = 0;
        foreach (var m in (int[])[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 23, 24, 25, 33])
            foreach (var n in (int[])[1, 2, 7, 8, 15, 16, 17, 32, 33])
                foreach (var k in (int[])[0, 1, 4, 33])
                {
                    EveryLevel(() => new Case<float>(m, n, k, ++seed, ta, tb, gap: seed % 3));
                    EveryLevel(() => new Case<double>(m, n, k, ++seed, ta, tb, gap: seed % 3));
                }
    }

    [Theory]
    [InlineData(100, 70, 300)]
    [InlineData(37, 1100, 20)]
    [InlineData(1030, 35, 40)]
    [InlineData(1, 700, 600)]
    [InlineData(700, 1, 600)]
    [InlineData(3, 300, 1024)]
    [InlineData(64, 64, 1024)]
    public void Sizes_beyond_one_block_agree_with_the_definition(int m, int n, int k)
    {
        for (var flags = 0; flags < 4; flags++)
        {
            EveryLevel(() => new Case<float>(m, n, k, flags, (flags & 1) != 0, (flags & 2) != 0, accumulate: true));
            EveryLevel(() => new Case<double>(m, n, k, flags, (flags & 1) != 0, (flags & 2) != 0, useBias: true));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 40)]
    [InlineData(40, 1)]
    [InlineData(13, 45)]
    [InlineData(30, 64)]
    public void Scale_sum_bias_and_activation_combine(int m, int n)
    {
        for (var flags = 0; flags < 64; flags++)
        {
            bool On(int bit) => (flags >> bit & 1) != 0;
            EveryLevel(() => new Case<float>(m, n, 400, flags, On(0), On(1), 1, On(2) ? 0.5 : 1, On(3), On(4), (ElementwiseActivation)((flags + flags / 32) % 4)));
            EveryLevel(() => new Case<double>(m, n, 20, flags, On(0), On(1), 1, On(2) ? -0.5 : 1, On(3), On(4), (ElementwiseActivation)((flags + flags / 32) % 4)));
        }
    }

    [Fact]
    public void A_batch_may_share_an_operand()
    {
        for (var flags = 0; flags < 16; flags++)
        {
            bool On(int bit) => (flags >> bit & 1) != 0;
            EveryLevel(() => new Case<float>(9, 21, 35, flags, On(0), On(1), batch: 5, shareA: On(2), shareB: On(3)));
            EveryLevel(() => new Case<double>(1, 21, 35, flags, On(0), On(1), batch: 3, shareA: On(2), shareB: On(3)));
        }
    }

    [Theory]
    [InlineData(150, 150, 700, 1)]
    [InlineData(1, 3000, 500, 1)]
    [InlineData(3000, 1, 500, 1)]
    [InlineData(20, 2000, 300, 1)]
    [InlineData(2000, 20, 300, 1)]
    [InlineData(40, 50, 60, 9)]
    [InlineData(300, 100, 60, 3)]
    public void The_number_of_threads_changes_no_bit(int m, int n, int k, int batch)
    {
        for (var flags = 0; flags < 4; flags++)
            foreach (var level in Settings.Levels)
            {
                var c = new Case<float>(m, n, k, flags, (flags & 1) != 0, (flags & 2) != 0, batch: batch, accumulate: true, useBias: true);
                var one = Array.Empty<float>();
                Settings.With(level, 1, () => one = c.Run());
                foreach (var threads in (int[])[2, 7]) Settings.With(level, threads, () => Assert.Equal(one, c.Run()));
            }
    }

    [Fact]
    public void Not_a_number_passes_through_the_activation()
    {
        float a = float.NaN, b = 1, c = 0;
        MatMulKernel.Run(MatrixProduct<float>.Dense(1, 1, 1, &a, false, &b, false, &c) with { Activation = ElementwiseActivation.Relu });
        Assert.True(float.IsNaN(c));
    }

    [Theory]
    [InlineData(1, 40, 900)]
    [InlineData(13, 45, 900)]
    [InlineData(150, 600, 70)]
    public void An_epilogue_gives_the_bits_of_the_operations_one_after_another(int m, int n, int k)
    {
        var random = new Strata.Random.RandomStream(3);
        var (a, b, bias) = (random.Uniform([m, k], -1, 1), random.Uniform([k, n], -1, 1), random.Uniform([n], -1, 1));
        foreach (var level in Settings.Levels)
            Settings.With(level, () =>
            {
                var sum = a.MatMul(b) + bias;
                foreach (var (activation, wanted) in new[]
                {
                    (ElementwiseActivation.None, sum), (ElementwiseActivation.Relu, sum.Relu()), (ElementwiseActivation.Tanh, sum.Tanh()),
                    (ElementwiseActivation.Sigmoid, sum.Sigmoid()),
                })
                {
                    var y = Tensor.Full([m, n], double.NaN);
                    new CpuKernels().MatMul(a, b, false, false, y, new Epilogue(bias, activation));
                    Assert.Equal(wanted.ToArray<float>(), y.ToArray<float>());
                }
            });
    }

    [Theory]
    [InlineData(1, 40, 900, false)]
    [InlineData(5, 45, 900, true)]
    [InlineData(150, 1100, 70, false)]
    public void A_packed_right_factor_changes_no_bit(int m, int n, int k, bool transposed)
    {
        var random = new Strata.Random.RandomStream(4);
        var (a, b) = (random.Uniform([m, k], -1, 1), random.Uniform(transposed ? [n, k] : [k, n], -1, 1));
        var kernels = new CpuKernels();
        foreach (var type in (DType[])[DType.Float32, DType.Float64])
            foreach (var level in Settings.Levels)
            {
                PreparedWeights? prepared = null;
                var (left, right) = (a.Cast(type), b.Cast(type));
                Settings.With(level, () => prepared = kernels.PrepareMatMul(right, transposed));
                foreach (var (runLevel, threads) in new[] { (level, 1), (level, 3), (SimdLevel.Portable, 1) }) // at another width it is left aside
                    Settings.With(runLevel, threads, () =>
                    {
                        var y = Tensor.Full([m, n], double.NaN, type);
                        kernels.MatMul(left, right, false, transposed, y, default, prepared);
                        Assert.Equal(left.MatMul(right, false, transposed).Cast(DType.Float64).ToArray<double>(), y.Cast(DType.Float64).ToArray<double>());
                    });
            }
    }
}
