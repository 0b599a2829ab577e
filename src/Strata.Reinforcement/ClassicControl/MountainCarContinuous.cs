using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>The car in the valley with a force in [−1, 1], Gymnasium's <c>MountainCarContinuous-v0</c>. +100 at the place .45, less a tenth of the
/// force's square a step.</summary>
public sealed class MountainCarContinuous() : PhysicalEnv(2, MountainCar.Valley, new Box(-1, 1, [1]))
{
    const double Power = 0.0015, Goal = 0.45;

    private protected override void Draw() => (s[0], s[1]) = (Random.Uniform(-0.6, -0.4), 0);

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        var force = Math.Clamp(action.Values[0], -1f, 1f);
        s[1] = Math.Clamp(s[1] + ((force * Power) - (MountainCar.Gravity * Math.Cos(3 * s[0]))), -MountainCar.MaxSpeed, MountainCar.MaxSpeed);
        s[0] = Math.Clamp(s[0] + s[1], MountainCar.MinPosition, MountainCar.MaxPosition);
        if (s[0] == MountainCar.MinPosition && s[1] < 0) s[1] = 0;
        var arrived = s[0] >= Goal && s[1] >= 0;
        foreach (ref var x in s.AsSpan()) x = (float)x; // this one keeps its state in single precision
        Observe(Writable<float>());
        double cost = action.Values[0]; // what was asked for, beyond the bounds too
        return new StepResult((arrived ? 100 : 0) - (cost * cost * 0.1), arrived);
    }

    /// <inheritdoc/>
    public override Image Render() => MountainCar.Picture(s[0], Goal);
}
