using Strata.Compilation;
using Strata.Compilation.Fusion;
using Strata.Compilation.Planning;
using Strata.Kernels;
using Strata.Tests.Kernels;

namespace Strata.Tests.Compilation;

[Collection("Engine settings")]
public class FusionTests
{
    public static TheoryData<FusionMode> Modes => new(FusionMode.Interpret, FusionMode.Emit);

    // Without the passes that change what is computed, so that the bits must be the eager ones.
    static CompileOptions Options(FusionMode mode) => new CompileOptions { Fusion = mode }.Without("simplify", "stability", "fold-constants");

    static Tensor Sample(Shape shape, DType type = DType.Float32, int seed = 1)
    {
        var random = new System.Random(seed);
        var values = Enumerable.Range(0, (int)shape.Size).Select(_ => Math.Round(random.NextDouble() * 6 - 3, 2)).ToArray();
        return Tensor.From(values, shape).Cast(type);
    }

    static ExecutionPlan PlanOf(Delegate f) => Compiled.Of(f).Latest!.Value.Plan;

    static int FusedNodes(Delegate f) => PlanOf(f).Work.Count(node => node.Operation is Fused);

    /// <summary>The function compiled in the mode gives the bits of the eager one, twice, at one and two threads.</summary>
    static void Same(FusionMode mode, Func<Tensor[], Tensor[]> f, params Tensor[] x) => Same([Simd.Widest], mode, f, x);

    static void Same(IEnumerable<SimdLevel> levels, FusionMode mode, Func<Tensor[], Tensor[]> f, params Tensor[] x)
    {
        foreach (var level in levels)
            foreach (var threads in level == Simd.Widest ? new[] { 1, 2 } : [1])
                Settings.With(level, threads, () =>
                {
                    var expected = f(x);
                    var compiled = Compiled.Function(f, Options(mode));
                    for (var run = 0; run < 2; run++)
                    {
                        var actual = compiled(x);
                        for (var i = 0; i < expected.Length; i++) Check.Equal(expected[i], actual[i], $"output {i} at {level}, {threads} threads");
                    }

                    Assert.True(FusedNodes(compiled) > 0, "nothing was fused");
                });
    }

    static readonly Shape[] shapes = [[1], [5], [7, 10], [3, 1, 6], [70, 33], [2, 40, 64], [5000]];

