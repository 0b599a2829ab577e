namespace Strata.Reinforcement;

/// <summary>Returns and advantages of a stretch of steps, computed backward in time.</summary>
public static class Returns
{
    /// <summary>R_t = r_t + γ R_{t+1}, from R = <paramref name="bootstrap"/> behind the last step; after a terminal step R = 0.</summary>
    /// <param name="rewards">r_t.</param>
    /// <param name="discount">γ.</param>
    /// <param name="bootstrap">The value of the state behind the last step.</param>
    /// <param name="returns">Takes R_t.</param>
    /// <param name="terminated">Where an episode terminated; empty: nowhere.</param>
    public static void Discounted(ReadOnlySpan<float> rewards, double discount, double bootstrap, Span<float> returns, ReadOnlySpan<bool> terminated = default)
    {
        Check(rewards.Length, returns.Length, terminated.Length);
        var sum = bootstrap;
        for (var t = rewards.Length - 1; t >= 0; t--)
        {
            sum = rewards[t] + (!terminated.IsEmpty && terminated[t] ? 0 : discount * sum);
            returns[t] = (float)sum;
        }
    }

    /// <summary>Generalized advantages A_t = δ_t + γλ A_{t+1}, δ_t = r_t + γV_{t+1} − V_t (Schulman et al. 2016, (16)).</summary>
    /// <param name="rewards">r_t.</param>
    /// <param name="values">V_t, one more than rewards.</param>
    /// <param name="discount">γ.</param>
    /// <param name="lambda">λ in [0, 1].</param>
    /// <param name="advantages">Takes A_t.</param>
    /// <param name="terminated">Where an episode terminated; empty: nowhere.</param>
    public static void Advantages(
        ReadOnlySpan<float> rewards, ReadOnlySpan<float> values, double discount, double lambda, Span<float> advantages, ReadOnlySpan<bool> terminated = default)
    {
        Check(rewards.Length, advantages.Length, terminated.Length);
        if (values.Length != rewards.Length + 1) throw new ArgumentException($"Returns: {values.Length} values were given for {rewards.Length} rewards; one more than rewards fits.");
        var sum = 0.0;
        for (var t = rewards.Length - 1; t >= 0; t--)
        {
            var goesOn = !terminated.IsEmpty && terminated[t] ? 0 : discount;
            sum = rewards[t] + (goesOn * values[t + 1]) - values[t] + (goesOn * lambda * sum);
            advantages[t] = (float)sum;
        }
    }

    /// <summary>λ-returns, the values plus the <see cref="Advantages"/>.</summary>
    /// <param name="rewards">r_t.</param>
    /// <param name="values">V_t, one more than rewards.</param>
    /// <param name="discount">γ.</param>
    /// <param name="lambda">λ in [0, 1].</param>
    /// <param name="returns">Takes the λ-returns.</param>
    /// <param name="terminated">Where an episode terminated; empty: nowhere.</param>
    public static void Lambda(
        ReadOnlySpan<float> rewards, ReadOnlySpan<float> values, double discount, double lambda, Span<float> returns, ReadOnlySpan<bool> terminated = default)
    {
        Advantages(rewards, values, discount, lambda, returns, terminated);
        for (var t = 0; t < returns.Length; t++) returns[t] += values[t];
    }

    static void Check(int rewards, int results, int ends)
    {
        if (results != rewards || (ends != 0 && ends != rewards))
            throw new ArgumentException($"Returns: {rewards} rewards, {results} results and {ends} ends were given; they must be as many.");
    }
}
