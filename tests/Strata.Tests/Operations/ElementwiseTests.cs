namespace Strata.Tests.Operations;

public sealed class ElementwiseTests
{
    static readonly Dictionary<string, Func<Tensor, Tensor>> unary = new()
    {
        ["exp"] = x => x.Exp(),
        ["exp2"] = x => x.Exp2(),
        ["expm1"] = x => x.Expm1(),
        ["log"] = x => x.Log(),
        ["log1p"] = x => x.Log1p(),
        ["log2"] = x => x.Log2(),
        ["log10"] = x => x.Log10(),
        ["sin"] = x => x.Sin(),
        ["cos"] = x => x.Cos(),
        ["tan"] = x => x.Tan(),
        ["asin"] = x => x.Asin(),
        ["acos"] = x => x.Acos(),
        ["atan"] = x => x.Atan(),
        ["sinh"] = x => x.Sinh(),
        ["cosh"] = x => x.Cosh(),
        ["tanh"] = x => x.Tanh(),
        ["sigmoid"] = x => x.Sigmoid(),
        ["softplus"] = x => x.Softplus(),
        ["erf"] = x => x.Erf(),
        ["erfc"] = x => x.Erfc(),
        ["sqrt"] = x => x.Sqrt(),
        ["rsqrt"] = x => x.Rsqrt(),
        ["square"] = x => x.Square(),
        ["reciprocal"] = x => x.Reciprocal(),
        ["abs"] = x => x.Abs(),
        ["sign"] = x => x.Sign(),
        ["relu"] = x => x.Relu(),
        ["negate"] = x => -x,
        ["floor"] = x => x.Floor(),
        ["ceiling"] = x => x.Ceiling(),
        ["round"] = x => x.Round(),
        ["truncate"] = x => x.Truncate(),
        ["log gamma"] = x => x.LogGamma(),
    };

    public static TheoryData<string> Unary => new(unary.Keys);

    public static TheoryData<string> Shapes => new(
        "[3, 1, 5] [1, 4, 5]", "[2, 3, 4] [3, 1]", "[5, 1] [1, 6]", "[1] [2, 3]", "[2, 1, 3, 1, 2] [4, 1, 5, 1]", "[128, 10] [10]", "[7, 33] [7, 1]", "[0, 3] [1, 3]");

    [Theory]
    [MemberData(nameof(Unary))]
    public void A_function_of_one_argument(string name) => Check.Operation($"elementwise: {name}", unary[name]);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Shapes_broadcast(string shapes) => Check.Operation($"elementwise: subtract {shapes}", (a, b) => a - b, smooth: shapes.Length > 15 && !shapes.StartsWith("[128"));

    [Fact]
    public void Maximum() => Check.Operation("elementwise: maximum", Tensor.Maximum);

    [Fact]
    public void Equal_elements_share_the_gradient_of_a_maximum()
    {
        var (_, pullback) = Gradient.Vjp(x => [Tensor.Maximum(x[0], x[1])], Tensor.From(1.0, 2, 3), Tensor.From(1.0, 3, 2));
        var d = pullback([Tensor.From(1.0, 1, 1)]);
        Check.Close(Tensor.From(0.5, 0, 1), d[0]);
        Check.Close(Tensor.From(0.5, 1, 0), d[1]);
    }

    [Fact]
    public void Minimum() => Check.Operation("elementwise: minimum", Tensor.Minimum);

    [Fact]
    public void Clip() => Check.Operation("elementwise: clip", x => x.Clip(-0.5, 0.25));

    [Fact]
    public void Where() => Check.Operation("elementwise: where", x => [Tensor.Where(x[0], x[1], x[2])]);

    [Fact]
    public void Where_broadcasts() => Check.Operation("elementwise: where/broadcasting", x => [Tensor.Where(x[0], x[1], x[2])]);

    [Fact]
    public void Power() => Check.Operation("elementwise: power", (a, b) => a.Power(b), tolerance: 5e-6);

    [Fact]
    public void Power_broadcasts() => Check.Operation("elementwise: power/broadcasting", (a, b) => a.Power(b), tolerance: 5e-6);

    [Fact]
    public void Power_at_zero() => Check.Operation("elementwise: power/at zero", (a, b) => a.Power(b));

    [Fact]
    public void Remainder() => Check.Operation("elementwise: remainder", (a, b) => a.Remainder(b));

    [Fact]
    public void Remainder_by_negative_numbers() => Check.Operation("elementwise: remainder/negative", (a, b) => a.Remainder(b));

    [Fact]
    public void Remainders_of_integers_have_the_sign_of_the_divisor() =>
        Check.Close(Tensor.From(1, 2, -2, 0, 0), Tensor.From(7, -7, 7, 5, int.MinValue).Remainder(Tensor.From(3, 3, -3, 0, -1)));

    [Fact]
    public void Atan2() => Check.Operation("elementwise: atan2", Tensor.Atan2);

