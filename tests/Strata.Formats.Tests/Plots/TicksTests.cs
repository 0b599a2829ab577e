using Strata.Formats.Plots;

namespace Strata.Formats.Tests.Plots;

public class TicksTests
{
    [Theory]
    [InlineData(0, 1, 5, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-3, 7, 5, "−2 0 2 4 6")]
    [InlineData(0, 20000, 5, "0 5k 10k 15k 20k")]
    [InlineData(0, 3e6, 6, "0 0.5M 1.0M 1.5M 2.0M 2.5M 3.0M")]
    [InlineData(0, 2.1e-5, 4, "0 1×10⁻⁵ 2×10⁻⁵")]
    [InlineData(0, 4e12, 2, "0 2×10¹² 4×10¹²")]
    [InlineData(1000.25, 1000.75, 3, "1000.4 1000.6")]
    public void Linear_marks_are_round_and_written_alike(double low, double high, int most, string expected) =>
        Assert.Equal(expected, string.Join(' ', Ticks.Linear(new(low, high), most).Labels));

    [Theory]
    [InlineData(.001, 1000, 8, "0.001 0.01 0.1 1 10 100 1000")]
    [InlineData(1e-6, 1e2, 5, "10⁻⁶ 10⁻⁴ 10⁻² 10⁰ 10²")]
    [InlineData(.9, 11, 8, "1 2 5 10")]
    [InlineData(3, 4.5, 4, "3.0 3.5 4.0 4.5")]
    public void Logarithmic_marks_follow_the_span(double low, double high, int most, string expected)
    {
        var ticks = Ticks.Of(new Axis("", Scale.Logarithmic), new(low, high), most);
        Assert.Equal(expected, string.Join(' ', ticks.Labels));
        Assert.Empty(ticks.Minor.Intersect(ticks.Values));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e16, 1e16 + 2)]
    [InlineData(-1e300, 1e300)]
    [InlineData(0, double.Epsilon)]
    [InlineData(5e-324, 1e300)]
    public void Any_interval_ends_with_few_finite_marks(double low, double high)
    {
        foreach (var axis in (Axis[])[new(), new("", Scale.Logarithmic)])
        {
            if (axis.IsLogarithmic && low <= 0) continue;
            var ticks = Ticks.Of(axis, new(low, high), 5);
            Assert.InRange(ticks.Values.Length, 0, 12);
            Assert.All(ticks.Values, v => Assert.True(double.IsFinite(v)));
            Assert.Equal(ticks.Values.Length, ticks.Labels.Length);
        }
    }

    [Theory]
    [InlineData(0.25, 6, "0.25")]
    [InlineData(-1234.5678, 6, "−1234.57")]
    [InlineData(12345, 3, "12345")]
    [InlineData(0.00001, 6, "10⁻⁵")]
    [InlineData(-2.5e9, 6, "−2.5×10⁹")]
    [InlineData(double.NaN, 6, "NaN")]
    [InlineData(double.NegativeInfinity, 6, "−∞")]
    public void A_number_by_itself_is_short(double value, int digits, string expected) => Assert.Equal(expected, Ticks.Label(value, digits));
}
