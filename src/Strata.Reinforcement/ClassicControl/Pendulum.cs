using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>A pendulum with a motor too weak to lift it at once, Gymnasium's <c>Pendulum-v1</c>. Action: torque in [−2, 2]. State: angle from upright
/// (rad) and its speed; observation: cosine, sine, speed. Reward −(θ² + .1 θ̇² + .001 u²); it never ends by itself.</summary>
public sealed class Pendulum() : PhysicalEnv(2, Box.Symmetric(1, 1, MaxSpeed), new Box(-MaxTorque, MaxTorque, [1]))
{
    const double MaxSpeed = 8, MaxTorque = 2, Dt = 0.05, Gravity = 10, Mass = 1, Length = 1;

    private protected override void Draw() => (s[0], s[1]) = (Random.Uniform(-Math.PI, Math.PI), Random.Uniform(-1, 1));

    private protected override void Observe(Span<float> observation)
    {
        var (sin, cos) = Math.SinCos(s[0]);
        (observation[0], observation[1], observation[2]) = ((float)cos, (float)sin, (float)s[1]);
    }

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        var u = Math.Clamp(action.Values[0], -MaxTorque, MaxTorque);
        var off = Normalized(s[0]);
        var cost = (off * off) + (0.1 * s[1] * s[1]) + (0.001 * u * u);
        s[1] = Math.Clamp(s[1] + (((3 * Gravity / (2 * Length) * Math.Sin(s[0])) + (3 / (Mass * Length * Length) * u)) * Dt), -MaxSpeed, MaxSpeed);
        s[0] += s[1] * Dt;
        Observe(Writable<float>());
        return new StepResult(-cost);
    }

    /// <inheritdoc/>
    public override Image Render() => new Canvas(200, 200)
        .Line(100, 100, 100 + (80 * Math.Sin(-s[0])), 100 - (80 * Math.Cos(s[0])), 14, Color.Crimson)
        .Disk(100, 100, 5, Color.Black)
        .ToImage();

    // In [−π, π), as Python's remainder has it.
    static double Normalized(double angle)
    {
        var turns = (angle + Math.PI) % Math.Tau;
        return (turns < 0 ? turns + Math.Tau : turns) - Math.PI;
    }
}
