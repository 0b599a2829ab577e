namespace Strata.Reinforcement;

/// <summary>A ball that bounces off a paddle and breaks bricks, +1 each; it ends when the ball is missed. Channels: paddle, ball, trail, brick.</summary>
/// <param name="stickiness">The probability that an action is replaced by the last one.</param>
/// <param name="allActions">Whether all six moves are actions, not only those that do something: none, left, right.</param>
public sealed class Breakout(double stickiness = 0.1, bool allActions = false)
    : GridGame(4, stickiness, allActions, GridMove.None, GridMove.Left, GridMove.Right)
{
    const int Paddle = 0, Ball = 1, Trail = 2, Brick = 3;

    readonly bool[] bricks = new bool[Size * Size];
    int paddle, x, y, lastX, lastY, dx, dy;
    bool strike; // in contact with bricks: a series of contacts breaks one

    /// <summary>The ball's column.</summary>
    public int BallColumn => x;

    /// <summary>The paddle's column.</summary>
    public int PaddleColumn => paddle;

    private protected override void Start() => Start(Random.NextInt(2) == 0);

    /// <summary>Begins with the ball at one side.</summary>
    internal void Start(bool left)
    {
        (x, dx) = left ? (0, 1) : (Size - 1, -1);
        (y, dy, paddle, strike) = (3, 1, 4, false);
        (lastX, lastY) = (x, y);
        bricks.AsSpan().Clear();
        bricks.AsSpan(Size, 3 * Size).Fill(true);
    }

    private protected override StepResult Tick(GridMove move)
    {
        if (move == GridMove.Left) paddle = Math.Max(0, paddle - 1);
        else if (move == GridMove.Right) paddle = Math.Min(Size - 1, paddle + 1);

        (lastX, lastY) = (x, y);
        var (newX, newY) = (x + dx, y + dy);
        var (reward, contact, missed) = (0, false, false);
        if (newX is < 0 or >= Size)
        {
            newX = Math.Clamp(newX, 0, Size - 1);
            dx = -dx;
        }

        if (newY < 0)
        {
            newY = 0;
            dy = -dy;
        }
        else if (bricks[(newY * Size) + newX])
        {
            contact = true;
            if (!strike)
            {
                reward = 1;
                strike = true;
                bricks[(newY * Size) + newX] = false;
                newY = lastY;
                dy = -dy;
            }
        }
        else if (newY == Size - 1)
        {
            if (!bricks.AsSpan().Contains(true)) bricks.AsSpan(Size, 3 * Size).Fill(true);
            if (x == paddle || newX == paddle)
            {
                if (x != paddle) dx = -dx; // met at the corner: straight back
                dy = -dy;
                newY = lastY;
            }
            else
            {
                missed = true;
            }
        }

        if (!contact) strike = false;
        (x, y) = (newX, newY);
        return new StepResult(reward, missed);
    }

    private protected override void Draw()
    {
        Mark(y, x, Ball);
        Mark(Size - 1, paddle, Paddle);
        Mark(lastY, lastX, Trail);
        for (var i = Size; i < 4 * Size; i++)
            if (bricks[i]) Mark(i / Size, i % Size, Brick);
    }

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        snapshot.Values(bricks.AsSpan());
        snapshot.Value(ref paddle);
        snapshot.Value(ref x);
        snapshot.Value(ref y);
        snapshot.Value(ref lastX);
        snapshot.Value(ref lastY);
        snapshot.Value(ref dx);
        snapshot.Value(ref dy);
        snapshot.Value(ref strike);
    }
}
