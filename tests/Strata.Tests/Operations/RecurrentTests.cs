using Strata.Random;
using Strata.Tests.Kernels;

namespace Strata.Tests.Operations;

[Collection("Engine settings")]
public sealed class RecurrentTests
{
    [Theory]
    [InlineData("lstm step", false)]
    [InlineData("lstm step/hard", true)]
    public void Lstm_step(string name, bool hard) => Check.Operation("recurrent: " + name, x => Pair(Tensor.LstmStep(x[0], x[1], hard)));

    [Fact]
    public void Lstm_step_whose_cell_or_output_is_not_used()
    {
        Check.Operation("recurrent: lstm step/h alone", (x, c) => Tensor.LstmStep(x, c).Output);
        Check.Operation("recurrent: lstm step/c alone", (x, c) => Tensor.LstmStep(x, c).Cell);
    }

    [Theory]
    [InlineData("gru step", false)]
    [InlineData("gru step/hard", true)]
    public void Gru_step(string name, bool hard) => Check.Operation("recurrent: " + name, x => [Tensor.GruStep(x[0], x[1], x[2], hard)]);

    [Theory]
    [InlineData("lstm", false, false)]
    [InlineData("lstm/hard", true, false)]
    [InlineData("lstm/mask", false, false)]
    [InlineData("lstm/mask, reverse", false, true)]
    public void Lstm(string name, bool hard, bool reverse) =>
        Check.Operation("recurrent: " + name, x => Pair(Tensor.Lstm(x[0], x[1], x[2], x[3], x.Length > 4 ? x[4].Cast(DType.Bool) : null, hard, reverse)), tolerance: 4e-6);

    [Fact]
    public void Lstm_whose_cells_or_outputs_are_not_used()
    {
        Check.Operation("recurrent: lstm/h alone, reverse", x => [Tensor.Lstm(x[0], x[1], x[2], x[3], reverse: true).Outputs]);
        Check.Operation("recurrent: lstm/c alone", x => [Tensor.Lstm(x[0], x[1], x[2], x[3]).Cells]);
    }

