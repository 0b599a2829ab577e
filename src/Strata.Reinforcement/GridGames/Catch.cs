using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>A ball falls and is to be caught: +1 or −1 at the end. The paddle (stay, left, right) moves first, then the ball falls a row and drifts
/// by its speed, −1, 0 or 1 columns, turning at the walls. Observation [size, size, 1], uint8 of 0 and 255: one picture does not show the drift.</summary>
/// <param name="size">Rows and columns, at least 2.</param>
/// <param name="drift">Whether the ball may drift.</param>
public sealed class Catch(int size = 10, bool drift = true)
    : RandomEnv(new Box(0, 255, [size, size, 1], DType.UInt8), new Discrete(3))
{
    int paddle, x, y, speed;

    /// <inheritdoc/>
    protected override void Begin()
    {
        (x, y, paddle) = (Random.NextInt(size), 0, Random.NextInt(size));
        speed = drift ? Random.NextInt(3) - 1 : 0;
        Draw();
    }

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        if (action.Index == 1) paddle = Math.Max(0, paddle - 1);
        else if (action.Index == 2) paddle = Math.Min(size - 1, paddle + 1);
        x += speed;
        if (x < 0 || x >= size)
        {
            x = x < 0 ? -x : (2 * (size - 1)) - x;
            speed = -speed;
        }

        y++;
        Draw();
        var down = y == size - 1;
        return new StepResult(down ? (x == paddle ? 1 : -1) : 0, down);
    }

    void Draw()
    {
        var pixels = Writable<byte>();
        pixels.Clear();
        pixels[(y * size) + x] = 255;
        pixels[((size - 1) * size) + paddle] = 255;
    }

    /// <inheritdoc/>
    public override Image Render() => new(size, size, 1, ObservationBytes.ToArray());

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        snapshot.Value(ref paddle);
        snapshot.Value(ref x);
        snapshot.Value(ref y);
        snapshot.Value(ref speed);
    }
}
