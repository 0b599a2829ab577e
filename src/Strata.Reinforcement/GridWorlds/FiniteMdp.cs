namespace Strata.Reinforcement;

/// <summary>What an action can lead to.</summary>
/// <param name="Next">The state behind it.</param>
/// <param name="Probability">How probable it is.</param>
/// <param name="Reward">The reward on the way.</param>
public readonly record struct Outcome(int Next, double Probability, double Reward);

/// <summary>A finite Markov decision process: for each state and action the possible outcomes. A state without outcomes is terminal, its value 0.</summary>
public sealed class FiniteMdp
{
    readonly Outcome[][] outcomes; // [state·actions + action]

    /// <summary>The process of a function of state and action.</summary>
    /// <param name="states">How many states there are.</param>
    /// <param name="actions">How many actions there are in each.</param>
    /// <param name="outcomes">What state and action lead to; nothing in a terminal state.</param>
    /// <param name="starts">The states that episodes begin in, with equal probability; none: all that are not terminal.</param>
    /// <param name="columns">The width of the grid that the states are cells of, row by row; 0: they are none.</param>
    /// <exception cref="EnvironmentException">Probabilities do not sum to 1, or an outcome lies outside.</exception>
    public FiniteMdp(int states, int actions, Func<int, int, IEnumerable<Outcome>> outcomes, IReadOnlyList<int>? starts = null, int columns = 0)
    {
        (States, Actions, Columns) = (states, actions, columns);
        this.outcomes = new Outcome[states * actions][];
        for (var s = 0; s < states; s++)
            for (var a = 0; a < actions; a++)
                this.outcomes[(s * actions) + a] = Checked(s, a, [.. outcomes(s, a)]);
        Starts = starts ?? [.. Enumerable.Range(0, states).Where(s => !IsTerminal(s))];
    }

    /// <summary>How many states there are.</summary>
    public int States { get; }

    /// <summary>How many actions there are in each state.</summary>
    public int Actions { get; }

    /// <summary>The width of the grid that the states are cells of, row by row; 0: they are none.</summary>
    public int Columns { get; }

    /// <summary>The states that episodes begin in, with equal probability.</summary>
    public IReadOnlyList<int> Starts { get; }

    /// <summary>What an action in a state can lead to.</summary>
    public ReadOnlySpan<Outcome> Outcomes(int state, int action) => outcomes[(state * Actions) + action];

    /// <summary>Whether episodes end in a state.</summary>
    public bool IsTerminal(int state) => outcomes[state * Actions].Length == 0;

    Outcome[] Checked(int s, int a, Outcome[] all)
    {
        if (all.Length == 0) return all;
        if (Math.Abs(all.Sum(o => o.Probability) - 1) > 1e-9)
            throw new EnvironmentException($"FiniteMdp: the probabilities of state {s} and action {a} sum to {all.Sum(o => o.Probability)}, not 1.");
        if (all.Any(o => o.Next < 0 || o.Next >= States || o.Probability < 0))
            throw new EnvironmentException($"FiniteMdp: an outcome of state {s} and action {a} lies outside the {States} states or has a negative probability.");
        return all;
    }
}
