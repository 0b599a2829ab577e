using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>A corridor with a cue at its beginning that says which way to turn at its end: +1 or −1 there, so that only an agent that remembers gets more than 0
/// on average (Bakker 2002). Actions: on, left, right; turning within the corridor, or not turning at its end, costs .1. Observation: cue left, cue right, corridor, end.</summary>
/// <param name="length">Cells of the corridor, at least 1.</param>
public sealed class TMaze(int length) : RandomEnv(new Box(0, 1, [4]), new Discrete(3))
{
    int place;
    bool left;

    /// <inheritdoc/>
    protected override void Begin()
    {
        (place, left) = (0, Random.NextInt(2) == 0);
        Draw();
    }

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        var atEnd = place == length;
        if (!atEnd && action.Index == 0) place++;
        Draw();
        if (atEnd != action.Index > 0) return new StepResult(-0.1);
        return atEnd ? new StepResult(action.Index == 1 == left ? 1 : -1, true) : default;
    }

    void Draw()
    {
        var seen = Writable<float>();
        seen.Clear();
        seen[place == 0 ? (left ? 0 : 1) : place == length ? 3 : 2] = 1;
    }

    /// <inheritdoc/>
    public override Image Render()
    {
        const int Cell = 16;
        var canvas = new Canvas((length + 1) * Cell, 3 * Cell).Rectangle(0, 0, (length + 1) * Cell, 3 * Cell, Color.Gray)
            .Rectangle(0, Cell, (length + 1) * Cell, Cell, Color.Silver).Rectangle(length * Cell, 0, Cell, 3 * Cell, Color.Silver)
            .Rectangle(length * Cell, left ? 0 : 2 * Cell, Cell, Cell, Color.Leaf);
        return canvas.Disk((place + 0.5) * Cell, 1.5 * Cell, 5, Color.Azure).ToImage();
    }

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        snapshot.Value(ref place);
        snapshot.Value(ref left);
    }
}
