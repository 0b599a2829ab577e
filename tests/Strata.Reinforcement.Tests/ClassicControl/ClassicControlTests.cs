namespace Strata.Reinforcement.Tests;

public sealed class ClassicControlTests
{
    [Theory]
    [InlineData("CartPole-v1")]
    [InlineData("MountainCar-v0")]
    [InlineData("MountainCarContinuous-v0")]
    [InlineData("Acrobot-v1")]
    [InlineData("Pendulum-v1")]
    public void One_step_from_random_states_is_Gymnasium_s(string name)
    {
        using var limited = Environments.Make(name);
        var env = (PhysicalEnv)((TimeLimit)limited).Inner;
        foreach (var step in Reference.Read("classic_control").GetProperty(name).GetProperty("steps").EnumerateArray())
        {
            env.SetState(step.GetProperty("state").Numbers());
            var action = step.GetProperty("action").Numbers();
            var result = env.ActionSpace is Discrete ? env.Step((int)action[0]) : env.Step([(float)action[0]]);
            Near(step.GetProperty("next").Numbers(), env.State, 1e-6);
            Near(step.GetProperty("observation").Numbers(), [.. env.Observation<float>().ToArray().Select(x => (double)x)], 2e-6);
            Assert.Equal(step.GetProperty("reward").GetDouble(), result.Reward, 1e-6);
            Assert.Equal(step.GetProperty("terminated").GetBoolean(), result.Terminated);
        }
    }

    [Theory]
    [InlineData("CartPole-v1")]
    [InlineData("MountainCar-v0")]
    [InlineData("MountainCarContinuous-v0")]
    [InlineData("Acrobot-v1")]
    [InlineData("Pendulum-v1")]
    public void A_seed_starts_where_Gymnasium_starts(string name)
    {
        using var env = Environments.Make(name);
        foreach (var reset in Reference.Read("classic_control").GetProperty(name).GetProperty("resets").EnumerateObject())
        {
            env.Reset(long.Parse(reset.Name));
            Near(reset.Value.Numbers(), [.. env.Observation<float>().ToArray().Select(x => (double)x)], 1e-7);
        }
    }

    [Fact]
    public void A_cart_pushed_right_from_rest_falls_after_9_steps()
    {
        var env = new CartPole();
        env.SetState(0, 0, 0, 0);
        var steps = 1;
        while (!env.Step(1).Done) steps++;
        Assert.Equal(9, steps);
        Near([0.140650972, 1.76038113, -0.21518605, -2.77788649], env.State, 1e-8);
    }

    [Fact]
    public void A_car_pushed_along_its_speed_climbs_in_124_steps()
    {
        var env = new MountainCar();
        env.SetState(-0.5, 0);
        var steps = 1;
        while (!env.Step(env.State[1] >= 0 ? 2 : 0).Done) steps++;
        Assert.Equal(124, steps);
    }

    [Fact]
    public void A_pendulum_driven_by_a_cosine_returns_minus_1449()
    {
        var env = new Pendulum();
        env.SetState(Math.PI, 0);
        var sum = 0.0;
        for (var t = 0; t < 200; t++) sum += env.Step([(float)(2 * Math.Cos(0.1 * t))]).Reward;
        Assert.Equal(-1449.00275, sum, 1e-3);
        Near([3.62283322, -3.13923995], env.State, 1e-5);
    }

    [Fact]
    public void A_time_limit_truncates_and_does_not_terminate()
    {
        using var env = Environments.Make("Pendulum-v1");
        env.Reset(1);
        StepResult last = default;
        for (var t = 0; t < 200; t++) last = env.Step([0f]);
        Assert.Equal((true, false), (last.Truncated, last.Terminated));
    }

    [Theory]
    [InlineData("CartPole-v1")]
    [InlineData("Pendulum-v1")]
    [InlineData("MinAtar/Seaquest-v1")]
    [InlineData("Pong-v0")]
    public void A_step_allocates_nothing(string name)
    {
        using var env = Environments.Make(name);
        Play(env, 2000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Play(env, 2000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Play(Env env, int steps)
        {
            Span<float> force = [0.5f];
            env.Reset(1);
            for (var i = 0; i < steps; i++)
                if ((env.ActionSpace is Discrete d ? env.Step(i * 7 % d.Count) : env.Step(force)).Done) env.Reset();
        }
    }

    static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}
