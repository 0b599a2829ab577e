using Strata.Random;

namespace Strata.Tests.Compilation;

[Collection("Engine settings")]
public sealed class ScanTests
{
    static Tensor Normal(int seed, params int[] shape) => (new RandomStream(seed).Normal(Shape.Of(shape), dtype: DType.Float64) * .5).Keep();

    [Fact]
    public void Fibonacci_by_two_taps()
    {
        var (_, y) = Flow.Scan((_, s) => ([s[1], s[0] + s[1]], [s[0] + s[1]]), [], [Tensor.Scalar(0), Tensor.Scalar(1)], steps: 6);
        Check.Equal(Tensor.From<float>(1, 2, 3, 5, 8, 13), y[0]);
    }

    [Fact]
    public void A_polynomial_is_a_sum_over_coefficients_and_powers()
    {
        var x = Tensor.Scalar(3);
        var (state, _) = Flow.Scan((c, s) => ([s[0] + (c[0] * s[1]), s[1] * x], []), [Tensor.From<float>(1, 0, 2)], [Tensor.Scalar(0), Tensor.Scalar(1)]);
        Assert.Equal(19, state[0].Item());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(0)]
    public void Powers_element_by_element(int k)
    {
        var a = Tensor.Arange(10).Cast(DType.Float64);
        var (state, _) = Flow.Scan((_, s) => ([s[0] * a], []), [], [Tensor.OnesLike(a)], steps: k);
        Check.Close(a.Power(k), state[0]);
    }

    // A tanh network over n examples, as a loop and unrolled by hand.
    static Tensor[] Network(Tensor[] p, bool reverse = false) =>
        [Flow.Scan((x, h) => (x.MatMul(p[1]) + h.MatMul(p[2]) + p[3]).Tanh(), p[0], p[4], reverse)];

    static Tensor[] Unrolled(Tensor[] p)
    {
        var (h, all) = (p[4], new List<Tensor>());
        for (var t = 0; t < p[0].Shape[0]; t++) all.Add(h = (p[0][t].MatMul(p[1]) + h.MatMul(p[2]) + p[3]).Tanh());
        return [Tensor.Stack([.. all])];
    }

    static Tensor[] Parameters() => [Normal(1, 5, 2, 3), Normal(2, 3, 4), Normal(3, 4, 4), Normal(4, 4), Normal(5, 2, 4)];

    [Fact]
    public void Values_and_gradients_are_those_of_the_unrolled_loop()
    {
        var p = Parameters();
        Tensor Loss(Tensor[] y) => (y[0] * Check.Cotangent(y[0])).Sum();
        var (value, gradients) = Gradient.ValueAndGradient(p => Loss(Network(p)), p);
        var (expected, unrolled) = Gradient.ValueAndGradient(p => Loss(Unrolled(p)), p);
        Check.Close(expected, value, 1e-12);
        for (var i = 0; i < p.Length; i++) Check.Close(unrolled[i], gradients[i], 1e-12, $"gradient {i}");

        var compiled = Compiled.Function((Tensor[] p) => Gradient.ValueAndGradient(p => Loss(Network(p)), p))(p);
        for (var i = 0; i < p.Length; i++) Check.Close(unrolled[i], compiled.Gradients[i], 1e-12, $"compiled gradient {i}");
    }

    [Fact]
    public void Derivatives_of_first_and_second_order_and_in_forward_mode_are_right() => GradientCheck.Verify(p => Network(p), Parameters());

    [Fact]
    public void Backward_in_time_is_forward_over_the_flipped_sequence()
    {
        var p = Parameters();
        var flipped = Network([p[0].Flip(0), .. p[1..]])[0].Flip(0);
        Check.Close(flipped, Network(p, reverse: true)[0], 1e-12);
        GradientCheck.Verify(p => Network(p, reverse: true), p, secondOrder: false);
    }

    [Fact]
    public void Truncated_gradients_go_back_only_so_many_steps()
    {
        var (w, x) = (Tensor.Scalar(.8, DType.Float64), Normal(1, 6));
        Tensor Last(Tensor w, int? truncate) => Flow.Scan((x, h) => (h * w) + x, x, Tensor.Scalar(0, DType.Float64), truncate: truncate)[^1];
        var h = Flow.Scan((x, h) => (h * w) + x, x, Tensor.Scalar(0, DType.Float64)).ToArray<double>();
        // d h₆/dw = Σ w^(6−t)·h_(t−1), of which the last three terms remain.
        var terms = Enumerable.Range(1, 6).Select(t => t == 1 ? 0 : Math.Pow(.8, 6 - t) * h[t - 2]).ToArray();
        Assert.Equal(terms.Sum(), Gradient.Of(w => Last(w, null), w).Item(), 1e-12);
        Assert.Equal(terms[3..].Sum(), Gradient.Of(w => Last(w, 3), w).Item(), 1e-12);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(5, false)]
    public void Checkpoints_change_nothing_but_memory(int every, bool reverse)
    {
        var p = Parameters();
        Tensor Loss(Tensor[] p, int? every) => Flow.Scan(
            (x, h) => (x[0].MatMul(p[1]) + h[0].MatMul(p[2]) + p[3]).Tanh() is var next ? ([next], [next]) : default, [p[0]], [p[4]], reverse: reverse, checkpointEvery: every)
            .Outputs[0] is var y ? (y * Check.Cotangent(y)).Sum() : null!;
        var expected = Gradient.ValueAndGradient(p => Loss(p, null), p).Gradients;
        var checkpointed = Compiled.Function((Tensor[] p) => Gradient.ValueAndGradient(p => Loss(p, every), p).Gradients)(p);
        for (var i = 0; i < p.Length; i++) Check.Close(expected[i], checkpointed[i], 1e-12);
    }