    [Theory]
    [InlineData("gru", false, false, false, false)]
    [InlineData("gru/hard", false, true, false, false)]
    [InlineData("gru/reverse", false, false, true, false)]
    [InlineData("gru/mask", false, false, false, true)]
    [InlineData("gru/reset after", true, false, false, false)]
    [InlineData("gru/reset after/hard", true, true, false, false)]
    [InlineData("gru/reset after, mask, reverse", true, false, true, true)]
    public void Gru(string name, bool after, bool hard, bool reverse, bool masked) =>
        Check.Operation("recurrent: " + name, x => [Tensor.Gru(x[0], x[1], x[2], after ? x[3] : null, masked ? x[^1].Cast(DType.Bool) : null, hard, reverse)], tolerance: 4e-6);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(17)]
    [InlineData(40)]
    public void Every_vector_width_agrees_with_the_equations_step_by_step(int units)
    {
        var random = new RandomStream(units);
        var mask = random.Bernoulli([3, 4], .8);
        foreach (var type in (DType[])[DType.Float32, DType.Float64])
            foreach (var (hard, reverse) in ((bool, bool)[])[(false, false), (true, true)])
            {
                Tensor Some(params int[] sizes) => random.Normal(Shape.Of(sizes), dtype: type);
                Agree(new Strata.Operations.Lstm(hard, reverse, true), Some(3, 4, 4 * units), Some(3, units), Some(3, units), Some(units, 4 * units), mask);
                Agree(new Strata.Operations.Gru(false, hard, reverse, true), Some(3, 4, 3 * units), Some(3, units), Some(units, 3 * units), mask);
                Agree(new Strata.Operations.Gru(true, hard, reverse, true), Some(3, 4, 3 * units), Some(3, units), Some(units, 3 * units), Some(3 * units), mask);
            }
    }

    static void Agree(Strata.Operations.Multiple operation, params Tensor[] x)
    {
        Tensor[] Composed(Tensor[] z) => operation is Strata.Operations.Lstm lstm ? lstm.Composed(z) : [((Strata.Operations.Gru)operation).Composed(z)];
        Tensor[] Fused(Tensor[] z) => operation.Apply(z)[..(operation is Strata.Operations.Lstm ? 2 : 1)];
        Tensor[] All(Func<Tensor[], Tensor[]> f)
        {
            var (y, pullback) = Gradient.Vjp(f, x);
            return [.. y, .. pullback(Array.ConvertAll(y, Check.Cotangent))[..^1]];
        }

        var expected = All(Composed);
        foreach (var level in Settings.Levels)
            foreach (var (e, a) in expected.Zip(Settings.At(level, () => All(Fused))))
                Check.Close(e, a, e.DType == DType.Float32 ? 1e-5 : 1e-13, $"{operation}, {level}");
    }

    [Theory]
    [InlineData(7, 70)]
    [InlineData(33, 50)]
    [InlineData(130, 20)]
    public void Any_number_of_threads_gives_the_same_bits(int examples, int units)
    {
        var random = new RandomStream(5);
        var x = random.Normal([examples, 12, 4 * units]);
        var u = random.Normal([units, 4 * units], deviation: .1);
        var (mask, zero) = (random.Bernoulli([examples, 12], .8), Tensor.Zeros([examples, units]));

        float[][] Run()
        {
            var (y, pullback) = Gradient.Vjp(z => Pair(Tensor.Lstm(z[0], z[1], z[2], z[3], mask)), x, zero, zero, u);
            var (gru, back) = Gradient.Vjp(z => [Tensor.Gru(z[0], z[1], z[2], mask: mask)], x[.., .., ..(3 * units)], zero, u[.., ..(3 * units)]);
            return [.. y.Concat(gru).Concat(pullback([Check.Cotangent(y[0]), y[1]])).Concat(back([Check.Cotangent(gru[0])])).Select(t => t.ToArray<float>())];
        }

        var alone = Settings.OnThreads(1, Run);
        foreach (var threads in (int[])[2, 5])
            Assert.Equal(alone, Settings.OnThreads(threads, Run));
    }

    [Fact]
    public void A_masked_step_does_not_see_its_input_not_even_NaN()
    {
        var x = Tensor.Full([1, 3, 4], 1.0).WithSlice(Tensor.Full([1, 1, 4], double.NaN), 0..1, 1..2);
        var mask = Tensor.From(new[,] { { true, false, true } });
        var (zero, u) = (Tensor.Zeros([1, 1]), Tensor.Ones([1, 4]));
        var (y, dx) = Gradient.ValueAndGradient(z => Tensor.Lstm(z, zero, zero, u, mask).Outputs.Sum(), x);
        var two = Tensor.Lstm(Tensor.Ones([1, 2, 4]), zero, zero, u).Outputs.ToArray<float>();
        Assert.Equal(two[0] + two[0] + two[1], y.Item(), 1e-6);
        Check.Close(Tensor.Zeros([1, 1, 4]), dx[.., 1..2]);
    }

    [Fact]
    public void Sequences_of_no_steps_or_no_examples_are_empty()
    {
        foreach (var (n, t) in ((int, int)[])[(0, 3), (2, 0)])
        {
            var state = Tensor.Ones([n, 2]);
            var (lstm, back) = Gradient.Vjp(z => Pair(Tensor.Lstm(z[0], z[1], z[2], z[3])), Tensor.Ones([n, t, 8]), state, state, Tensor.Ones([2, 8]));
            Assert.Equal(Shape.Of(n, t, 2), lstm[0].Shape);
            Check.Close(Tensor.Zeros([2, 8]), back(lstm)[3]);
            var (gru, pullback) = Gradient.Vjp(z => [Tensor.Gru(z[0], z[1], z[2], z[3])], Tensor.Ones([n, t, 6]), state, Tensor.Ones([2, 6]), Tensor.Ones([6]));
            Assert.Equal(Shape.Of(n, t, 2), gru[0].Shape);
            Check.Close(Tensor.Zeros([6]), pullback(gru)[3]);
        }
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        var (x, h, u) = (Tensor.Zeros([2, 3, 8]), Tensor.Zeros([2, 2]), Tensor.Zeros([2, 8]));
        Check.Fails("Lstm: the input is float32 [2, 8]; it must be float32 or float64 [examples, time, 4·units].", () => Tensor.Lstm(Tensor.Zeros([2, 8]), h, h, u).Outputs);
        Check.Fails("Lstm: the recurrent kernel is [2, 6]; it must be [units, 4·units].", () => Tensor.Lstm(x, h, h, Tensor.Zeros([2, 6])).Outputs);
        Check.Fails("Lstm: the input [2, 3, 8] does not fit the recurrent kernel [3, 12] (8 ≠ 12).", () => Tensor.Lstm(x, h, h, Tensor.Zeros([3, 12])).Outputs);
        Check.Fails("Lstm: the initial states are float32 [2, 2] and float32 [1, 2]; they must be float32 [2, 2].", () => Tensor.Lstm(x, h, h[..1], u).Outputs);
        Check.Fails("Lstm: the mask is bool [3, 2]; it must be bool [2, 3].", () => Tensor.Lstm(x, h, h, u, Tensor.Zeros([3, 2], DType.Bool)).Outputs);
        Check.Fails("Gru: the recurrent bias is float32 [2]; it must be float32 [6].", () => Tensor.Gru(x[.., .., ..6], h, u[.., ..6], Tensor.Zeros([2])));
        Check.Fails("LstmStep: the pre-activations are float32 [2, 6], but a cell [2, 2] needs float32 [2, 8].", () => Tensor.LstmStep(Tensor.Zeros([2, 6]), h).Cell);
        Check.Fails("GruStep: the pre-activations are float32 [2, 6] and float32 [2, 8], but a state [2, 2] needs float32 [2, 6].", () => Tensor.GruStep(Tensor.Zeros([2, 6]), x[.., 0], h));
    }

    static Tensor[] Pair((Tensor, Tensor) y) => [y.Item1, y.Item2];
}
