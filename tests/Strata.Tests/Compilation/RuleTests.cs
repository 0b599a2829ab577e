using Strata.Compilation;
using Strata.Compilation.Passes;
using Strata.Compilation.Planning;
using Strata.Compilation.Rules;
using Xunit;

namespace Strata.Tests.Compilation;

/// <summary>Each rule alone, at a formula that it is for.</summary>
public class RuleTests
{
    static readonly Tensor a = Tensor.From(new float[,] { { .5f, -1.5f, 2 }, { 3, -.25f, 1 } });
    static readonly Tensor b = Tensor.From(new float[,] { { 2, .75f, -1 }, { -3, 1.25f, .5f } });
    static readonly Tensor labels = Tensor.From<long>(2, 0);

    static Tensor ReluOfUnpooled(Tensor x, Tensor dy) => new Strata.Operations.ReluGradient().Apply(x, dy.MaxUnpool(x, [2, 1], [], Padding.Valid));

    /// <summary>By the names of rules: a formula that becomes another, of a and b [2, 3].</summary>
    public static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> Formulas = new()
    {
        ["fold-constants"] = (_, _) => Tensor.Ones([2]) + Tensor.From<float>(1, 2),
        ["copy x → x"] = (x, _) => new Strata.Operations.Copy().Apply(x),
        ["stop-gradient x → x"] = (x, _) => x.StopGradient(),
        ["cast∘cast → cast, where the first is exact"] = (x, _) => x.Cast(DType.Float64).Cast(DType.Int32),
        ["reshape x → x, where x has the shape"] = (x, _) => x.Reshape(2, 3),
        ["reshape∘reshape → reshape"] = (x, _) => x.Reshape(6).Reshape(3, 2),
        ["transpose∘transpose → transpose"] = (x, _) => x.Reshape(2, 3, 1).Transpose(1, 2, 0).Transpose(2, 0, 1),
        ["transpose x → reshape x, where only axes of size 1 move"] = (x, _) => x.Reshape(2, 1, 3).Transpose(1, 0, 2),
        ["x[..] → x"] = (x, _) => x.Slice([0, 0], [2, 3]),
        ["slice∘slice → slice"] = (x, _) => x[.., 1..][..1],
        ["slice of a concatenation → slice of a part"] = (x, y) => Tensor.Concatenate([x, y], 1)[.., 4..6],
        ["slice∘place → x"] = (x, _) => x.Pad([(1, 0), (0, 2)])[1.., ..3],
        ["concatenation of one → it"] = (x, _) => Tensor.Concatenate([x], 1),
        ["concatenate∘split → x"] = (x, _) => Tensor.Concatenate(x.Split(3, 1), 1),
        ["relu'(x, max-pool'(x, dy)) → max-pool'(x, relu'(max-pool x, dy))"] = (x, y) => ReluOfUnpooled(x.Reshape(1, 2, 3, 1), y[..1].Reshape(1, 1, 3, 1)),
        ["broadcast∘broadcast → broadcast"] = (x, _) => x.BroadcastTo([1, 2, 3]).BroadcastTo([4, 2, 3]),
        ["f(broadcast x) → broadcast f(x)"] = (x, _) => x.BroadcastTo([4, 2, 3]).Tanh(),
        ["f(broadcast a, b) → broadcast f(a, b)"] = (x, y) => x[..1].BroadcastTo([2, 3]) * y,
        ["where(c, fill, b) → where(c, number, b)"] = (x, y) => Tensor.Where(x > y, Tensor.Full([2, 3], 7), y),
        ["broadcast c → fill c"] = (_, _) => Tensor.Scalar(3).BroadcastTo([2, 3]),
        ["reshape c → fill c"] = (_, _) => Tensor.Full([2, 3], 4).Reshape(6),
        ["transpose c → fill c"] = (_, _) => Tensor.Full([2, 3], 4).Transpose(),
        ["slice c → fill c"] = (_, _) => Tensor.Full([2, 3], 4)[.., 1..],

        ["x + 0 → x"] = (x, _) => x + 0,
        ["c + (d + x) → (c + d) + x"] = (x, _) => 2 + (x + 3),
        ["c + (d − x) → (c + d) − x"] = (x, _) => 2 + (3 - x),
        ["a + (−b) → a − b"] = (x, y) => x + -y,
        ["(−a) + b → b − a"] = (x, y) => -x + y,
        ["(a − b) + b → a"] = (x, y) => x - y + y,
        ["b + (a − b) → a"] = (x, y) => y + (x - y),
        ["x + x → 2x"] = (x, _) => x + x,
        ["cx + x → (c + 1)x"] = (x, _) => x * 3 + x,
        ["x + cx → (c + 1)x"] = (x, _) => x + x * 3,
        ["cx + dx → (c + d)x"] = (x, _) => x * 3 + x * 4,
        ["x − x → 0"] = (x, _) => x - x,
        ["0 − x → −x"] = (x, _) => 0 - x,
        ["x − c → (−c) + x"] = (x, _) => x - 5,
        ["c − (d + x) → (c − d) − x"] = (x, _) => 2 - (x + 3),
        ["c − (d − x) → (c − d) + x"] = (x, _) => 2 - (3 - x),
        ["a − (−b) → a + b"] = (x, y) => x - -y,
        ["(a + b) − a → b"] = (x, y) => x + y - x,
        ["(a + b) − b → a"] = (x, y) => x + y - y,
        ["a − (a − b) → b"] = (x, y) => x - (x - y),
        ["1·x → x"] = (x, _) => x * 1,
        ["0·x → 0"] = (x, _) => x * 0,
        ["(−1)·x → −x"] = (x, _) => x * -1,
        ["c(dx) → (cd)x"] = (x, _) => 2 * x * 3,
        ["c(−x) → (−c)x"] = (x, _) => -x * 3,
        ["c(d/x) → (cd)/x"] = (x, _) => 2 / x * 3,
        ["c(1/x) → c/x"] = (x, _) => x.Reciprocal() * 3,
        ["(−a)(−b) → ab"] = (x, y) => -x * -y,
        ["x·x → x²"] = (x, _) => x * x,
        ["(a/b)·b → a"] = (x, y) => x / y * y,
        ["b·(a/b) → a"] = (x, y) => y * (x / y),
        ["(1/a)·b → b/a"] = (x, y) => x.Reciprocal() * y,
        ["b·(1/a) → b/a"] = (x, y) => y * x.Reciprocal(),
        ["x/1 → x"] = (x, _) => x / 1,
        ["x/c → (1/c)x, where c is a power of 2"] = (x, _) => x / -4,
        ["(cx)/d → (c/d)x"] = (x, _) => x * 3 / 5,
        ["c(x/d) → (c/d)x"] = (x, _) => x / 5 * 3,
        ["1/x → reciprocal x"] = (x, _) => 1 / x,
        ["0/x → 0"] = (x, _) => 0 / x,
        ["x/x → 1"] = (x, _) => x / x,
        ["c/(dx) → (c/d)/x"] = (x, _) => 3 / (x * 2),
        ["(ab)/a → b"] = (x, y) => x * y / x,
        ["(ab)/b → a"] = (x, y) => x * y / y,
        ["(−a)/(−b) → a/b"] = (x, y) => -x / -y,
        ["−(−x) → x"] = (x, _) => -(-x),
        ["−(cx) → (−c)x"] = (x, _) => -(x * 3),
        ["−(a − b) → b − a"] = (x, y) => -(x - y),
        ["|−x| → |x|"] = (x, _) => (-x).Abs(),
        ["|x| → x where x ≥ 0"] = (x, _) => x.Exp().Abs(),
        ["relu x → x where x ≥ 0"] = (x, _) => x.Relu().Relu(),
        ["(−x)² → x²"] = (x, _) => (-x).Square(),
        ["x⁰ → 1"] = (x, _) => x.Power(0),
        ["x¹ → x"] = (x, _) => x.Power(Tensor.Scalar(1)),
        ["x² → x·x"] = (x, _) => x.Power(Tensor.Scalar(2)),
        ["x³ → x·x·x"] = (x, _) => x.Power(3),
        ["x^½ → √x"] = (x, _) => x.Square().Power(.5),
        ["x⁻¹ → 1/x"] = (x, _) => x.Power(Tensor.Scalar(-1)),
        ["x^−½ → 1/√x"] = (x, _) => x.Square().Power(-.5),
        ["1/(1/x) → x"] = (x, _) => x.Reciprocal().Reciprocal(),
        ["1/√x → rsqrt x"] = (x, _) => x.Square().Sqrt().Reciprocal(),
        ["1/exp x → exp(−x)"] = (x, _) => x.Exp().Reciprocal(),
        ["max(x, x) → x"] = (x, _) => Tensor.Maximum(x, x),
        ["min(x, x) → x"] = (x, _) => Tensor.Minimum(x, x),
        ["where(c, x, x) → x"] = (x, y) => Tensor.Where(x > y, x, x),
        ["where(true, x, y) → x"] = (x, y) => Tensor.Where(Tensor.Scalar(1, DType.Bool), x, y),
        ["where(false, x, y) → y"] = (x, y) => Tensor.Where(Tensor.Scalar(0, DType.Bool), x, y),

        ["Σ x → x, over axes of size 1"] = (x, _) => x.Reshape(2, 1, 3).Sum(1),
        ["Σ c → nc"] = (_, _) => Tensor.Full([2, 3], 4).Sum(0),
        ["Σ cx → c Σ x"] = (x, _) => (x * 3).Sum(1),
        ["Σ (−x) → −Σ x"] = (x, _) => (-x).Sum(1),
        ["Σ Σ x → Σ x"] = (x, _) => x.Reshape(1, 2, 3).Sum(1).Sum(-1, keepDims: true),
        ["Σ broadcast x → n Σ x"] = (x, _) => x[..1].BroadcastTo([4, 2, 3]).Sum([0, 2]),
        ["Σ over all of x moved → Σ x"] = (x, _) => x.Transpose().Sum(),
        ["aᵀ·b → the product that reads a the other way"] = (x, y) => x.Transpose().MatMul(y),
        ["a·bᵀ → the product that reads b the other way"] = (x, y) => x.MatMul(y.Transpose()),

        ["log(exp x) → x"] = (x, _) => x.Exp().Log(),
        ["log(1 + exp x) → softplus x"] = (x, _) => (1 + x.Exp()).Log(),
        ["log(1 + x) → log1p x"] = (x, _) => (x.Square() + 1).Log(),
        ["log(1 − x) → log1p(−x)"] = (x, _) => (1 - x / 4).Log(),
        ["log1p(exp x) → softplus x"] = (x, _) => x.Exp().Log1p(),
        ["log1p(−σ(x)) → −softplus x"] = (x, _) => (-(x / 4).Sigmoid()).Log1p(),
        ["log of σ or softmax"] = (x, _) => x.Softmax(0).Log() + x.Sigmoid().Log(),
        ["log Σ exp x → logsumexp x"] = (x, _) => x.Exp().Sum(0).Log(),
        ["log(Σ exp x / n) → logsumexp x − log n"] = (x, _) => x.Exp().Mean(0, keepDims: true).Log(),
        ["log ∏ x → Σ log x"] = (x, _) => x.Product(1).Log(),
        ["log xᵃ → a log x"] = (x, _) => x.Square().Power(1.5).Log() + x.Power(4).Log(),
        ["log x² → 2 log |x|"] = (x, _) => x.Square().Log(),
        ["log √x → ½ log x"] = (x, _) => x.Sqrt().Log(),
        ["log(1/x) → −log x"] = (x, _) => x.Reciprocal().Log() + (1 / x).Log(),
        ["log(erfc x) → logerfc x"] = (x, _) => x.Erfc().Log(),
        ["exp(x) − 1 → expm1 x"] = (x, _) => x.Exp() - 1,
        ["1 − exp x → −expm1 x"] = (x, _) => 1 - x.Exp(),
        ["−1 + exp x → expm1 x"] = (x, _) => -1 + x.Exp(),
        ["1/(1 + exp x) → σ(−x)"] = (x, _) => 1 / (1 + (-x).Exp()) + (1 + x.Exp()).Reciprocal(),
        ["exp(x)/(1 + exp x) → σ(x)"] = (x, _) => x.Exp() / (1 + x.Exp()),
        ["exp(x)/Σ exp x → softmax x"] = (x, _) => x.Exp() / x.Exp().Sum(1, keepDims: true),
        ["log softmax(x)[y] → −cross-entropy(x, y)"] = (x, _) => x.LogSoftmax().GatherAlong(labels.Reshape(2, 1), 1),
        ["Σ onehot(y) log softmax x → −cross-entropy(x, y)"] = (x, _) => (labels.OneHot(3) * x.LogSoftmax()).Sum(1, keepDims: true),
        ["y log σ(x) + (1 − y) log(1 − σ(x)) → y x − softplus x"] = (x, y) => y * -(-x).Softplus() + (1 - y) * -x.Softplus(),
        ["y log σ(x) − (y − 1) log(1 − σ(x)) → y x − softplus x"] = (x, y) => -y * -(-x).Softplus() - (1 - y) * -x.Softplus(),
        ["√x² → |x|"] = (x, _) => x.Square().Sqrt() + (x * x).Sqrt(),
        ["x/‖x‖ → 0 at x = 0"] = (x, _) => x / x.Norm(1, keepDims: true),
    };

