namespace Strata.Reinforcement.Tests;

public sealed class GridGameTests
{
    [Theory]
    [InlineData("breakout")]
    [InlineData("space_invaders")]
    [InlineData("freeway")]
    [InlineData("asterix")]
    [InlineData("seaquest")]
    public void Random_play_goes_as_in_MinAtar(string game)
    {
        foreach (var run in Reference.Read("grid_games").GetProperty(game).EnumerateArray())
        {
            GridGame env = game switch
            {
                "breakout" => new Breakout(0, allActions: true),
                "space_invaders" => new SpaceInvaders(0, allActions: true),
                "freeway" => new Freeway(0, allActions: true),
                "asterix" => new Asterix(0, allActions: true),
                _ => new Seaquest(0),
            };
            var (actions, rewards) = (run.GetProperty("actions").GetString()!, run.GetProperty("rewards").GetString()!);
            var ends = run.GetProperty("ends").EnumerateArray().Select(e => e.GetInt32()).ToHashSet();
            var hashes = run.GetProperty("hashes").EnumerateArray().Select(h => h.GetUInt32()).ToArray();
            env.Reset(run.GetProperty("seed").GetInt64());
            Assert.Equal(hashes[0], Hash(env.ObservationBytes));
            for (var t = 0; t < actions.Length; t++)
            {
                var result = env.Step(actions[t] - '0');
                Assert.Equal((t, rewards[t] - '0', ends.Contains(t)), (t, (int)result.Reward, result.Terminated));
                Assert.True(hashes[t + 1] == Hash(env.ObservationBytes), $"the observation differs after step {t}");
                if (result.Done) env.Reset();
            }
        }
    }

