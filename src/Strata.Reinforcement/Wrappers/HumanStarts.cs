namespace Strata.Reinforcement;

/// <summary>Begins episodes in the middle of recorded ones, one after the other: the evaluation of Nair et al. (2015) from starts that a person played
/// to, where an agent cannot repeat what it knows by heart. Rewards before the start do not count.</summary>
/// <param name="inner">The environment, which repeats an episode when seed and actions are the same.</param>
/// <param name="starts">The starts, at least one.</param>
public sealed class HumanStarts(Env inner, IReadOnlyList<StartState> starts) : Wrapper(inner)
{
    int next;

    /// <inheritdoc/>
    protected override void Begin(long? seed)
    {
        if (seed is { } s) next = (int)(s % starts.Count);
        var start = starts[next];
        next = (next + 1) % starts.Count;
        Inner.Reset(start.Seed);
        foreach (var action in start.Actions)
            if (Inner.Step(action).Done) throw new EnvironmentException($"{Name}: the recorded start of {start.Actions.Count} actions ends the episode; was it recorded in another environment?");
    }

    /// <summary>Records starts by playing: from each of as many episodes the actions up to a random time.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="policy">Who plays: a person at the keyboard or an agent.</param>
    /// <param name="count">How many starts.</param>
    /// <param name="seed">The seed of the first episode; the others follow.</param>
    /// <param name="most">The most actions before a start.</param>
    public static StartState[] Record(Env env, Func<Env, int> policy, int count, long seed, int most)
    {
        var random = new NumpyRandom(seed);
        var starts = new StartState[count];
        for (var i = 0; i < count; i++)
        {
            var actions = new List<int>();
            env.Reset(seed + i);
            while (actions.Count < most)
            {
                actions.Add(policy(env));
                if (!env.Step(actions[^1]).Done) continue;
                actions.RemoveAt(actions.Count - 1); // the last action ended it
                break;
            }

            starts[i] = new StartState(seed + i, [.. actions.Take(random.NextInt(actions.Count + 1))]);
        }

        return starts;
    }
}

/// <summary>A state as the way to it.</summary>
/// <param name="Seed">The seed of the episode.</param>
/// <param name="Actions">What was done since its beginning.</param>
public sealed record StartState(long Seed, IReadOnlyList<int> Actions);
