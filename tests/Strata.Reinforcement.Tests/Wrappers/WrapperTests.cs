namespace Strata.Reinforcement.Tests;

public sealed class WrapperTests
{
    [Fact]
    public void A_skip_of_4_shows_the_brighter_of_frames_3_and_4_and_sums_the_rewards()
    {
        var env = new FrameSkip(new CountingGame(everyOther: 3));
        env.Reset(0);
        Assert.Equal(1 + 2 + 3 + 4, env.Step(1).Reward);
        Assert.Equal(3, env.ObservationBytes[0]); // frame 4 is dark
        var plain = new FrameSkip(new CountingGame());
        plain.Reset(0);
        plain.Step(1);
        Assert.Equal(4, plain.ObservationBytes[0]);
    }

    [Fact]
    public void An_episode_that_ends_within_a_skip_returns_the_part_so_far()
    {
        var env = new FrameSkip(new CountingGame(frames: 6));
        env.Reset(0);
        env.Step(0);
        Assert.Equal(new StepResult(5 + 6, true), env.Step(0));
    }

    [Fact]
    public void Areas_have_their_means()
    {
        float[] rows = [.. Enumerable.Range(0, 210).Select(i => (float)i)], columns = [.. Enumerable.Range(0, 160).Select(i => (float)i)];
        var (down, across) = (new GrayFrame.Area(210, 84), new GrayFrame.Area(160, 84));
        float[] expectedRows = [0.8f, 3.2f, 5.8f, 8.2f, 10.8f], expectedColumns = [0.475f, 2.375f, 4.275f];
        for (var i = 0; i < 5; i++) Assert.Equal(expectedRows[i], down.Mean(rows, 0, 1, i), 1e-4);
        for (var i = 0; i < 3; i++) Assert.Equal(expectedColumns[i], across.Mean(columns, 0, 1, i), 1e-4);
        Assert.Equal(208.2, down.Mean(rows, 0, 1, 83), 1e-3);
        Assert.Equal(158.525, across.Mean(columns, 0, 1, 83), 1e-3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_whole_chain_gives_gray_frames_of_84_by_84(bool cropped)
    {
        var env = Atari.Preprocess(new CountingGame(), noops: 0, cropped: cropped);
        env.Reset(0);
        env.Step(2);
        Assert.Equal(Shape.Of(84, 84, 1), env.ObservationSpace.Shape);
        Assert.True(env.ObservationBytes.IndexOfAnyExcept((byte)4) < 0);
    }

    [Fact]
    public void Episodes_begin_with_1_to_30_actions_that_do_nothing()
    {
        var game = new CountingGame();
        var env = new NoopReset(game);
        var counts = new HashSet<int>();
        for (var seed = 0; seed < 300; seed++)
        {
            game.Actions.Clear();
            env.Reset(seed);
            Assert.All(game.Actions, a => Assert.Equal(0, a));
            counts.Add(game.Actions.Count);
        }

        Assert.Equal(Enumerable.Range(1, 30), counts.Order());
    }

    [Fact]
    public void A_stack_shows_the_last_frames_oldest_first_and_zeros_before_the_episode()
    {
        var env = new FrameStack(new CountingGame(height: 2, width: 1, channels: 1), 3);
        env.Reset(0);
        env.Step(0);
        Assert.Equal(Shape.Of(2, 1, 3), env.ObservationSpace.Shape);
        Assert.Equal([0, 0, 1, 0, 0, 1], env.ObservationBytes.ToArray());
        env.Step(0);
        env.Step(0);
        Assert.Equal([1, 2, 3, 1, 2, 3], env.ObservationBytes.ToArray());
    }

    [Fact]
    public void Vectors_are_stacked_one_after_the_other()
    {
        var env = new FrameStack(new MountainCar(), 2);
        env.Reset(0);
        env.Step(2);
        Assert.Equal(4, env.ObservationSpace.Size);
        Assert.Equal(env.Inner.Observation<float>().ToArray(), env.Observation<float>()[2..].ToArray());
    }

    [Fact]
    public void Rewards_are_clipped_and_the_score_is_not()
    {
        var scored = new EpisodeStatistics(new CountingGame(frames: 3));
        var env = new ClipReward(scored);
        env.Reset(0);
        for (var t = 0; t < 3; t++) Assert.Equal(1, env.Step(0).Reward);
        Assert.Equal(new Episode(1 + 2 + 3, 3), Assert.Single(scored.Episodes));
    }

    [Fact]
    public void Observations_are_normalized_over_what_was_seen()
    {
        var env = new NormalizeObservation(new Acrobot());
        env.Reset(0);
        var sums = new double[6];
        var squares = new double[6];
        for (var t = 0; t < 3000; t++)
        {
            if (env.Step(t % 3).Done) env.Reset();
            if (t < 1000) continue;
            for (var i = 0; i < 6; i++)
            {
                sums[i] += env.Observation<float>()[i] / 2000;
                squares[i] += env.Observation<float>()[i] * env.Observation<float>()[i] / 2000;
            }
        }

        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(0, sums[i], 0.5);
            Assert.Equal(1, squares[i], 0.6);
        }
    }

    [Fact]
    public void Human_starts_begin_where_the_record_ended()
    {
        var starts = HumanStarts.Record(new CartPole(), _ => 0, 4, seed: 7, most: 5);
        var (env, plain) = (new HumanStarts(new CartPole(), starts), new CartPole());
        env.Reset(2);
        plain.Reset(7 + 2);
        foreach (var action in starts[2].Actions) plain.Step(action);
        Assert.Equal(plain.Observation<float>().ToArray(), env.Observation<float>().ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Environments_together_do_what_each_does_alone(int threads)
    {
        using var together = new VectorEnv(_ => new TimeLimit(new CartPole(), 500), 3, threads);
        var alone = Enumerable.Range(0, 3).Select(_ => new CartPole()).ToArray();
        together.Reset(10);
        for (var i = 0; i < 3; i++) alone[i].Reset(10 + i);
        for (var t = 0; t < 100; t++)
        {
            together.Step([t % 2, 1, 0]);
            for (var i = 0; i < 3; i++)
            {
                var result = alone[i].Step(i == 0 ? t % 2 : i == 1 ? 1 : 0);
                Assert.Equal(result, together.Results[i]);
                if (result.Done)
                {
                    Assert.Equal(alone[i].ObservationBytes, together.FinalObservation(i));
                    alone[i].Reset();
                }

                Assert.Equal(alone[i].ObservationBytes, together.Observations.Slice(i * 16, 16));
            }
        }
    }

    [Fact]
    public void A_failure_in_one_of_several_environments_reaches_the_caller()
    {
        using var env = new VectorEnv(_ => new CartPole(), 4, 2);
        env.Reset(0);
        Assert.Throws<EnvironmentException>(() => env.Step([0, 0, 0, 7]));
        env.Reset(0);
        env.Step([0, 0, 0, 1]);
    }
}
