using System.Numerics.Tensors;

namespace Strata.Reinforcement;

/// <summary>Repeats each action, sums the rewards and, of pictures, shows the brighter of the last two at each pixel, because games draw some things
/// in every second frame only (Mnih et al. 2015, Methods).</summary>
/// <param name="inner">The environment, with uint8 observations.</param>
/// <param name="skip">How often an action is done, at least 1. An episode may end within.</param>
/// <param name="maximum">Whether the last two frames are merged.</param>
public sealed class FrameSkip(Env inner, int skip = 4, bool maximum = true) : Wrapper(inner, inner.ObservationSpace)
{
    /// <inheritdoc/>
    protected override void Begin(long? seed)
    {
        base.Begin(seed);
        Inner.ObservationBytes.CopyTo(Writable<byte>());
    }

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        var frame = Writable<byte>();
        var sum = 0.0;
        for (var i = 1; ; i++)
        {
            var result = Inner.Step(action);
            sum += result.Reward;
            var last = i == skip || result.Done;
            if (last && maximum && i > 1) TensorPrimitives.Max(frame, Inner.ObservationBytes, frame);
            else if (last || maximum) Inner.ObservationBytes.CopyTo(frame);
            if (last) return result with { Reward = sum };
        }
    }
}
