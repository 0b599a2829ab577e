using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>Two links that hang from a pivot, with a motor of torque −1, 0 or 1 (actions 0, 1, 2) between them, Gymnasium's <c>Acrobot-v1</c> with the
/// equations of Sutton and Barto's book. State: both angles (rad) and their speeds; observation: cosine and sine of each angle, speeds. −1 a
/// step until the tip is one link above the pivot.</summary>
public sealed class Acrobot() : PhysicalEnv(4, Box.Symmetric(1, 1, 1, 1, MaxSpeed1, MaxSpeed2), new Discrete(3))
{
    const double MaxSpeed1 = 4 * Math.PI, MaxSpeed2 = 9 * Math.PI;
    const double Dt = 0.2;
    const double Mass = 1, Length = 1, Center = 0.5, Inertia = 1, Gravity = 9.8;

    private protected override void Draw()
    {
        foreach (ref var x in s.AsSpan()) x = (float)Random.Uniform(-0.1, 0.1);
    }

    private protected override void Observe(Span<float> observation)
    {
        var (sin1, cos1) = Math.SinCos(s[0]);
        var (sin2, cos2) = Math.SinCos(s[1]);
        (observation[0], observation[1], observation[2], observation[3]) = ((float)cos1, (float)sin1, (float)cos2, (float)sin2);
        (observation[4], observation[5]) = ((float)s[2], (float)s[3]);
    }

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        double torque = action.Index - 1;
        // One step of the classical Runge–Kutta method.
        var y = new Motion(s[0], s[1], s[2], s[3]);
        var k1 = Derivative(y, torque);
        var k2 = Derivative(y.Plus(k1, Dt / 2), torque);
        var k3 = Derivative(y.Plus(k2, Dt / 2), torque);
        var k4 = Derivative(y.Plus(k3, Dt), torque);
        s[0] = Wrapped(s[0] + (Dt / 6 * (k1.Angle1 + (2 * k2.Angle1) + (2 * k3.Angle1) + k4.Angle1)));
        s[1] = Wrapped(s[1] + (Dt / 6 * (k1.Angle2 + (2 * k2.Angle2) + (2 * k3.Angle2) + k4.Angle2)));
        s[2] = Math.Clamp(s[2] + (Dt / 6 * (k1.Speed1 + (2 * k2.Speed1) + (2 * k3.Speed1) + k4.Speed1)), -MaxSpeed1, MaxSpeed1);
        s[3] = Math.Clamp(s[3] + (Dt / 6 * (k1.Speed2 + (2 * k2.Speed2) + (2 * k3.Speed2) + k4.Speed2)), -MaxSpeed2, MaxSpeed2);
        Observe(Writable<float>());
        var swung = -Math.Cos(s[0]) - Math.Cos(s[1] + s[0]) > 1;
        return new StepResult(swung ? 0 : -1, swung);
    }

    static Motion Derivative(Motion y, double torque)
    {
        var (sin2, cos2) = Math.SinCos(y.Angle2);
        var d1 = (Mass * Center * Center) + (Mass * ((Length * Length) + (Center * Center) + (2 * Length * Center * cos2))) + Inertia + Inertia;
        var d2 = (Mass * ((Center * Center) + (Length * Center * cos2))) + Inertia;
        var phi2 = Mass * Center * Gravity * Math.Cos(y.Angle1 + y.Angle2 - (Math.PI / 2));
        var phi1 = (-Mass * Length * Center * y.Speed2 * y.Speed2 * sin2)
            - (2 * Mass * Length * Center * y.Speed2 * y.Speed1 * sin2)
            + (((Mass * Center) + (Mass * Length)) * Gravity * Math.Cos(y.Angle1 - (Math.PI / 2)))
            + phi2;
        var acceleration2 = (torque + (d2 / d1 * phi1) - (Mass * Length * Center * y.Speed1 * y.Speed1 * sin2) - phi2)
            / ((Mass * Center * Center) + Inertia - (d2 * d2 / d1));
        return new Motion(y.Speed1, y.Speed2, -((d2 * acceleration2) + phi1) / d1, acceleration2);
    }

    static double Wrapped(double angle)
    {
        while (angle > Math.PI) angle -= 2 * Math.PI;
        while (angle < -Math.PI) angle += 2 * Math.PI;
        return angle;
    }

    /// <inheritdoc/>
    public override Image Render()
    {
        const double Scale = 45;
        var (x1, y1) = (100 + (Scale * Math.Sin(s[0])), 100 + (Scale * Math.Cos(s[0])));
        var (x2, y2) = (x1 + (Scale * Math.Sin(s[0] + s[1])), y1 + (Scale * Math.Cos(s[0] + s[1])));
        return new Canvas(200, 200)
            .Line(0, 100 - Scale, 200, 100 - Scale, 1, Color.Gray)
            .Line(100, 100, x1, y1, 8, Color.Azure)
            .Line(x1, y1, x2, y2, 8, Color.Azure)
            .Disk(100, 100, 5, Color.Amber)
            .Disk(x1, y1, 5, Color.Amber)
            .ToImage();
    }

    readonly record struct Motion(double Angle1, double Angle2, double Speed1, double Speed2)
    {
        public Motion Plus(Motion k, double h) => new(Angle1 + (h * k.Angle1), Angle2 + (h * k.Angle2), Speed1 + (h * k.Speed1), Speed2 + (h * k.Speed2));
    }
}
