using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>A car too weak for its hill, pushed left (0), not at all (1) or right (2), Gymnasium's <c>MountainCar-v0</c> (Moore 1990). State and
/// observation: place and speed. −1 a step until the place is .5.</summary>
public sealed class MountainCar() : PhysicalEnv(2, Valley, new Discrete(3))
{
    internal const double MinPosition = -1.2, MaxPosition = 0.6, MaxSpeed = 0.07, Gravity = 0.0025;
    const double Force = 0.001, Goal = 0.5;

    internal static Box Valley { get; } = new([MinPosition, -MaxSpeed], [MaxPosition, MaxSpeed], [2]);

    private protected override void Draw() => (s[0], s[1]) = (Random.Uniform(-0.6, -0.4), 0);

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        s[1] = Math.Clamp(s[1] + (((action.Index - 1) * Force) + (Math.Cos(3 * s[0]) * -Gravity)), -MaxSpeed, MaxSpeed);
        s[0] = Math.Clamp(s[0] + s[1], MinPosition, MaxPosition);
        if (s[0] == MinPosition && s[1] < 0) s[1] = 0; // the wall on the left stops the car
        Observe(Writable<float>());
        return new StepResult(-1, s[0] >= Goal && s[1] >= 0);
    }

    /// <inheritdoc/>
    public override Image Render() => Picture(s[0], Goal);

    internal static Image Picture(double position, double goal)
    {
        var canvas = new Canvas(300, 200);
        for (var x = 0; x < 300; x++) canvas.Rectangle(x, Y(Place(x)), 1, 200, Color.Silver);
        var flag = (goal - MinPosition) / (MaxPosition - MinPosition) * 300;
        canvas.Line(flag, Y(goal), flag, Y(goal) - 25, 2, Color.Black).Rectangle(flag, Y(goal) - 25, 12, 8, Color.Crimson);
        return canvas.Disk((position - MinPosition) / (MaxPosition - MinPosition) * 300, Y(position) - 7, 7, Color.Azure).ToImage();

        static double Place(double x) => MinPosition + (x / 300 * (MaxPosition - MinPosition));
        static double Y(double place) => 190 - (((Math.Sin(3 * place) * 0.45) + 0.55) * 150);
    }
}