    [Fact]
    public void Checkpoints_make_the_memory_smaller()
    {
        var (x, h0, w) = (Tensor.Ones([400, 4, 32]), Tensor.Zeros([4, 32]), Tensor.Eye(32) * .5);
        long Bytes(int? every)
        {
            var f = Compiled.Function((Tensor x) => Gradient.Of(
                w => Flow.Scan((x, h) => (((h[0] + x[0]).MatMul(w).Tanh() + 1).Sigmoid() * h[0].Sin()).Exp().Tanh() is var next ? ([next], []) : default, [x], [h0], checkpointEvery: every).States[0].Sum(), w));
            f(x);
            return Compiled.Of(f).Latest!.Value.Plan.Memory.ArenaBytes;
        }

        Assert.True(Bytes(null) >= 3 * Bytes(20), $"{Bytes(null)} against {Bytes(20)}");
    }

    [Fact]
    public void Loops_nest()
    {
        var a = Normal(7, 3, 4);
        var sums = Flow.Scan((row, total) => total + Flow.Scan((x, s) => s + (x * x), row, Tensor.Scalar(0, DType.Float64))[^1], a, Tensor.Scalar(0, DType.Float64));
        Assert.Equal(a.Square().Sum().Item(), sums[^1].Item(), 1e-12);
        GradientCheck.Verify(
            p => [Flow.Scan((row, total) => total + Flow.Scan((x, s) => s + (x * s.Sin()) + x, row, total)[^1], p[0], Tensor.Scalar(.1, DType.Float64))], [a], secondOrder: false);
    }

    [Fact]
    public void Variables_and_random_streams_go_on_from_step_to_step_and_from_call_to_call()
    {
        var count = new Variable(Tensor.Scalar(0));
        var random = new RandomStream(3);
        var run = Compiled.Function(() => Flow.Scan(
            (_, _) =>
            {
                count.Assign(count + 1);
                return ([], [count * 1, random.Uniform([2])]);
            },
            [],
            [],
            steps: 10).Outputs);
        var first = run();
        Assert.Equal(10, count.Value.Item());
        Check.Equal(Tensor.Arange(1, 11).Cast(DType.Float32), first[0]);
        run();
        Assert.Equal(20, count.Value.Item());
        var expected = new RandomStream(3);
        Check.Equal(Tensor.Stack([.. Enumerable.Range(0, 10).Select(_ => expected.Uniform([2]))]), first[1]);
    }

    [Fact]
    public void Masks_keep_the_state_by_a_choice_in_the_step()
    {
        var (x, mask) = (Tensor.From<float>(1, 2, 3, 4), Tensor.From(true, false, true, false));
        var (_, y) = Flow.Scan((i, s) => Tensor.Where(i[1], s[0] + i[0], s[0]) is var next ? ([next], [next]) : default, [x, mask], [Tensor.Scalar(0)]);
        Check.Equal(Tensor.From<float>(1, 1, 4, 4), y[0]);
    }

    [Fact]
    public void The_step_is_traced_once_and_memory_for_the_last_state_does_not_grow()
    {
        var traces = 0;
        Tensor Last(Tensor x) => Flow.Scan(
            (x, s) =>
            {
                traces++;
                return ([(s[0] * .5) + x[0]], []);
            },
            [x],
            [Tensor.Zeros([100])]).States[0];
        long Bytes(int steps)
        {
            var f = Compiled.Function<Tensor, Tensor>(Last);
            f(Tensor.Ones([steps, 100]));
            return Compiled.Plan(f).ArenaBytes;
        }

        var few = Bytes(10);
        Assert.Equal(1, traces);
        Assert.Equal(few, Bytes(1000));
        Assert.Equal(2, traces);
    }

    [Fact]
    public void The_shortest_sequence_decides_and_taps_are_slices()
    {
        var x = Tensor.From<float>(1, 2, 4, 8);
        var (_, y) = Flow.Scan((x, _) => ([], [x[1] - x[0]]), [x, x[1..]], []); // xₜ₊₁ − xₜ
        Check.Equal(Tensor.From<float>(1, 2, 4), y[0]);
    }

    [Fact]
    public void Without_steps_the_states_are_the_first_and_the_outputs_empty()
    {
        var (state, y) = Flow.Scan((x, s) => ([s[0] + x[0]], [s[0]]), [Tensor.Zeros([0, 3])], [Tensor.Ones([3])]);
        Check.Equal(Tensor.Ones([3]), state[0]);
        Assert.Equal([0, 3], y[0].Shape);
    }

    [Fact]
    public void The_eager_loop_gives_the_same()
    {
        var p = Parameters();
        var expected = Network(p)[0];
        Compiled.Eager = true;
        try
        {
            Check.Close(expected, Network(p)[0], 1e-12);
            Check.Close(Network(p, reverse: true)[0], Network([p[0].Flip(0), .. p[1..]])[0].Flip(0), 1e-12);
        }
        finally
        {
            Compiled.Eager = false;
        }
    }

    [Fact]
    public void Mistakes_are_named()
    {
        var x = Tensor.Ones([3, 2]);
        Check.Fails("Scan: state 0 is float32 [2] at first, but float32 [3, 2] after a step; it must stay of one type.", () => Flow.Scan((_, s) => ([x + s[0]], []), [x], [Tensor.Ones([2])]));
        Check.Fails("Scan: the step gives 0 states, but 1 were given at first.", () => Flow.Scan((_, _) => ([], []), [x], [x]));
        Check.Fails("Scan: there is no sequence and no number of steps.", () => Flow.Scan((_, s) => (s, []), [], [x]));
        Check.Fails("Scan: a sequence is a scalar; its first axis must count the steps.", () => Flow.Scan((_, s) => (s, []), [Tensor.Scalar(1)], [x]));
    }
}
