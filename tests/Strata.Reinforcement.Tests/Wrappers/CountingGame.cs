using Strata.Formats.Images;

namespace Strata.Reinforcement.Tests;

/// <summary>A game of pictures whose frame t is of one color, t; it ends after so many frames. Each frame is worth its number.</summary>
sealed class CountingGame(int frames = 200, int height = 210, int width = 160, int channels = 3, int everyOther = 0)
    : RandomEnv(new Box(0, 255, [height, width, channels], DType.UInt8), new Discrete(4))
{
    int t;

    public List<int> Actions { get; } = [];

    protected override void Begin()
    {
        t = 0;
        Writable<byte>().Clear();
    }

    protected override StepResult Advance(AgentAction action)
    {
        Actions.Add(action.Index);
        t++;
        Writable<byte>().Fill((byte)(everyOther > 0 && t % everyOther != 0 ? 0 : t));
        return new StepResult(t, t == frames);
    }

    public override Image Render() => new(height, width, channels, ObservationBytes.ToArray());

    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        snapshot.Value(ref t);
    }
}
