using Strata.Random;
using Xunit;

namespace Strata.Tests.Compilation;

public class CompiledFunctionTests
{
    static readonly Tensor x = Tensor.From<float>(1, -2, 3);

    [Fact]
    public void A_compiled_function_gives_what_the_function_gives()
    {
        static Tensor F(Tensor x) => (x.Tanh() * 2 + x.Exp().Sum()).Reshape(3, 1);
        Check.Equal(F(x), Compiled.Function<Tensor, Tensor>(F)(x));
    }

    [Fact]
    public void It_is_traced_once_for_each_signature()
    {
        var traces = 0;
        var f = Compiled.Function((Tensor x, bool twice) =>
        {
            traces++;
            return twice ? x * 2 : x;
        });
        Check.Equal(x * 2, f(x, true));
        Check.Equal(x * 2, f(x, true));
        Check.Equal(x, f(x, false));
        Assert.Equal(2, traces);
        f(x[..2], true);
        f(x.Cast(DType.Float64), true);
        f(x, true);
        Assert.Equal(4, traces);
    }

    [Fact]
    public void Arguments_and_results_may_be_arrays_and_tuples()
    {
        var f = Compiled.Function((Tensor[] x, (Tensor A, Tensor B) pair) => (Sum: x[0] + x[1], Both: new[] { pair.B, pair.A }));
        var (sum, both) = f([x, x], (x * 2, x * 3));
        Check.Equal(x * 2, sum);
        Check.Equal(x * 3, both[0]);
        Check.Equal(x * 2, both[1]);
    }

    [Fact]
    public void Gradients_are_compiled_with_the_function()
    {
        var w = new Variable(Tensor.From<float>(.5f, -1, 2), "w");
        Tensor Loss(Tensor x) => (w * x).Sigmoid().Square().Sum();
        var step = Compiled.Function((Tensor x) => Gradient.ValueAndGradient(() => Loss(x), [w]));
        var (value, gradients) = step(x);
        var (expected, eager) = Gradient.ValueAndGradient(() => Loss(x), [w]);
        Check.Equal(expected, value);
        Check.Equal(eager[0], gradients[0]);
    }

    [Fact]
    public void Variables_are_read_and_assigned_anew_in_each_run()
    {
        var (a, b) = (new Variable(Tensor.Scalar(1)), new Variable(Tensor.Scalar(2)));
        var swap = Compiled.Function(() =>
        {
            var (old, other) = (a.Borrow(), b.Borrow());
            a.Assign(other);
            b.Assign(old);
            return a + b;
        });
        Assert.Equal(3, swap().Item());
        Assert.Equal((2, 1), (a.Value.Item(), b.Value.Item()));
        a.Assign(Tensor.Scalar(10));
        Assert.Equal(11, swap().Item());
        Assert.Equal((1, 10), (a.Value.Item(), b.Value.Item()));
    }

    [Fact]
    public void A_variable_counts_the_runs()
    {
        var count = new Variable(Tensor.Zeros([4]));
        var step = Compiled.Function(() =>
        {
            count.Assign(count + 1);
            return count * 10;
        });
        Check.Equal(Tensor.Full([4], 10), step());
        Check.Equal(Tensor.Full([4], 20), step());
        Check.Equal(Tensor.Full([4], 2), count.Value);
    }

    [Fact]
    public void A_result_that_is_the_old_value_of_a_variable_keeps_it()
    {
        var v = new Variable(Tensor.Ones([3]));
        var exchange = Compiled.Function((Tensor x) =>
        {
            var old = v.Borrow();
            v.Assign(x * 2);
            return old;
        });
        Check.Equal(Tensor.Ones([3]), exchange(x));
        Check.Equal(x * 2, exchange(x));
    }

    [Fact]
    public void Arguments_come_back_as_copies_and_two_variables_never_share_memory()
    {
        var (a, b) = (new Variable(x), new Variable(x));
        var f = Compiled.Function((Tensor x) =>
        {
            var y = x + 1;
            a.Assign(y);
            b.Assign(y);
            return (x, y, y.Reshape(3, 1));
        });
        var (same, sum, column) = f(x);
        f(x * 0);
        Check.Equal(x, same);
        Check.Equal(x + 1, sum);
        Check.Equal((x + 1).Reshape(3, 1), column);
        a.Assign(x * 5);
        Check.Equal(Tensor.Ones([3]), b.Value);
    }

    [Fact]
    public void Random_numbers_are_those_of_the_eager_function_and_new_in_each_run()
    {
        static (Tensor, Tensor) Draw(RandomStream random) => (random.Normal([5]), random.Split().Uniform([3], -1, 1));
        var (eager, compiled) = (new RandomStream(7), new RandomStream(7));
        var f = Compiled.Function(() => Draw(compiled));
        for (var run = 0; run < 3; run++)
        {
            var (a, b) = Draw(eager);
            var (c, d) = f();
            Check.Equal(a, c);
            Check.Equal(b, d);
        }

        Assert.Equal(eager.State, compiled.State);
    }

    [Fact]
    public void Numbers_of_the_host_are_read_in_each_run()
    {
        var rate = .5;
        var runs = 0;
        var f = Compiled.Function((Tensor x) =>
        {
            Compiled.OnHost(() => runs++);
            return x * Compiled.Number(() => rate);
        });
        Check.Equal(x * .5, f(x));
        rate = 2;
        Check.Equal(x * 2, f(x));
        Assert.Equal(2, runs);
    }

    [Fact]
    public void Looking_at_elements_is_an_error_that_says_what_to_do()
    {
        var f = Compiled.Function((Tensor x) => x.Sum().Item() > 0 ? x : -x);
        var e = Assert.Throws<StrataException>(() => f(x));
        Assert.Contains("has no elements while the function that makes it is traced", e.Message);
    }

    [Fact]
    public void Compiled_functions_nest_and_can_be_differentiated()
    {
        var inner = Compiled.Function((Tensor x) => x.Square() * 3);
        var outer = Compiled.Function((Tensor x) => inner(x) + 1);
        Check.Equal(x.Square() * 3 + 1, outer(x));
        Check.Equal(x * 6, Gradient.Of(x => inner(x).Sum(), x));
    }

    [Fact]
    public void Second_derivatives_and_checkpoints_are_traced()
    {
        static Tensor F(Tensor x) => Gradient.Checkpoint(x => x.Sin() * x.Exp(), x).Sum();
        var f = Compiled.Function((Tensor x) => Gradient.HessianVectorProduct(F, x, Tensor.OnesLike(x)));
        Check.Close(2 * x.Exp() * x.Cos(), f(x), 1e-5);
    }
}
