namespace Strata.Reinforcement.Tests;

/// <summary>The protocol against stand-ins written in shell.</summary>
public sealed class RemoteEnvTests
{
    const string Spaces = """{"observation_space":{"type":"box","shape":[210,160,3],"dtype":"uint8","low":0,"high":255},"action_space":{"type":"discrete","count":4},"meanings":["NOOP","FIRE","RIGHT","LEFT"]}""";

    // Serves a game of pictures in one color, the number of the frame, which ends at the fourth.
    const string Game = $$$"""
        t=0
        reply() { printf '{"bytes":100800,"reward":%s,"terminated":%s,"truncated":false,"info":{"lives":3,"name":"x"}}\n' $1 $2; head -c 100800 /dev/zero | tr '\0' "\\$t"; }
        while read -r line; do
          case "$line" in
            *make*) echo '{{{Spaces}}}' ;;
            *reset*) t=0; reply 0 false ;;
            *step*) t=$((t + 1)); if [ $t -ge 4 ]; then reply 10 true; else reply 1 false; fi ;;
            *close*) exit 0 ;;
            *) echo '{"error":"what?"}' ;;
          esac
        done
        """;

    static RemoteEnv Start(string script, double seconds = 20) => RemoteEnv.Start("/bin/sh", ["-c", script], "Game-v0", timeout: TimeSpan.FromSeconds(seconds));

    static string Failure(Action act) => Assert.Throws<EnvironmentException>(act).Message;

    [Fact]
    public void A_game_is_played_over_the_protocol()
    {
        using var env = Start(Game);
        Assert.Equal(new Discrete(4), env.ActionSpace);
        Assert.Equal(["NOOP", "FIRE", "RIGHT", "LEFT"], env.Meanings);
        env.Reset(5);
        Assert.Equal(3, env.Info["lives"]);
        Assert.Equal(new StepResult(1), env.Step(2));
        Assert.True(env.ObservationBytes.IndexOfAnyExcept((byte)1) < 0);
    }

    // A counter and a vector, as float64: 16 bytes of zeros are (0, (0)).
    [Fact]
    public void Observations_of_several_parts_come_one_after_the_other()
    {
        using var env = Start("""
            while read -r line; do
              case "$line" in
                *make*) echo '{"observation_space":{"type":"dict","spaces":{"v":{"type":"box","shape":[2],"dtype":"float32"},"n":{"type":"discrete","count":3}}},"action_space":{"type":"multi_discrete","counts":[2,4]}}' ;;
                *) echo '{"bytes":24,"reward":0,"terminated":true,"truncated":false}'; head -c 24 /dev/zero ;;
              esac
            done
            """);
        var space = Assert.IsType<Dict>(env.ObservationSpace);
        Assert.Equal(["n", "v"], space.Names);
        Assert.Equal(DType.Float64, space.DType);
        Assert.Equal(new MultiDiscrete(2, 4), env.ActionSpace);
        env.Reset(1);
        Assert.Equal([0.0, 0, 0], env.Observation<double>().ToArray());
        Assert.True(env.Step([1, 3]).Terminated);
    }

    [Fact]
    public void The_preprocessing_of_the_papers_works_on_it()
    {
        using var env = Atari.Preprocess(Start(Game), noops: 0);
        env.Reset(0);
        Assert.Equal(new StepResult(13, Terminated: true), env.Step(1));
        Assert.True(env.ObservationBytes.IndexOfAnyExcept((byte)4) < 0);
    }

    [Fact]
    public void A_peer_that_is_silent_is_ended() =>
        Assert.Equal("The outside environment ('sh') did not answer within 0.3 s and was ended.", Failure(() => Start("sleep 1000", 0.3)));

    [Fact]
    public void A_peer_that_stops_in_the_middle_of_a_frame_is_ended()
    {
        using var env = Start($"read -r line; echo '{Spaces}'; read -r line; echo '{{\"bytes\":100800}}'; echo few; sleep 1000", 0.5);
        Assert.Equal("The outside environment ('sh') did not answer within 0.5 s and was ended.", Failure(() => env.Reset(0)));
        Assert.Equal("The outside environment ('sh') was ended after an error; start it anew.", Failure(() => env.Reset(0)));
    }

    [Fact]
    public void A_peer_that_dies_is_named_with_its_last_words() => Assert.Equal(
        "The outside environment ('sh') ended with exit code 3 instead of answering. It last said: no module named gymnasium",
        Failure(() => Start("echo 'no module named gymnasium' >&2; exit 3")).TrimEnd('.'));

    [Theory]
    [InlineData("echo rubbish", "answered 'rubbish', which is no line of its protocol.")]
    [InlineData("echo '[1]'", "answered '[1]', which is no line of its protocol.")]
    [InlineData("echo '{}'", "did not say its observation_space.")]
    [InlineData("echo '{\"error\":\"NameNotFound: Game\"}'", "reports: NameNotFound: Game.")]
    [InlineData("echo '{\"observation_space\":{\"type\":\"box\",\"shape\":[99999,99999]}}'", "gave observation_space the shape [99999,99999].")]
    [InlineData("echo '{\"observation_space\":{\"type\":\"graph\"}}'", "has observation_space of the type 'graph'; discrete, multi_discrete, multi_binary, box and dict are supported.")]
    [InlineData("echo '{\"observation_space\":{\"type\":\"dict\"}}'", "gave observation_space no spaces.")]
    [InlineData("echo '{\"observation_space\":{\"type\":\"dict\",\"spaces\":{\"a\":{\"type\":\"discrete\",\"count\":0.5}}}}'", "gave observation_space 'a' 0.5 elements.")]
    [InlineData("echo '{\"observation_space\":{\"type\":\"multi_discrete\",\"counts\":[]}}'", "gave observation_space no counts.")]
    public void Rubbish_is_one_clear_error(string script, string expected) =>
        Assert.Equal("The outside environment ('sh') " + expected, Failure(() => Start("read -r line; " + script + "; sleep 1000")));

    [Fact]
    public void A_line_without_end_is_refused() =>
        Assert.Equal("The outside environment ('sh') sent a line of more than 1048576 bytes.", Failure(() => Start("tr '\\0' x </dev/zero")));

    [Fact]
    public void A_frame_of_another_size_is_refused()
    {
        using var env = Start($"read -r line; echo '{Spaces}'; read -r line; echo '{{\"bytes\":7}}'; sleep 1000");
        Assert.Equal("The outside environment ('sh') announced 7 bytes where 100800 belong.", Failure(() => env.Reset(0)));
    }

    [Fact]
    public void A_program_that_is_not_there_is_named() =>
        Assert.StartsWith("The outside environment's program 'no-such-program' cannot be started", Failure(() => RemoteEnv.Start("no-such-program", [], "Game-v0")));
}