    [Theory]
    [MemberData(nameof(Modes))]
    public void Chains_give_the_bits_of_the_eager_operations(FusionMode mode)
    {
        foreach (var shape in shapes)
            foreach (var type in new[] { DType.Float32, DType.Float64 })
                Same(Settings.Levels, mode, x => [((x[0] * 2 + x[1]).Relu() - x[0]).Tanh().Sigmoid() * x[1]], Sample(shape, type), Sample(shape, type, 2));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Operands_are_broadcast_by_rows_by_columns_and_in_the_middle(FusionMode mode)
    {
        foreach (var (a, b) in new (Shape, Shape)[]
        {
            ([7, 10], [10]), ([7, 10], [7, 1]), ([7, 10], []), ([7, 10], [1, 1]), ([3, 4, 5], [3, 1, 5]), ([3, 4, 5], [4, 1]), ([3, 4, 5], [1, 4, 1]),
            ([300, 64], [64]), ([300, 64], [300, 1]), ([2, 3000], [3000]), ([3, 9000], [9000]), ([3, 9000], [3, 1]), ([20, 7, 1, 30], [7, 1, 1]), ([1, 5], [5]),
        })
            Same(mode, x => [(x[0] + x[1]) * x[1] - x[0].Abs() / (x[1].Square() + 1)], Sample(a), Sample(b, seed: 2));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Two_operands_that_broadcast_against_each_other_give_the_domain(FusionMode mode) =>
        Same(mode, x => [((x[0] + x[1]) * 3 - x[0]).Relu()], Sample([40, 1]), Sample([1, 70], seed: 2));

    [Theory]
    [MemberData(nameof(Modes))]
    public void Truth_values_and_choices_go_along(FusionMode mode)
    {
        foreach (var type in new[] { DType.Float32, DType.Float64, DType.Int32, DType.Int64, DType.UInt8 })
            foreach (var shape in new Shape[] { [1], [7, 10], [70, 33] })
            {
                var (a, b) = (Sample(shape, type).Abs(), Sample(shape, type, 2).Abs());
                Same(Settings.Levels, mode, x => [Tensor.Where((x[0] < x[1]) & !(x[0].EqualTo(0)), x[0] * 2, x[1] + 1), (x[0] >= x[1]) ^ (x[0] > 1)], a, b);
                Same(mode, x => [(x[0] > x[1]).EqualTo(x[1] > 1), ((x[0] > x[1]) | (x[1] <= x[0])).Cast(type) + x[0]], a, b);
            }

        Same(Settings.Levels, mode, x => [(x[0] & x[1]) | !x[0], x[0].NotEqualTo(x[1]) ^ x[1]], Sample([130]) > 0, Sample([130], seed: 2) > 0);
        Same(mode, x => [Tensor.Where(x[0], x[1] * 2, 0.0) + 1], Sample([1]) > 0, Sample([1]));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Types_are_converted_on_the_way(FusionMode mode)
    {
        var x = new[] { Sample([3000]), Sample([3000], DType.Int32, 2) };
        Same(mode, x => [(x[0] * 3).Cast(DType.Int32) + x[1] * 2], x);
        Same(mode, x => [x[0] + x[1].Cast(DType.Float32).Square(), (x[0].Cast(DType.Float64) + 1).Exp().Cast(DType.Float32) - x[0]], x);
        Same(mode, x => [(x[1].Cast(DType.Bool).Cast(DType.Float32) + x[0]).Cast(DType.UInt8) / 2], x);
        Same(mode, x => [x[1] / (x[1] - 1) + x[1].Remainder(3), Tensor.Maximum(x[1], 1) * Tensor.Minimum(x[1], 2)], x);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Every_function_is_fused(FusionMode mode)
    {
        foreach (var type in new[] { DType.Float32, DType.Float64 })
        {
            var x = new[] { Sample([530], type), Sample([530], type, 2) };
            Func<Tensor, Tensor>[] functions =
            [
                x => x.Exp(), x => x.Exp2(), x => x.Expm1(), x => x.Log(), x => x.Log1p(), x => x.Log2(), x => x.Log10(), x => x.Sqrt(), x => x.Rsqrt(), x => x.Sin(),
                x => x.Cos(), x => x.Tan(), x => x.Asin(), x => x.Acos(), x => x.Atan(), x => x.Sinh(), x => x.Cosh(), x => x.Tanh(), x => x.Sigmoid(), x => x.Softplus(),
                x => x.Relu(), x => x.Erf(), x => x.Erfc(), x => x.Abs(), x => x.Sign(), x => x.Floor(), x => x.Ceiling(), x => x.Round(), x => x.Truncate(),
                x => x.Square(), x => x.Reciprocal(), x => -x, x => x.Clip(-1, 0.5), x => x.LogGamma(), x => x.Digamma(), x => x.IsNaN().Cast(x.DType), x => x.IsFinite().Cast(x.DType),
            ];
            foreach (var f in functions) Same(mode, x => [f(x[0] + 0.25) - x[1]], x);
            Func<Tensor, Tensor, Tensor>[] binary =
            [
                (a, b) => a + b, (a, b) => a - b, (a, b) => a * b, (a, b) => a / b, Tensor.Maximum, Tensor.Minimum, (a, b) => a.Abs().Power(b), Tensor.Atan2, (a, b) => a.Remainder(b),
            ];
            foreach (var f in binary) Same(mode, x => [f(x[0] + 0.25, x[1]) - x[1]], x);
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Operators_keep_their_numbers_apart(FusionMode mode) =>
        Same(mode, x => [(x[0] + 1).Clip(-1, 1) + x[0].Clip(-2, 0.5), (x[0] + 1).Clip(0, 1) - x[0].Clip(-2, 0.25), x[0].Clip(0, 0) + x[0]], Sample([100]));

    [Theory]
    [MemberData(nameof(Modes))]
    public void Long_chains_are_cut_and_stay_right(FusionMode mode) => Same(
        mode,
        x =>
        {
            var y = x[0];
            for (var i = 0; i < 90; i++) y = i % 3 == 0 ? (y * 0.5).Tanh() : i % 3 == 1 ? y + x[0] : (y - x[1]).Sigmoid();
            return [y];
        },
        Sample([4097]),
        Sample([4097], seed: 2));

    [Theory]
    [MemberData(nameof(Modes))]
    public void What_others_need_of_a_group_becomes_an_output(FusionMode mode) => Same(
        mode,
        x =>
        {
            var a = x[0] * 2 + 1;
            var b = a.Sigmoid();
            return [a, b.MatMul(b), a * b];
        },
        Sample([33, 33]));

    [Theory]
    [MemberData(nameof(Modes))]
    public void An_input_is_overwritten_only_when_nobody_reads_it_any_more(FusionMode mode) => Same(
        mode,
        x =>
        {
            // The product lies in the arena and dies with the group, so outputs may take its place.
            var p = x[0].MatMul(x[0]);
            var a = p * 2;
            var b = a.Tanh() + p;
            return [a.MatMul(x[0]) + b.MatMul(x[0]).MatMul(x[0])];
        },
        Sample([70, 70]));

    [Theory]
    [MemberData(nameof(Modes))]
    public void Variables_are_updated_in_place(FusionMode mode)
    {
        var v = new Variable(Sample([5000]), "v");
        var step = Compiled.Function(
            (Tensor g) =>
            {
                v.Assign(v * 0.9 + g * 0.1);
                return g * 2 + 1;
            },
            Options(mode));
        var expected = v.Value;
        var g = Sample([5000], seed: 3);
        for (var i = 0; i < 3; i++)
        {
            Check.Equal(g * 2 + 1, step(g));
            expected = expected * 0.9 + g * 0.1;
            Check.Equal(expected, v.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Reductions_of_a_group_are_done_with_it(FusionMode mode)
    {
        foreach (var shape in new Shape[] { [3], [7, 10], [70, 33], [40, 30, 64], [5000, 3], [3, 5000], [200_000] })
            foreach (var (name, reduce) in new (string, Func<Tensor, Tensor>)[]
            {
                ("whole", x => x.Sum()), ("trailing", x => x.Sum(-1)), ("leading", x => x.Sum(0, keepDims: true)), ("max", x => x.Max(-1)), ("min", x => x.Min(0)), ("mean", x => x.Mean()),
                ("any", x => (x > 2).Any(0)), ("all", x => (x > -2).All()), ("two", x => x.Sum(-1) + x.Max(-1)),
            })
            {
                var (a, b) = (Sample(shape), Sample(shape, seed: 2));
                Tensor F(Tensor a, Tensor b) => reduce((a * b + 1).Sigmoid() - a);
                var expected = F(a, b);
                Tensor? first = null;
                foreach (var threads in new[] { 1, 2 })
                    Settings.With(threads, () =>
                    {
                        var compiled = Compiled.Function<Tensor, Tensor, Tensor>(F, Options(mode));
                        var actual = compiled(a, b);
                        Check.Close(expected, actual, 1e-6, $"{name} of {shape}");
                        Check.Equal(first ??= actual, actual, $"{name} of {shape}, {threads} threads");
                        Assert.True(FusedNodes(compiled) > 0);
                    });
            }
    }

    [Fact]
    public void A_chain_of_ten_operations_on_a_million_numbers_is_one_node()
    {
        var x = Sample([1_000_000]);
        var f = Compiled.Function((Tensor x) => ((((x * 2 + 1).Relu() - x).Square() * 0.5 + x).Tanh() / 3).Abs(), Options(FusionMode.Auto));
        Check.Equal(((((x * 2 + 1).Relu() - x).Square() * 0.5 + x).Tanh() / 3).Abs(), f(x));
        var node = Assert.Single(PlanOf(f).Work);
        Assert.Equal(10, Assert.IsType<Fused>(node.Operation).Program.Steps.Length);
    }

    [Fact]
    public void A_softmax_by_hand_is_cut_where_a_reduction_is_read_again()
    {
        var x = Sample([50, 20]);
        Tensor F(Tensor x)
        {
            var e = (x - x.Max(-1, keepDims: true)).Exp();
            return e / e.Sum(-1, keepDims: true);
        }

        var f = Compiled.Function<Tensor, Tensor>(F, Options(FusionMode.Auto));
        Check.Close(F(x), f(x));
    }

    [Fact]
    public void Fusion_can_be_switched_off()
    {
        var f = Compiled.Function((Tensor x) => (x + 1).Relu() * 2, Options(FusionMode.Off));
        f(Sample([10]));
        Assert.Equal(0, FusedNodes(f));
    }

    [Fact]
    public void Empty_tensors_are_left_alone()
    {
        var f = Compiled.Function((Tensor x) => (x + 1).Relu().Sum(0));
        Check.Equal(Tensor.Zeros([3]), f(Tensor.Zeros([0, 3])));
        Assert.Equal(0, FusedNodes(f));
    }

    // Shapes of an operand over a domain, cut at all places: short and long rows that are filled, copied or repeated.
    [Theory]
    [InlineData(new[] { 4, 3, 10 }, new[] { 4, 3, 1 })]
    [InlineData(new[] { 4, 3, 10 }, new[] { 4, 1, 10 })]
    [InlineData(new[] { 4, 3, 10 }, new[] { 3, 1 })]
    [InlineData(new[] { 2, 3, 2, 5 }, new[] { 2, 1, 2, 1 })]
    [InlineData(new[] { 2, 3, 2, 5 }, new[] { 3, 1, 5 })]
    [InlineData(new[] { 3, 40 }, new[] { 3, 1 })]
    [InlineData(new[] { 5, 17 }, new[] { 17 })]
    [InlineData(new[] { 60 }, new[] { 1 })]
    public unsafe void An_operand_is_written_out_over_its_domain_from_any_place(int[] domain, int[] operand)
    {
        var axes = new BroadcastAxes(Shape.Of(operand), Shape.Of(domain));
        var x = Tensor.Arange(1.0, Shape.Of(operand).Size + 1).Cast(DType.Int32).Reshape(operand);
        var all = x.BroadcastTo(Shape.Of(domain)).ToArray<int>();
        foreach (var size in (int[])[1, 4, 8])
        {
            var from = Tensors(size);
            var buffer = new byte[(all.Length * size) + BroadcastAxes.Slack];
            for (var start = 0; start < all.Length; start += 7)
                for (var n = 1; n <= all.Length - start; n += 3)
                {
                    fixed (byte* to = buffer, elements = from) axes.Spread(elements, size, start, n, to);
                    for (var i = 0; i < n; i++) Assert.Equal(all[start + i], buffer[i * size]);
                }
        }

        // Numbers below 256, so that the first byte tells.
        byte[] Tensors(int size)
        {
            var bytes = new byte[x.Size * size];
            for (var i = 0; i < x.Size; i++) bytes[i * size] = (byte)(i + 1);
            return bytes;
        }
    }
}
