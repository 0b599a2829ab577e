using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>A finite Markov decision process to act in; the observation is the number of the state.</summary>
/// <param name="mdp">The process.</param>
public sealed class FiniteMdpEnv(FiniteMdp mdp) : RandomEnv(new Discrete(mdp.States), new Discrete(mdp.Actions))
{
    int state;

    /// <summary>The process.</summary>
    public FiniteMdp Mdp => mdp;

    /// <summary>The number of the current state.</summary>
    public int State => state;

    /// <inheritdoc/>
    protected override void Begin()
    {
        state = mdp.Starts[mdp.Starts.Count == 1 ? 0 : Random.NextInt(mdp.Starts.Count)];
        Writable<long>()[0] = state;
    }

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        var outcomes = mdp.Outcomes(state, action.Index);
        var chosen = outcomes[^1];
        var left = outcomes.Length == 1 ? 0 : Random.NextDouble();
        foreach (var outcome in outcomes)
        {
            left -= outcome.Probability;
            if (left >= 0) continue;
            chosen = outcome;
            break;
        }

        state = chosen.Next;
        Writable<long>()[0] = state;
        return new StepResult(chosen.Reward, mdp.IsTerminal(state));
    }

    /// <inheritdoc/>
    public override Image Render()
    {
        const int Cell = 16;
        var columns = mdp.Columns > 0 ? mdp.Columns : mdp.States;
        var canvas = new Canvas(columns * Cell, (mdp.States + columns - 1) / columns * Cell);
        for (var s = 0; s < mdp.States; s++)
        {
            var (x, y) = (s % columns * Cell, s / columns * Cell);
            canvas.Rectangle(x + 1, y + 1, Cell - 2, Cell - 2, mdp.IsTerminal(s) ? Color.Leaf : Color.Silver);
            if (s == state) canvas.Disk(x + (Cell / 2), y + (Cell / 2), Cell / 3, Color.Azure);
        }

        return canvas.ToImage();
    }

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        snapshot.Value(ref state);
    }
}
