namespace Strata.Reinforcement;

/// <summary>How far an agent's values are from what it really gets: the mean of max_a Q(s, a; θ) over the states of its episodes, and the mean of the
/// discounted return from the same states on (van Hasselt et al. 2016, figure 3).</summary>
/// <param name="Estimate">The mean of the values.</param>
/// <param name="Return">The mean of the discounted returns.</param>
public sealed record OverestimationProbe(double Estimate, double Return)
{
    /// <summary>Estimate less return: above 0 the agent believes too much.</summary>
    public double Bias => Estimate - Return;

    /// <summary>Plays episodes and compares.</summary>
    /// <param name="env">The environment, observations stacked as the agent's.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="discount">γ.</param>
    /// <param name="episodes">How many episodes.</param>
    /// <param name="seed">The seed of the first.</param>
    /// <param name="epsilon">ε of the policy.</param>
    /// <param name="clipsRewards">Whether rewards are clipped as in training.</param>
    /// <param name="tail">Steps at the end of a truncated episode that do not count, because their returns are cut off.</param>
    public static OverestimationProbe Run(
        Env env, DqnAgent agent, double discount, int episodes, long seed, double epsilon = 0.05, bool clipsRewards = true, int tail = 200)
    {
        var (estimates, returns, count) = (0.0, 0.0, 0L);
        var (rewards, values) = (new List<float>(), new List<double>());
        for (var i = 0; i < episodes; i++)
        {
            rewards.Clear();
            values.Clear();
            env.Reset(i == 0 ? seed : null);
            StepResult result;
            do
            {
                var action = agent.Act(env.ObservationBytes, epsilon, out var value);
                result = env.Step(action);
                values.Add(value);
                rewards.Add((float)(clipsRewards ? Math.Clamp(result.Reward, -1, 1) : result.Reward));
            }
            while (!result.Done);
            var discounted = new float[rewards.Count];
            Returns.Discounted(rewards.ToArray(), discount, 0, discounted);
            for (var t = 0; t < discounted.Length - (result.Terminated ? 0 : tail); t++)
            {
                estimates += values[t];
                returns += discounted[t];
                count++;
            }
        }

        return new OverestimationProbe(estimates / count, returns / count);
    }
}
