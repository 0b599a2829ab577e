using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>A pole on a cart that is pushed left (0) or right (1), Gymnasium's <c>CartPole-v1</c> (Barto, Sutton and Anderson 1983). State and
/// observation: place x (m), speed, angle θ (rad), angular speed. +1 a step until |x| &gt; 2.4 or |θ| &gt; 12°.</summary>
/// <param name="suttonBartoReward">Rewards 0 a step and −1 at the end instead.</param>
public sealed class CartPole(bool suttonBartoReward = false)
    : PhysicalEnv(4, Box.Symmetric(2 * XLimit, double.PositiveInfinity, 2 * ThetaLimit, double.PositiveInfinity), new Discrete(2))
{
    const double XLimit = 2.4, ThetaLimit = 12 * 2 * Math.PI / 360;
    const double Gravity = 9.8, CartMass = 1.0, PoleMass = 0.1, TotalMass = CartMass + PoleMass, HalfLength = 0.5, Force = 10, Tau = 0.02;

    private protected override void Draw()
    {
        foreach (ref var x in s.AsSpan()) x = Random.Uniform(-0.05, 0.05);
    }

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        var force = action.Index == 1 ? Force : -Force;
        var (sin, cos) = Math.SinCos(s[2]);
        var temp = (force + (PoleMass * HalfLength * (s[3] * s[3]) * sin)) / TotalMass;
        var angular = ((Gravity * sin) - (cos * temp)) / (HalfLength * ((4.0 / 3.0) - (PoleMass * (cos * cos) / TotalMass)));
        var linear = temp - (PoleMass * HalfLength * angular * cos / TotalMass);
        s[0] += Tau * s[1]; // explicit Euler: places move with the old speeds
        s[1] += Tau * linear;
        s[2] += Tau * s[3];
        s[3] += Tau * angular;
        Observe(Writable<float>());
        var fell = s[0] is < -XLimit or > XLimit || s[2] is < -ThetaLimit or > ThetaLimit;
        return new StepResult(suttonBartoReward ? (fell ? -1 : 0) : 1, fell);
    }

    /// <inheritdoc/>
    public override Image Render()
    {
        const double Scale = 300 / (2 * XLimit);
        var x = 150 + (s[0] * Scale);
        return new Canvas(300, 150)
            .Line(0, 120, 300, 120, 1, Color.Black)
            .Rectangle(x - 18, 110, 36, 20, Color.Black)
            .Line(x, 112, x + (Math.Sin(s[2]) * 2 * HalfLength * Scale), 112 - (Math.Cos(s[2]) * 2 * HalfLength * Scale), 6, Color.Amber)
            .Disk(x, 112, 4, Color.Azure)
            .ToImage();
    }
}
