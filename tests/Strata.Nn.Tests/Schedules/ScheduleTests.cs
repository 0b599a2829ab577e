namespace Strata.Nn.Tests.Schedules;

public sealed class ScheduleTests
{
    [Fact]
    public void Each_schedule_follows_its_formula()
    {
        Assert.Equal([0.1, 0.1], At(0.1, 0, 1000));
        Rates([1, 1, 0.1, 0.01], new StepDecay(1, 10), 0, 9, 10, 20);
        Rates([1, Math.Sqrt(0.5), 0.5], new ExponentialDecay(1, 10, 0.5), 0, 5, 10);
        Rates([1, 0.55, 0.1, 0.1], new PolynomialDecay(1, 10, 0.1), 0, 5, 10, 99);
        Rates([1, 0.25], new PolynomialDecay(1, 10, 0, Power: 2), 0, 5);
        Rates([2, 1, 0, 0], new CosineDecay(2, 10), 0, 5, 10, 11);
        Rates([2, 1.1, 0.2], new CosineDecay(2, 10, 0.1), 0, 5, 10);
        Rates([1, 0.5], new InverseTimeDecay(1, 10, 1), 0, 10);
        Rates([1, 1, 0.5, 0.1], new PiecewiseConstant([5, 8], [1, 0.5, 0.1]), 0, 5, 6, 9);
        Rates([0.25, 0.5, 1, 1, 0.1], new StepDecay(1, 10).WarmUp(4), 0, 1, 3, 4, 14);
    }

    [Fact]
    public void Boundaries_and_rates_must_fit() => Assert.Contains(
        "2 boundaries need 3 rates", Assert.Throws<ArgumentException>(() => new PiecewiseConstant([1, 2], [1, 2])).Message);

    static double[] At(Schedule schedule, params long[] steps) => Array.ConvertAll(steps, schedule.At);

    static void Rates(double[] expected, Schedule schedule, params long[] steps) => Check.Close(expected, Tensor.From(At(schedule, steps)), 1e-12);
}
