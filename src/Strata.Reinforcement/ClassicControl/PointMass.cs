using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>A point in the plane that is pushed with a force in [−1, 1]² and is to come to the origin; the reward is minus its distance a second. State and
/// observation: place and speed. Steps are a tenth of a second; drag brings the speed down by half in one second.</summary>
public sealed class PointMass() : PhysicalEnv(4, Box.Symmetric(4, 4, 4, 4), new Box(-1, 1, [2]))
{
    const double Dt = 0.1, Drag = 0.7, Wall = 2;

    /// <summary>How far the point is from the origin.</summary>
    public double Distance => Math.Sqrt((s[0] * s[0]) + (s[1] * s[1]));

    private protected override void Draw() => (s[0], s[1], s[2], s[3]) = (Random.Uniform(-1, 1), Random.Uniform(-1, 1), 0, 0);

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        for (var i = 0; i < 2; i++)
        {
            s[2 + i] += Dt * (Math.Clamp(action.Values[i], -1f, 1f) - (Drag * s[2 + i]));
            s[i] += Dt * s[2 + i];
            if (Math.Abs(s[i]) <= Wall) continue;
            (s[i], s[2 + i]) = (Math.Clamp(s[i], -Wall, Wall), 0);
        }

        Observe(Writable<float>());
        return new StepResult(-Distance * Dt);
    }

    /// <inheritdoc/>
    public override Image Render() => new Canvas(160, 160)
        .Disk(80, 80, 5, Color.Leaf)
        .Disk(80 + (s[0] * 40), 80 - (s[1] * 40), 6, Color.Azure)
        .ToImage();
}
