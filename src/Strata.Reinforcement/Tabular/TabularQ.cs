namespace Strata.Reinforcement;

/// <summary>A table of the values of states and actions, learned step by step.</summary>
/// <param name="states">How many states there are.</param>
/// <param name="actions">How many actions there are in each.</param>
/// <param name="discount">γ.</param>
public sealed class TabularQ(int states, int actions, double discount)
{
    readonly double[] q = new double[states * actions];

    /// <summary>The table [states·actions].</summary>
    public Span<double> Values => q;

    /// <summary>Q(s, ·).</summary>
    public Span<double> Of(int state) => q.AsSpan(state * actions, actions);

    /// <summary>Q(s, a) ← (1 − δ)Q(s, a) + δ(r + γ max_a' Q(s', a')) (Watkins 1989).</summary>
    /// <param name="state">s.</param>
    /// <param name="action">a.</param>
    /// <param name="reward">r.</param>
    /// <param name="next">s'.</param>
    /// <param name="terminated">Whether s' is terminal, its value 0.</param>
    /// <param name="rate">δ, the damping, in [0, 1].</param>
    public void QLearning(int state, int action, double reward, int next, bool terminated, double rate) =>
        Move(state, action, reward + (terminated ? 0 : discount * Of(next)[Best(next)]), rate);

    /// <summary>As <see cref="QLearning"/>, with Q(s', a') of the action that is really taken (Rummery and Niranjan 1994).</summary>
    /// <param name="state">s.</param>
    /// <param name="action">a.</param>
    /// <param name="reward">r.</param>
    /// <param name="next">s'.</param>
    /// <param name="nextAction">a'.</param>
    /// <param name="terminated">Whether s' is terminal.</param>
    /// <param name="rate">δ.</param>
    public void Sarsa(int state, int action, double reward, int next, int nextAction, bool terminated, double rate) =>
        Move(state, action, reward + (terminated ? 0 : discount * Of(next)[nextAction]), rate);

    /// <summary>Double Q-learning (van Hasselt 2010): this table says which action is best, another what it is worth.</summary>
    /// <inheritdoc cref="QLearning"/>
    /// <param name="state">s.</param>
    /// <param name="action">a.</param>
    /// <param name="reward">r.</param>
    /// <param name="next">s'.</param>
    /// <param name="terminated">Whether s' is terminal.</param>
    /// <param name="rate">δ.</param>
    /// <param name="other">The other table.</param>
    public void DoubleQ(int state, int action, double reward, int next, bool terminated, double rate, TabularQ other) =>
        Move(state, action, reward + (terminated ? 0 : discount * other.Of(next)[Best(next)]), rate);

    /// <summary>An ε-greedy action; of several that are best, each with equal probability.</summary>
    public int Act(int state, double epsilon, NumpyRandom random)
    {
        if (random.Chance(epsilon)) return random.NextInt(actions);
        var values = Of(state);
        var (best, ties) = (0, 1);
        for (var a = 1; a < actions; a++)
        {
            if (values[a] > values[best]) (best, ties) = (a, 1);
            else if (values[a] == values[best] && random.NextInt(++ties) == 0) best = a;
        }

        return best;
    }

    int Best(int state)
    {
        var values = Of(state);
        var best = 0;
        for (var a = 1; a < actions; a++)
            if (values[a] > values[best]) best = a;
        return best;
    }

    void Move(int state, int action, double target, double rate)
    {
        ref var value = ref q[(state * actions) + action];
        value = ((1 - rate) * value) + (rate * target);
    }
}
