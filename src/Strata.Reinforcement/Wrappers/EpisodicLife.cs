namespace Strata.Reinforcement;

/// <summary>Ends the episode when a life is lost, without beginning the game anew unless it is over. Lives are the number <c>lives</c> of
/// <see cref="Env.Info"/>.</summary>
/// <param name="inner">The environment.</param>
public sealed class EpisodicLife(Env inner) : Wrapper(inner)
{
    double lives;
    bool over = true;

    /// <summary>Whether the game itself has ended, not only a life.</summary>
    public bool GameOver => over;

    /// <inheritdoc/>
    protected override void Begin(long? seed)
    {
        if (over || seed is not null) base.Begin(seed);
        else if (Inner.Step(0).Done) base.Begin(null); // any step shows the first frame of the next life
        over = false;
        lives = Lives;
    }

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        var result = base.Advance(action);
        over = result.Done;
        var lost = Lives < lives && Lives > 0;
        lives = Lives;
        return lost ? result with { Terminated = true } : result;
    }

    double Lives => Inner.Info.GetValueOrDefault("lives");

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        snapshot.Value(ref lives);
        snapshot.Value(ref over);
    }
}
