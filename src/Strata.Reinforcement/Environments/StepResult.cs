namespace Strata.Reinforcement;

/// <summary>What a step came to, beside the observation.</summary>
/// <param name="Reward">The reward.</param>
/// <param name="Terminated">Whether a terminal state was reached: there is no value behind it.</param>
/// <param name="Truncated">Whether the episode was cut, by a time limit say: the value of the last state goes on.</param>
public readonly record struct StepResult(double Reward, bool Terminated = false, bool Truncated = false)
{
    /// <summary>Whether the episode has ended either way.</summary>
    public bool Done => Terminated || Truncated;
}
