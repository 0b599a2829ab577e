using Strata.Compilation;
using Strata.Random;
using Xunit;

namespace Strata.Tests.Compilation;

/// <summary>What each pass makes of a function's graph.</summary>
public class PassTests
{
    static readonly Tensor x = Tensor.From<float>(1, -2, 3);
    static readonly Tensor y = Tensor.From<float>(.5f, 2, -1);

    /// <summary>The operations of the compiled function, in order.</summary>
    static string Kinds(Func<Tensor, Tensor, Tensor> f, params string[] without) => Kinds(f, CompileOptions.Default.Without(["fusion", .. without]));

    static string Kinds(Func<Tensor, Tensor, Tensor> f, CompileOptions options)
    {
        var compiled = Compiled.Function(f, options);
        Check.Close(f(x, y), compiled(x, y));
        return string.Join(" ", Compiled.Of(compiled).Latest!.Value.Plan.Work.Select(node => node.Operation.Name));
    }

    [Fact]
    public void Equal_subexpressions_are_computed_once()
    {
        var options = new CompileOptions { Level = 1 };
        Assert.Equal("Add Multiply Multiply Add", Kinds((x, y) => (x + y) * 2 + (x + y) * 3, options));
        Assert.Equal("Add Multiply Add Multiply Add", Kinds((x, y) => (x + y) * 2 + (x + y) * 3, options.Without("common-subexpressions")));
        Assert.Equal("Add", Kinds((x, y) => (x + y, x + y).Item2, options));
    }

    [Fact]
    public void Equal_constants_are_one()
    {
        Assert.Equal("Add Square", Kinds((x, _) => (x + Tensor.From<float>(1, 2, 3)) * (x + Tensor.From<float>(1, 2, 3))));
        Assert.Equal("Add Add Multiply", Kinds((x, _) => (x + Tensor.From<float>(1, 2, 3)) * (x + Tensor.From<float>(1, 2, 4))));
    }

    [Fact]
    public void Equal_draws_of_random_numbers_stay_two()
    {
        var random = new RandomStream(3);
        var f = Compiled.Function(() => (random.Normal([4]), random.Normal([4])));
        var (a, b) = f();
        Assert.NotEqual(a.ToArray<float>(), b.ToArray<float>());
    }

    [Fact]
    public void What_a_checkpoint_computes_again_is_computed_again()
    {
        static Tensor F(Tensor x) => Gradient.Of(x => Gradient.Checkpoint(x => x.Sin().Exp().Sin(), x).Sum(), x);
        static Tensor G(Tensor x) => Gradient.Of(x => x.Sin().Exp().Sin().Sum(), x);
        Assert.Equal(1, Count(G, "Exp"));
        Assert.Equal(1, Count(x => F(x), "Exp")); // the loss itself is not asked for
        Assert.Equal(2, Count(x => F(x) + Gradient.Checkpoint(x => x.Sin().Exp().Sin(), x), "Exp"));
        Assert.Equal(2, Count(x => Gradient.ValueAndGradient(x => Gradient.Checkpoint(x => x.Sin().Exp().Sin(), x).Sum(), x) is var (v, g) ? v + g : x, "Exp"));

        static int Count(Func<Tensor, Tensor> f, string kind) => Kinds((x, _) => f(x)).Split(' ').Count(name => name == kind);
    }

    [Fact]
    public void Constants_are_folded()
    {
        Assert.Equal("Add", Kinds((x, _) => x + (Tensor.From<float>(1, 2, 3).Exp() * Tensor.Ones([3])).Sum(0, keepDims: true)));
        Assert.Equal("Copy", Kinds((_, _) => Tensor.Eye(3).MatMul(Tensor.From<float>(1, 2, 3))));
    }

    [Fact]
    public void Constants_are_folded_through_a_custom_gradient()
    {
        var f = Compiled.Function((Tensor x) => x + Gradient.Custom(z => z.Atan(), (_, y, dy) => dy * y, Tensor.Ones([3])));
        Check.Close(Tensor.Full([3], 1 + Math.PI / 4), f(Tensor.Ones([3])));
    }

    [Fact]
    public void A_large_result_of_constants_is_not_kept_and_a_large_fill_stays_one()
    {
        Assert.Equal("Fill", Kinds((_, _) => Tensor.Ones([300, 300]) * 2 + 1));
        Assert.Contains("MatMul", Kinds((_, _) => Tensor.Arange(300).Cast(DType.Float32).Reshape(300, 1).MatMul(Tensor.Arange(300).Cast(DType.Float32).Reshape(1, 300))));
    }

    [Fact]
    public void A_constant_that_cannot_be_computed_fails_at_the_run_as_it_would_eagerly()
    {
        var f = Compiled.Function((Tensor x) => x + Tensor.Ones([3]).Gather(Tensor.From<long>(5)));
        Assert.StartsWith("Gather: ", Assert.ThrowsAny<StrataException>(() => f(x)).Message);
    }

    [Theory]
    [InlineData("Multiply", "2·x·3")]
    [InlineData("Negate", "x·(−1)")]
    [InlineData("Copy", "a·b/a")]
    [InlineData("Copy", "x·1 + 0")]
    [InlineData("Copy", "−−x")]
    [InlineData("Fill", "x·0, large")]
    [InlineData("Sum Multiply", "mean of 2x")]
    [InlineData("Tanh BroadcastTo", "tanh of a broadcast")]
    [InlineData("Sum", "sum of a sum")]
    [InlineData("MatMul", "aᵀ·b")]
    [InlineData("Square", "gradient of x³/3")]
    public void Algebra_is_simplified(string expected, string formula)
    {
        Func<Tensor, Tensor, Tensor> f = formula switch
        {
            "2·x·3" => (x, _) => 2 * x * 3,
            "x·(−1)" => (x, _) => x * -1,
            "a·b/a" => (x, y) => x * y / x,
            "x·1 + 0" => (x, _) => x * 1 + 0,
            "−−x" => (x, _) => -(-x),
            "x·0, large" => (x, _) => x.BroadcastTo([900, 3]) * 0,
            "mean of 2x" => (x, _) => (x * 2).Mean(),
            "tanh of a broadcast" => (x, _) => x.BroadcastTo([4, 3]).Tanh(),
            "sum of a sum" => (x, _) => x.Reshape(1, 3).Sum(0).Sum(),
            "aᵀ·b" => (x, y) => x.Reshape(1, 3).Transpose().MatMul(y.Reshape(1, 3)),
            _ => (x, _) => Gradient.Of(x => (x.Power(3) / 3).Sum(), x),
        };
        Assert.Equal(expected, Kinds(f));
    }

    [Fact]
    public void Excluded_passes_do_not_run()
    {
        var ran = new List<string>();
        Compiler.Optimize(new Graph(), CompileOptions.Default.Without("simplify"), (name, _) => ran.Add(name));
        Assert.Contains("fold-constants", ran);
        Assert.DoesNotContain("simplify", ran);
        ran.Clear();
        Compiler.Optimize(new Graph(), new CompileOptions { Level = 0 }, (name, _) => ran.Add(name));
        Assert.Empty(ran);
    }

    [Fact]
    public void Two_sweeps_find_what_one_makes_possible() =>
        Assert.Equal("Copy", Kinds((x, y) => ((x + y) - y) * (Tensor.Ones([3]) * 2) / 2));
}