    static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var h = 2166136261u;
        foreach (var b in bytes) h = (h ^ b) * 16777619;
        return h;
    }

    [Theory]
    [InlineData(true, 9, 84)]
    [InlineData(false, 9, 84)]
    public void A_paddle_that_follows_the_ball_never_misses(bool left, int after100, int after1000)
    {
        var env = new Breakout(0);
        for (var seed = 0; ; seed++)
        {
            env.Reset(seed);
            if (env.BallColumn == 0 == left) break;
        }

        var sum = 0.0;
        for (var t = 1; t <= 1000; t++)
        {
            var result = env.Step(env.BallColumn < env.PaddleColumn ? 1 : env.BallColumn > env.PaddleColumn ? 2 : 0);
            Assert.False(result.Done);
            sum += result.Reward;
            if (t == 100) Assert.Equal(after100, sum);
        }

        Assert.Equal(after1000, sum);
    }

    [Theory]
    [InlineData("0", 17, 0)]
    [InlineData("30", 18, 3)]
    [InlineData("3132", 28, 4)]
    public void Space_Invaders_ends_when_the_cannon_is_hit(string cycle, int steps, int total)
    {
        var env = new SpaceInvaders(0); // none, left, right, fire
        env.Reset(0);
        var (t, sum) = (0, 0.0);
        StepResult result;
        do
        {
            result = env.Step(cycle[t++ % cycle.Length] - '0');
            sum += result.Reward;
        }
        while (!result.Done);
        Assert.Equal((steps, total), (t, (int)sum));
    }

    [Fact]
    public void A_chicken_that_always_goes_up_arrives_37_times()
    {
        var env = new Freeway(0) { FixedSpeeds = [1, -2, 3, -4, 5, -1, 2, -3] };
        env.Reset(0);
        var (t, sum) = (0, 0.0);
        StepResult result;
        do
        {
            result = env.Step(1);
            sum += result.Reward;
            t++;
        }
        while (!result.Done);
        Assert.Equal((2501, 37), (t, (int)sum));
    }

    [Fact]
    public void A_ball_is_caught_by_a_paddle_that_computes_where_it_lands()
    {
        var env = new Catch();
        var caught = 0;
        for (var episode = 0; episode < 50; episode++)
        {
            env.Reset(episode);
            env.Step(0);
            var before = Column(env, 1);
            env.Step(0);
            var (x, speed) = (Column(env, 2), Column(env, 2) - before);
            for (var row = 2; row < 9; row++)
            {
                x += speed;
                if (x is >= 0 and <= 9) continue;
                (x, speed) = (x < 0 ? -x : 18 - x, -speed);
            }

            StepResult result;
            var paddle = Column(env, 9);
            do
            {
                result = env.Step(paddle > x ? 1 : paddle < x ? 2 : 0);
                paddle += Math.Sign(x - paddle);
            }
            while (!result.Done);
            if (result.Reward > 0) caught++;
        }

        Assert.InRange(caught, 35, 50); // after two idle steps some balls are out of reach

        static int Column(Env env, int row) => env.Observation<byte>().Slice(row * 10, 10).IndexOf((byte)255);
    }

    [Fact]
    public void Pong_is_lost_by_a_paddle_that_stays_and_not_by_one_that_follows()
    {
        Assert.True(Score(env => 0) < 0);
        Assert.True(Score(Follow) >= 0);

        static double Score(Func<Pong, int> policy)
        {
            var (env, sum) = (new Pong(), 0.0);
            env.Reset(1);
            var left = 3000;
            StepResult result;
            do
            {
                result = env.Step(policy(env));
                sum += result.Reward;
            }
            while (!result.Done && left-- > 0);
            return sum;
        }

        static int Follow(Pong env)
        {
            var pixels = env.Observation<byte>();
            var (ball, top) = (-1, -1);
            for (var i = 0; i < pixels.Length; i++)
            {
                if (pixels[i] == 0) continue;
                if (i % 24 == 22) top = top < 0 ? i / 24 : top;
                else if (i % 24 != 1) ball = i / 24;
            }

            return ball < 0 || ball == top + 1 || ball == top + 2 ? 0 : ball < top + 1 ? 1 : 2;
        }
    }

    [Theory]
    [InlineData("MinAtar/Seaquest-v1")]
    [InlineData("MinAtar/SpaceInvaders-v1")]
    [InlineData("MinAtar/Asterix-v1")]
    [InlineData("MinAtar/Breakout-v1")]
    [InlineData("MinAtar/Freeway-v1")]
    [InlineData("Catch-v0")]
    [InlineData("Pong-v0")]
    [InlineData("CartPole-v1")]
    [InlineData("Acrobot-v1")]
    [InlineData("CliffWalking-v0")]
    public void A_restored_snapshot_goes_on_alike(string name)
    {
        using var env = Environments.Make(name);
        env.Reset(3);
        for (var t = 0; t < 5; t++) env.Step(t % 2);
        var snapshot = env.Snapshot();
        var first = Continue();
        env.Restore(snapshot);
        Assert.Equal(first, Continue());

        uint[] Continue()
        {
            var hashes = new List<uint>();
            for (var t = 0; t < 60; t++)
            {
                if (env.Step(t % ((Discrete)env.ActionSpace).Count).Done) env.Reset();
                hashes.Add(Hash(env.ObservationBytes));
            }

            return [.. hashes];
        }
    }

    [Fact]
    public void Every_environment_draws_a_picture_and_stays_in_its_space()
    {
        foreach (var name in Environments.Names)
        {
            using var env = Environments.Make(name);
            var random = new NumpyRandom(5);
            var action = new double[env.ActionSpace.Size];
            env.Reset(1);
            for (var t = 0; t < 100; t++)
            {
                env.ActionSpace.Sample(random, action);
                Assert.True(env.ActionSpace.Contains(action));
                var result = env.ActionSpace is Discrete ? env.Step((int)action[0]) : env.Step(Array.ConvertAll(action, a => (float)a));
                if (result.Done) env.Reset();
            }

            var image = env.Render();
            Assert.True(image.Bytes.IndexOfAnyExcept(image.Bytes[0]) >= 0, $"the picture of {name} is empty");
        }
    }

    [Fact]
    public void What_does_not_fit_is_one_sentence()
    {
        using var env = Environments.Make("CartPole-v1");
        Assert.Equal("CartPole: there is no episode under way; call Reset before Step.", Assert.Throws<EnvironmentException>(() => env.Step(0)).Message);
        env.Reset(0);
        Assert.Equal("CartPole: the action 2 is not in Discrete(2).", Assert.Throws<EnvironmentException>(() => env.Step(2)).Message);
        Assert.Equal("CartPole: the action [0.5] is not in Discrete(2).", Assert.Throws<EnvironmentException>(() => env.Step([0.5f])).Message);
        Assert.Equal("CartPole: observations are float32, not uint8.", Assert.Throws<EnvironmentException>(() => env.Observation<byte>().Length).Message);
        Assert.Contains("There is no environment 'Nope-v0'", Assert.Throws<EnvironmentException>(() => Environments.Make("Nope-v0")).Message);
    }
}
