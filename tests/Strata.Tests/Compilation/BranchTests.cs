using Strata.Random;

namespace Strata.Tests.Compilation;

public sealed class BranchTests
{
    static readonly Tensor x = Tensor.From(.3, -1.2, 2);

    [Fact]
    public void Only_the_chosen_branch_is_computed()
    {
        var ran = 0;
        Tensor Counted(Tensor y)
        {
            Compiled.OnHost(() => ran++);
            return y;
        }

        var f = Compiled.Function((Tensor x) => Flow.Cond(x.Sum() > 0, () => x.Exp(), () => Counted(x.Sin())));
        Check.Equal(x.Exp(), f(x));
        Assert.Equal(0, ran);
        Check.Equal((-x).Sin(), f(-x));
        Assert.Equal(1, ran);
    }

    [Fact]
    public void Gradients_flow_through_the_chosen_branch()
    {
        var w = new Variable(Tensor.Scalar(2, DType.Float64));
        Tensor F(Tensor x) => Flow.Cond(x.Sum() > 0, () => x.Exp() * w, () => x.Square()).Sum();
        var gradient = Compiled.Function((Tensor x) => Gradient.Of(F, x));
        Check.Close(x.Exp() * 2, gradient(x));
        Check.Close(x * -2, gradient(-x));
        var second = Compiled.Function((Tensor x) => Gradient.HessianVectorProduct(F, x, Tensor.OnesLike(x)));
        Check.Close(x.Exp() * 2, second(x));
        var ofVariable = Compiled.Function((Tensor x) => Gradient.Of(() => F(x), [w])[0]);
        Check.Close(x.Exp().Sum(), ofVariable(x));
        Check.Close(Tensor.Scalar(0, DType.Float64), ofVariable(-x));
    }

    [Fact]
    public void A_loop_doubles_until_more_than_a_hundred()
    {
        var f = Compiled.Function((Tensor x) => Flow.While(s => s[0] <= 100, s => [s[0] * 2, s[1] + 1], [x, Tensor.Scalar(0, DType.Int32)]));
        var last = f(Tensor.Scalar(1));
        Assert.Equal((128, 7), (last[0].Item(), last[1].Item()));
        Assert.Equal((200, 0), (f(Tensor.Scalar(200))[0].Item(), f(Tensor.Scalar(200))[1].Item()));
        Assert.Equal(128, Flow.While(s => s[0] <= 100, s => [s[0] * 2], [Tensor.Scalar(1)])[0].Item());
    }

    [Fact]
    public void A_gradient_of_ones_own_stays_with_its_function_in_a_loop()
    {
        static Tensor Clipped(Tensor x) => Gradient.Custom(x => x * 1, (_, _, dy) => dy.Clip(-.1, .1), x);
        static Tensor Loop(Tensor x) => Flow.Scan((a, h) => Clipped(h + a), x, Tensor.Scalar(0, DType.Float64))[^1] * 5;
        Check.Close(Tensor.From(.1, .1, .1), Gradient.Of(Loop, x));
        Check.Close(Tensor.From(.1, .1, .1), Compiled.Function((Tensor x) => Gradient.Of(Loop, x))(x));
    }

    [Fact]
    public void What_cannot_be_is_named()
    {
        var v = new Variable(x);
        var f = Compiled.Function((Tensor x) => Flow.Cond(x.Sum() > 0, () => x, () => x.Sum()));
        Assert.Contains("Cond: the branches give float64 [3] and float64 []; they must give the same types.", Assert.Throws<ShapeException>(() => f(x)).Message);
        Check.Fails("Cond: the condition must be one truth value, but it is float64 [3].", () => Flow.Cond(x, () => x, () => x));
        Check.Fails("While: the condition still holds after 5 steps.", () => Flow.While(s => s[0] <= 100, s => [s[0] * 1], [Tensor.Scalar(1)], limit: 5));
        var assigning = Compiled.Function((Tensor x) => Flow.Cond(x.Sum() > 0, () => { v.Assign(x); return x; }, () => x));
        Assert.Contains("Cond: variable 'variable' is assigned inside", Assert.Throws<StrataException>(() => assigning(x)).Message);
    }

    [Fact]
    public void Repeated_products_with_a_matrix_and_what_stays_the_same_leave_the_loop()
    {
        var random = new RandomStream(1);
        var (xs, w, h0) = (random.Normal([20, 4, 8]), random.Normal([8, 8]), Tensor.Zeros([4, 8]));
        var f = Compiled.Function((Tensor xs, Tensor w) => Flow.Scan((x, h) => (x.MatMul(w) + (h * w.Square().Sum(0))).Tanh(), xs, h0));
        var expected = new List<Tensor>();
        var h = h0;
        for (var t = 0; t < 20; t++) expected.Add(h = (xs[t].MatMul(w) + (h * w.Square().Sum(0))).Tanh());
        Check.Close(Tensor.Stack([.. expected]), f(xs, w), 1e-5);
        var scan = Compiled.Of(f).Latest!.Value.Traced.Nodes.Select(n => n.Operation).OfType<Strata.Compilation.Scan>().Single();
        Assert.DoesNotContain(scan.Body.Graph.Nodes, n => n.Operation is Strata.Operations.MatMul or Strata.Operations.Sum);
    }
}
