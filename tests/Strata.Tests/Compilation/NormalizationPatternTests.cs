using Strata.Operations;

namespace Strata.Tests.Compilation;

public class NormalizationPatternTests
{
    static Tensor Sample(Shape shape) => Tensor.From(Enumerable.Range(0, (int)shape.Size).Select(i => Math.Sin(i * i) * 3 + 1).ToArray(), shape);

    public static TheoryData<string> Formulas => new(formulas.Keys);

    static readonly Dictionary<string, (Func<Tensor, Tensor> F, Type Primitive)> formulas = new()
    {
        ["softmax"] = (x => { var e = (x - x.Max(-1, keepDims: true)).Exp(); return e / e.Sum(-1, keepDims: true); }, typeof(Softmax)),
        ["log-softmax"] = (x => x - x.LogSumExp(-1, keepDims: true), typeof(LogSoftmax)),
        ["log-softmax by hand"] = (x => x - x.Exp().Sum(-1, keepDims: true).Log(), typeof(LogSoftmax)),
        ["layer, rsqrt"] = (x => (x - x.Mean(-1, keepDims: true)) * (x.Variance(-1, keepDims: true) + 1e-3).Rsqrt(), typeof(Standardize)),
        ["layer, sqrt"] = (x => (x - x.Mean(-1, keepDims: true)) / ((x - x.Mean(-1, keepDims: true)).Square().Mean(-1, keepDims: true) + 1e-3).Sqrt() * 2 + 1, typeof(Standardize)),
        ["layer, product"] = (x => { var c = x - x.Mean(-1, keepDims: true); return c * (1 / ((c * c).Mean(-1, keepDims: true) + 1e-3).Sqrt()); }, typeof(Standardize)),
        ["batch"] = (x => { var c = x - x.Mean([0, 1]); return (c.Square().Mean([0, 1]) + 1e-3).Rsqrt() * c; }, typeof(BatchNormalization)),
    };

    [Theory]
    [MemberData(nameof(Formulas))]
    public void A_normalization_by_hand_becomes_the_operation_with_its_gradient(string name)
    {
        var (f, primitive) = formulas[name];
        var x = Sample([3, 4, 6]);
        Tensor[] All(Tensor x)
        {
            var (y, pullback) = Gradient.Vjp(z => [f(z[0])], [x]);
            return [y[0], pullback([Check.Cotangent(y[0])])[0]];
        }

        var compiled = Compiled.Function((Tensor x) => All(x));
        var (expected, actual) = (All(x), compiled(x));
        Check.Close(expected[0], actual[0], 1e-12);
        Check.Close(expected[1], actual[1], 1e-12);
        var work = Compiled.Of(compiled).Latest!.Value.Plan.Work;
        Assert.Contains(work, node => node.Operation.GetType() == primitive);
        Assert.DoesNotContain(work, node => node.Operation is Exp or Log or Sqrt or Rsqrt && node.Operation.GetType() != primitive && primitive != typeof(LogSoftmax));
    }

    [Fact]
    public void What_only_looks_like_a_normalization_is_left_alone()
    {
        var x = Sample([3, 4, 6]);
        foreach (var f in new Func<Tensor, Tensor>[]
        {
            x => (x - x.Mean(-1, keepDims: true)) * (x.Variance(1, keepDims: true) + 1e-3).Rsqrt(), // other axes
            x => (x - x.Mean(-1, keepDims: true)) * ((x + 1).Square().Mean(-1, keepDims: true) + 1e-3).Rsqrt(), // no variance
            x => (x - x.Mean(-1, keepDims: true)) * (x.Variance([-1], keepDims: true, correction: 1) + 1e-3).Rsqrt(), // another divisor
            x => x - x.Square().LogSumExp(-1, keepDims: true),
        })
        {
            var compiled = Compiled.Function(f);
            Check.Close(f(x), compiled(x), 1e-12);
            Assert.DoesNotContain(Compiled.Of(compiled).Latest!.Value.Plan.Work, node => node.Operation is Standardize or BatchNormalization or LogSoftmax);
        }
    }
}