    [Fact]
    public void A_quotient_of_whole_numbers_stays_whole()
    {
        var x = Tensor.Arange(1, 500, 1, DType.Float32);
        for (var d = 1; d < 60; d++) Check.Equal((x / d).Floor(), Compiled.Function((Tensor x) => (x / d).Floor())(x));
    }

    public static TheoryData<string> Names => [.. Simplify.Rules.Select(rule => rule.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_finds_its_formula_and_keeps_the_value(string name)
    {
        Assert.True(Formulas.TryGetValue(name, out var formula), $"There is no formula for the rule \"{name}\".");
        var rules = new RuleSet(Simplify.Rules.Where(rule => rule.Name == name));
        var tracer = new Tracer { Rules = rules };
        tracer.Run(() =>
        {
            var (x, y) = (tracer.Argument(a.Type), tracer.Argument(b.Type));
            tracer.Graph.Results.Add(tracer.Symbol(formula!(x, y)));
            return x;
        });
        Assert.True(rules.Rewrites > 0, "The rule found nothing.");
        var actual = new ExecutionPlan(OwnMemory.Run(DeadCode.Run(tracer.Graph))).Run([a, b])[0];
        Check.Close(formula!(a, b), actual, 1e-5, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_can_be_left_out_by_its_name_and_the_gradient_is_right_with_it(string name)
    {
        if (!Formulas.TryGetValue(name, out var formula)) return;
        Tensor[] F(Tensor[] x) => [formula(x[0], x[1])];
        if (!F([a, b])[0].DType.IsFloating()) return;
        Check.Compilation(F, [a.Square() + .1, b], true, name, 1e-5);
        var full = Compiled.Function((Tensor x, Tensor y) => formula(x, y), CompileOptions.Default.Without(name));
        Check.Close(formula(a, b), full(a, b), 1e-5, name);
    }
}
