namespace Strata.Reinforcement;

/// <summary>What the asynchronous value methods teach (Mnih et al. 2016, algorithms 1, S1 and S2).</summary>
public enum AsyncTarget
{
    /// <summary>r + γ max_a Q(s', a; θ⁻).</summary>
    OneStepQ,

    /// <summary>r + γ Q(s', a'; θ⁻) of the action a' taken next.</summary>
    OneStepSarsa,

    /// <summary>Σ γⁱ r_i + γⁿ max_a Q(s_n, a; θ⁻) to the end of the segment.</summary>
    NStepQ,
}
