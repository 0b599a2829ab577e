using System.Text.Json;
using Strata.Kernels;

namespace Strata.Tests.Kernels;

[Collection("Engine settings")]
public sealed class VectorMathTests
{
    static readonly Dictionary<string, Dictionary<string, double[][]>> table = Load();

    public static TheoryData<string> Functions => new(table.Keys);

    static Dictionary<string, Dictionary<string, double[][]>> Load()
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Reference", "elementary.json"));
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double[][]>>>(stream)!;
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_are_within_two_ulp_in_single_precision(string name)
    {
        var rows = table[name]["single"];
        var x = rows.Select(r => (float)r[0]).ToArray();
        foreach (var level in Settings.Levels)
        {
            var y = Settings.At(level, () => name == "Pow"
                ? UnaryFunctions<float>.Pow(x, rows.Select(r => (float)r[1]).ToArray())
                : UnaryFunctions<float>.All[name](x));
            for (var i = 0; i < x.Length; i++)
            {
                var expected = rows[i][^1];
                var ulp = Math.Max(MathF.BitIncrement(MathF.Abs((float)expected)) - MathF.Abs((float)expected), float.Epsilon);
                var error = Math.Abs(y[i] - expected) / ulp;
                Assert.True(error <= (name == "Erfc" ? 3 : 2), $"{name}({x[i]:R}) at {level}: {y[i]:R}, expected {expected:R}: {error:F2} ulp");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_are_within_four_ulp_in_double_precision(string name)
    {
        var rows = table[name]["double"];
        var x = rows.Select(r => r[0]).ToArray();
        foreach (var level in Settings.Levels)
        {
            var y = Settings.At(level, () => name == "Pow"
                ? UnaryFunctions<double>.Pow(x, rows.Select(r => r[1]).ToArray())
                : UnaryFunctions<double>.All[name](x));
            for (var i = 0; i < x.Length; i++)
            {
                var expected = rows[i][^1];
                var ulp = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
                var error = Math.Abs(y[i] - expected) / ulp;
                Assert.True(error <= 4, $"{name}({x[i]:R}) at {level}: {y[i]:R}, expected {expected:R}: {error:F2} ulp");
            }
        }
    }

    [Theory]
    [InlineData("Exp", "-Infinity:0 -10000:0 -0:1 0:1 10000:Infinity Infinity:Infinity NaN:NaN")]
    [InlineData("Exp2", "-Infinity:0 -10000:0 0:1 10:1024 -149:1.4012984643248171E-45 10000:Infinity Infinity:Infinity NaN:NaN")]
    [InlineData("Expm1", "-Infinity:-1 -10000:-1 -0:-0 0:0 1E-40:1E-40 10000:Infinity Infinity:Infinity NaN:NaN")]
    [InlineData("Log", "-Infinity:NaN -10000:NaN -0:-Infinity 0:-Infinity 1:0 Infinity:Infinity NaN:NaN")]
    [InlineData("Log1p", "-Infinity:NaN -10000:NaN -1:-Infinity -0:-0 0:0 1E-40:1E-40 Infinity:Infinity NaN:NaN")]
    [InlineData("Log2", "-1:NaN 0:-Infinity 1:0 1024:10 Infinity:Infinity NaN:NaN")]
    [InlineData("Log10", "-1:NaN 0:-Infinity 1:0 Infinity:Infinity NaN:NaN")]
    [InlineData("Sin", "-Infinity:NaN -0:-0 0:0 1E-40:1E-40 Infinity:NaN NaN:NaN")]
    [InlineData("Cos", "-Infinity:NaN -0:1 0:1 Infinity:NaN NaN:NaN")]
    [InlineData("Tan", "-Infinity:NaN -0:-0 0:0 1E-40:1E-40 Infinity:NaN NaN:NaN")]
    [InlineData("Asin", "-10000:NaN -0:-0 0:0 1E-40:1E-40 10000:NaN Infinity:NaN NaN:NaN")]
    [InlineData("Acos", "-10000:NaN 1:0 10000:NaN -Infinity:NaN NaN:NaN")]
    [InlineData("Atan", "-0:-0 0:0 1E-40:1E-40 NaN:NaN")]
    [InlineData("Sinh", "-Infinity:-Infinity -10000:-Infinity -0:-0 0:0 1E-40:1E-40 10000:Infinity NaN:NaN")]
    [InlineData("Cosh", "-Infinity:Infinity -10000:Infinity 0:1 10000:Infinity NaN:NaN")]
    [InlineData("Tanh", "-Infinity:-1 -10000:-1 -0:-0 0:0 1E-40:1E-40 10000:1 Infinity:1 NaN:NaN")]
    [InlineData("Sigmoid", "-Infinity:0 -10000:0 0:0.5 10000:1 Infinity:1 NaN:NaN")]
    [InlineData("Softplus", "-Infinity:0 -10000:0 10000:10000 Infinity:Infinity NaN:NaN")]
    [InlineData("Erf", "-Infinity:-1 -10000:-1 -0:-0 0:0 10000:1 Infinity:1 NaN:NaN")]
    [InlineData("Erfc", "-Infinity:2 -10000:2 0:1 10000:0 Infinity:0 NaN:NaN")]
    [InlineData("Rsqrt", "-1:NaN 0:Infinity Infinity:0 NaN:NaN")]
    [InlineData("Sign", "-Infinity:-1 -0:-0 0:0 10000:1 NaN:NaN")]
    [InlineData("Relu", "-Infinity:0 -0:-0 0:0 10000:10000 Infinity:Infinity NaN:NaN")]
    [InlineData("Round", "-2.5:-2 -0.5:-0 0.5:0 1.5:2 2.5:2 10000:10000 Infinity:Infinity NaN:NaN")]
    public void Limits_are_those_of_the_standard(string name, string rows)
    {
        foreach (var level in Settings.Levels)
            foreach (var row in rows.Split(' '))
            {
                var (x, expected) = (Number(row.Split(':')[0]), Number(row.Split(':')[1]));
                var y = Settings.At(level, () => UnaryFunctions<double>.All[name]([x])[0]);
                Assert.True(
                    y.Equals(expected) && (double.IsNaN(y) || double.IsNegative(y) == double.IsNegative(expected)),
                    $"{name}({x}) at {level}: {y}, expected {expected}");
            }
    }

    static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Powers_have_the_special_cases_of_the_standard()
    {
        double[] values = [double.NegativeInfinity, -3, -2, -1.5, -1, -0.5, -0.0, 0, 0.5, 1, 2, 3, double.PositiveInfinity, double.NaN];
        foreach (var level in Settings.Levels)
            foreach (var x in values)
                foreach (var y in values)
                {
                    var expected = Math.Pow(x, y);
                    var wide = Settings.At(level, () => UnaryFunctions<double>.Pow([x], [y])[0]);
                    var single = Settings.At(level, () => UnaryFunctions<float>.Pow([(float)x], [(float)y])[0]);
                    Assert.True(Same(expected, wide), $"{x}^{y} at {level}: {wide}, expected {expected}");
                    Assert.True(Same((float)expected, single), $"{x}^{y} in float at {level}: {single}, expected {expected}");
                }

        static bool Same(double a, double b) => double.IsNaN(a)
            ? double.IsNaN(b)
            : (a == b && double.IsNegative(a) == double.IsNegative(b)) || Math.Abs(a - b) < 1e-7 * Math.Abs(a);
    }
}
