using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>Table tennis on 24×24 pixels against an opponent that follows the ball three times in four. Actions: stay, up, down; ±1 a point.
/// Observation [24·scale, 24·scale, 1], uint8 of 0 and 255: one picture does not show where the ball goes.</summary>
/// <param name="points">The points at which an episode ends.</param>
/// <param name="scale">Pixels along a cell: 1 … 10.</param>
public sealed class Pong(int points = 5, int scale = 1)
    : RandomEnv(new Box(0, 255, [Side * scale, Side * scale, 1], DType.UInt8), new Discrete(3))
{
    const int Side = 24, PaddleHeight = 4, Own = 22, Other = 1;
    const double Diligence = 0.75;

    int own, other, x, y, dx, dy, won, lost;

    /// <inheritdoc/>
    protected override void Begin()
    {
        (own, other, won, lost) = ((Side - PaddleHeight) / 2, (Side - PaddleHeight) / 2, 0, 0);
        Serve();
        Draw();
    }

    void Serve() => (x, y, dx, dy) = (Side / 2, Side / 2, Random.NextInt(2) == 0 ? -1 : 1, Random.NextInt(3) - 1);

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        own = Math.Clamp(own + (action.Index == 1 ? -1 : action.Index == 2 ? 1 : 0), 0, Side - PaddleHeight);
        if (Random.Chance(Diligence))
        {
            // Toward the ball: into the two middle cells of the paddle.
            if (y <= other) other = Math.Max(0, other - 1);
            else if (y >= other + PaddleHeight - 1) other = Math.Min(Side - PaddleHeight, other + 1);
        }

        if (y + dy is < 0 or >= Side) dy = -dy;
        (x, y) = (x + dx, y + dy);
        Bounce(Own, own, 1);
        Bounce(Other, other, -1);
        var reward = 0;
        if (x is < 0 or >= Side)
        {
            reward = x < 0 ? 1 : -1;
            if (reward > 0) won++;
            else lost++;
            Serve();
        }

        Draw();
        return new StepResult(reward, Math.Max(won, lost) >= points);
    }

    // A ball that comes from inside onto a paddle goes back, up from the upper cell and down from the lower.
    void Bounce(int column, int paddle, int outward)
    {
        if (x != column || dx != outward || y < paddle || y >= paddle + PaddleHeight) return;
        dx = -dx;
        dy = y == paddle ? -1 : y == paddle + PaddleHeight - 1 ? 1 : 0;
    }

    void Draw()
    {
        Writable<byte>().Clear();
        for (var i = 0; i < PaddleHeight; i++)
        {
            Mark(own + i, Own);
            Mark(other + i, Other);
        }

        Mark(y, x);
    }

    void Mark(int row, int column)
    {
        var pixels = Writable<byte>();
        for (var i = 0; i < scale; i++) pixels.Slice((((row * scale) + i) * Side * scale) + (column * scale), scale).Fill(255);
    }

    /// <inheritdoc/>
    public override Image Render() => new(Side * scale, Side * scale, 1, ObservationBytes.ToArray());

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        snapshot.Value(ref own);
        snapshot.Value(ref other);
        snapshot.Value(ref x);
        snapshot.Value(ref y);
        snapshot.Value(ref dx);
        snapshot.Value(ref dy);
        snapshot.Value(ref won);
        snapshot.Value(ref lost);
    }
}
