namespace Strata.Reinforcement;

/// <summary>What a value network is taught that the state behind a step is worth, θ being its weights and θ⁻ their copy.</summary>
public enum TargetRule
{
    /// <summary>max_a Q(s', a; θ): Q-learning without a copy.</summary>
    QLearning,

    /// <summary>max_a Q(s', a; θ⁻): DQN (Mnih et al. 2015).</summary>
    Dqn,

    /// <summary>Q(s', argmax_a Q(s', a; θ); θ⁻): Double DQN (van Hasselt, Guez and Silver 2016).</summary>
    DoubleDqn,
}
