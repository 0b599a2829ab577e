namespace Strata.Reinforcement;

/// <summary>Lets a <see cref="DqnAgent"/> act and learn in an environment, a step at a time.</summary>
public sealed class DqnTrainer
{
    readonly DqnSettings settings;
    readonly Env env;
    readonly long seed;
    readonly byte[] state;
    readonly int actions;
    readonly List<Episode> episodes = [];
    double sum;
    int length;
    bool begun;

    /// <summary>Prepares a training.</summary>
    /// <param name="env">The environment, whose observations are single, not stacked.</param>
    /// <param name="agent">Makes the agent for states of a shape.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="seed">The seed of the environment.</param>
    public DqnTrainer(Env env, Func<Shape, DqnAgent> agent, DqnSettings settings, long seed)
    {
        (this.env, this.settings, this.seed) = (env, settings, seed);
        actions = env.ActionSpace is Discrete d ? d.Count : throw new EnvironmentException($"DqnTrainer: the actions of {env.Name} are {env.ActionSpace}; Discrete fits.");
        Replay = settings.Prioritized
            ? new PrioritizedReplayBuffer(settings.Capacity, env.ObservationSpace, settings.Stack, settings.ReturnSteps, settings.Discount)
            : new ReplayBuffer(settings.Capacity, env.ObservationSpace, settings.Stack, settings.ReturnSteps, settings.Discount);
        Agent = agent(Replay.StateShape);
        state = new byte[Replay.StateShape.Size * env.ObservationSpace.DType.Size()];
    }

    /// <summary>The agent.</summary>
    public DqnAgent Agent { get; }

    /// <summary>What it remembers.</summary>
    public ReplayBuffer Replay { get; }

    /// <summary>Steps made so far.</summary>
    public long Steps { get; private set; }

    /// <summary>The episodes that ended, with unclipped rewards.</summary>
    public IReadOnlyList<Episode> Episodes => episodes;

    /// <summary>The mean return of the last episodes; NaN before the first.</summary>
    /// <param name="count">How many at most.</param>
    public double MeanReturn(int count = 100) => episodes.Count == 0 ? double.NaN : episodes.TakeLast(count).Average(e => e.Return);

    /// <summary>Makes so many steps, or all that the settings say.</summary>
    public void Run(long? steps = null)
    {
        for (var left = steps ?? (settings.Steps - Steps); left > 0; left--) Step();
    }

    /// <summary>Makes one step of the agent, and learns if it is time.</summary>
    public void Step()
    {
        if (!begun)
        {
            env.Reset(Steps == 0 ? seed : null);
            Replay.Begin(env.ObservationBytes);
            (begun, sum, length) = (true, 0, 0);
        }

        var epsilon = Steps < settings.WarmUp ? 1 : settings.Epsilon.At(Steps);
        Replay.CopyState(state);
        var action = Agent.Explore(state, epsilon, actions);
        var result = env.Step(action);
        sum += result.Reward;
        length++;
        var reward = settings.ClipsRewards ? Math.Clamp(result.Reward, -1, 1) : result.Reward;
        Replay.Add(action, reward, result.Terminated, result.Truncated, env.ObservationBytes);
        if (result.Done)
        {
            episodes.Add(new Episode(sum, length));
            begun = false;
        }

        Steps++;
        if (Steps >= settings.WarmUp && Steps % settings.LearnEvery == 0) Learn();
        if (settings.RefreshEvery > 0 && Steps % settings.RefreshEvery == 0) Agent.Refresh();
    }

    void Learn()
    {
        if (settings.LearnsFromNewest) Agent.Learn(Replay.Latest(settings.Batch));
        else Agent.Learn(Replay, settings.Batch);
        if (settings.SoftRefresh > 0) Agent.Follow(settings.SoftRefresh);
    }
}
