using System.Runtime.CompilerServices;
using Strata.Compilation;
using Xunit;

namespace Strata.Tests.Compilation;

/// <summary>Failures inside of compiled functions name the operation, the shapes and the line of the user's code.</summary>
public class ErrorSiteTests
{
    static readonly Tensor x = Tensor.Ones([2, 3]);

    static int Line([CallerLineNumber] int line = 0) => line;

    [Fact]
    public void A_wrong_shape_names_the_line_that_calls_the_operation()
    {
        var line = 0;
        var f = Compiled.Function((Tensor x) =>
        {
            var y = x.Exp();
            line = Line() + 1;
            return y.MatMul(y);
        });
        var e = Assert.Throws<ShapeException>(() => f(x));
        Assert.Equal($"MatMul: inner sizes differ: [2, 3] × [2, 3] (3 ≠ 2) (called at ErrorSiteTests.cs:{line})", e.Message);
        Assert.Equal($"called at ErrorSiteTests.cs:{line}", e.Site);
    }

    [Fact]
    public void A_failure_in_a_run_names_the_node_and_the_line()
    {
        var line = 0;
        var f = Compiled.Function((Tensor x, Tensor i) =>
        {
            var y = x + x;
            line = Line() + 1;
            var z = y.Gather(i, 1);
            return z * 2;
        });
        var e = Assert.ThrowsAny<StrataException>(() => f(x, Tensor.From<int>(0, 7)));
        Assert.StartsWith("Gather: ", e.Message);
        Assert.EndsWith($"(in Gather(float32 [2, 3], int32 [2]) → float32 [2, 2], called at ErrorSiteTests.cs:{line})", e.Message);
        Check.Equal(Tensor.Full([2, 2], 4), f(x, Tensor.From<int>(0, 2)));
    }

    [Fact]
    public void An_operation_that_was_rewritten_keeps_its_line()
    {
        var line = 0;
        var i = Tensor.From<long>(5, 0).Reshape(2, 1);
        var f = Compiled.Function((Tensor x, Tensor i) =>
        {
            var p = x.Softmax();
            line = Line() + 1;
            return -p.GatherAlong(i, 1).Log();
        });
        var e = Assert.ThrowsAny<StrataException>(() => f(x, i));
        Assert.EndsWith($"called at ErrorSiteTests.cs:{line})", e.Message);
    }

    [Fact]
    public void A_gradient_that_fails_names_the_line_that_asked_for_it()
    {
        var line = 0;
        var f = Compiled.Function((Tensor x) =>
        {
            line = Line() + 1;
            return Gradient.Of(x => x.Exp(), x);
        });
        var e = Assert.Throws<ShapeException>(() => f(x));
        Assert.Contains("the loss must be one floating-point number", e.Message);
        Assert.EndsWith($"(called at ErrorSiteTests.cs:{line})", e.Message);
    }

    [Fact]
    public void The_guard_against_NaN_names_the_node_and_the_line()
    {
        var line = 0;
        var f = Compiled.Function(
            (Tensor x) =>
            {
                var y = x - 1;
                line = Line() + 1;
                var z = y.Log();
                return z.Sum();
            },
            new CompileOptions { Level = 2, NanGuard = true });
        var e = Assert.ThrowsAny<StrataException>(() => f(x));
        Assert.Equal($"Log: element 0 of its output float32 [2, 3] is -Infinity. (in Log(float32 [2, 3]) → float32 [2, 3], called at ErrorSiteTests.cs:{line})", e.Message);
        Assert.True(double.IsFinite(f(x * 2).Item()));
        foreach (var bad in new[] { double.NaN, double.PositiveInfinity, -2e10 })
            Assert.ThrowsAny<StrataException>(() => Compiled.Function((Tensor x) => x * 1.5, new CompileOptions { NanGuard = true })(Tensor.From<double>(1, bad, 2)));
    }

    [Fact]
    public void An_eager_failure_has_no_site() => Assert.Null(Assert.Throws<ShapeException>(() => x.MatMul(x)).Site);
}
