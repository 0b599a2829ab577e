using Strata.Nn;

namespace Strata.Reinforcement;

/// <summary>One actor's part of an asynchronous method: it chooses actions and turns what came of them into gradients. Each actor has a learner of its own,
/// with a copy of the weights.</summary>
public interface IAsyncLearner
{
    /// <summary>The copy of the weights.</summary>
    Model Network { get; }

    /// <summary>The most steps of a segment, t_max.</summary>
    int SegmentLength { get; }

    /// <summary>Hears that an episode begins.</summary>
    void BeginEpisode();

    /// <summary>Chooses an action.</summary>
    /// <param name="observation">The current observation, as raw memory.</param>
    /// <param name="step">The steps of all actors so far, for schedules.</param>
    /// <param name="action">Takes it: its number, or its array.</param>
    void Act(ReadOnlySpan<byte> observation, long step, Span<float> action);

    /// <summary>The gradients of the sum of losses over a segment, for the trainable weights in their order.</summary>
    Tensor[] Learn(Segment segment);

    /// <summary>Takes the shared weights as those of the target network, if there is one.</summary>
    void Refresh(SharedParameters parameters);
}