    [Fact]
    public void Atan2_at_zeros_and_infinities()
    {
        double[] values = [0, -0.0, 1, -1, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        foreach (var y in values)
            foreach (var x in values)
                Check.Close(Tensor.From(Math.Atan2(y, x)), Tensor.Atan2(Tensor.From(y), Tensor.From(x)), 1e-15, $"atan2({y}, {x})");
    }

    [Fact]
    public void Power_with_a_number() => Check.Operation("elementwise: power/number", x => x.Power(3));

    [Fact]
    public void Powers_at_zero_have_finite_gradients()
    {
        var (_, pullback) = Gradient.Vjp(x => [x[0].Power(x[1])], Tensor.From(0.0, 0, 2), Tensor.From(0.0, 2, 0));
        var d = pullback([Tensor.From(1.0, 1, 1)]);
        Check.Close(Tensor.From(0.0, 0, 0), d[0]);
        Check.Close(Tensor.From(0.0, 0, Math.Log(2)), d[1]);
    }

    [Fact]
    public void Digamma()
    {
        Check.Operation("elementwise: digamma", x => x.Digamma());
        GradientCheck.Verify(x => x.Digamma(), Tensor.From(-1.3, -0.4, 0.3, 1, 2.5, 30));
        var trigamma = Gradient.Of(x => x.Digamma().Sum(), Tensor.From(1.0, 0.5));
        Check.Close(Tensor.From(Math.PI * Math.PI / 6, Math.PI * Math.PI / 2), trigamma, 1e-14);
    }

    [Fact]
    public void Sigmoid_cross_entropy() => Check.Operation("elementwise: sigmoid cross-entropy", Tensor.SigmoidCrossEntropy);

    [Fact]
    public void Comparisons_give_truth_values_and_broadcast()
    {
        var a = Tensor.From(new float[,] { { 1, 2, float.NaN }, { 3, 2, 1 } });
        var b = Tensor.From(2f, 2, 2);
        Check.Close(Bools(1, 0, 0, 0, 0, 1).Reshape([2, 3]), a < b);
        Check.Close(Bools(1, 1, 0, 0, 1, 1).Reshape([2, 3]), a <= b);
        Check.Close(Bools(0, 0, 0, 1, 0, 0).Reshape([2, 3]), a > 2);
        Check.Close(Bools(0, 1, 0, 1, 1, 0).Reshape([2, 3]), a >= 2);
        Check.Close(Bools(0, 1, 0, 0, 1, 0).Reshape([2, 3]), a.EqualTo(2));
        Check.Close(Bools(1, 0, 1, 1, 0, 1).Reshape([2, 3]), a.NotEqualTo(b));
        Check.Close(Bools(0, 0, 1, 0, 0, 0).Reshape([2, 3]), a.IsNaN());
    }

    [Fact]
    public void Numbers_that_a_uint8_cannot_hold_compare_rightly()
    {
        var x = Tensor.From<byte>(0, 200, 255);
        Check.Close(Bools(1, 1, 1), x > -1);
        Check.Close(Bools(1, 1, 1), x < 300);
        Check.Close(Tensor.From(-1, 199, 254), x + -1);
    }

    [Fact]
    public void Truth_values_combine()
    {
        var (a, b) = (Bools(0, 0, 1, 1), Bools(0, 1, 0, 1));
        Check.Close(Bools(0, 0, 0, 1), a & b);
        Check.Close(Bools(0, 1, 1, 1), a | b);
        Check.Close(Bools(0, 1, 1, 0), a ^ b);
        Check.Close(Bools(1, 1, 0, 0), !a);
        Check.Close(Tensor.From(0, 1, 1, 2), a + b);
    }

    [Fact]
    public void Integers_keep_their_type()
    {
        Check.Close(Tensor.From(-3, 3, 0), Tensor.From(-7, 7, 5) / Tensor.From(2, 2, 0));
        Check.Close(Tensor.From(7L, 5), Tensor.From(-7L, 5).Abs());
        Check.Close(Tensor.From(1.5f, 2.5f), Tensor.From(1, 2) + 0.5);
        Check.Close(Tensor.From(1f, 2f), Tensor.From(1, 4).Sqrt());
    }

    [Fact]
    public void Casts_cut_and_saturate()
    {
        var x = Tensor.From(-1.7f, 1.7f, 300f, 3e9f, float.NaN, float.NegativeInfinity);
        Check.Close(Tensor.From(-1, 1, 300, int.MaxValue, 0, int.MinValue), x.Cast(DType.Int32));
        Check.Close(Tensor.From<byte>(0, 1, 255, 255, 0, 0), x.Cast(DType.UInt8));
        Check.Close(Bools(1, 0, 1), Tensor.From(0.25, 0, -3).Cast(DType.Bool));
        Check.Close(Tensor.From(1f, 0), Bools(1, 0).Cast(DType.Float32));
    }

    [Fact]
    public void Every_cast_keeps_small_whole_numbers()
    {
        DType[] types = [DType.UInt8, DType.Int32, DType.Int64, DType.Float32, DType.Float64];
        foreach (var from in types)
            foreach (var to in types)
                Check.Close(Tensor.From(Enumerable.Range(0, 70).ToArray(), [70]).Cast(to), Tensor.From(Enumerable.Range(0, 70).ToArray(), [70]).Cast(from).Cast(to));
    }

    [Fact]
    public void Empty_tensors_stay_empty()
    {
        var x = Tensor.Zeros([3, 0]);
        Assert.Equal([3, 0], x.Exp().Shape);
        Assert.Equal([3, 0], (x + Tensor.Zeros([3, 1])).Shape);
        Assert.Equal([3, 0], Tensor.Where(x > 0, x, 1).Shape);
    }

    [Fact]
    public void A_clip_with_crossed_bounds_is_refused() =>
        Check.Fails("Clip: the lower bound 1 is above the upper bound -1.", () => Tensor.Zeros([2]).Clip(1, -1));

    [Fact]
    public void Bits_of_floats_are_refused() =>
        Check.Fails("And: the operands are float32; they must be truth values or integers.", () => Tensor.Zeros([2]) & Tensor.Zeros([2]));

    internal static Tensor Bools(params int[] values) => Tensor.From(values, [values.Length]).Cast(DType.Bool);
}
