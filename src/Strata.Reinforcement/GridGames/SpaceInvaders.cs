using System.Numerics;

namespace Strata.Reinforcement;

/// <summary>A cannon under waves of aliens that march, sink and shoot; +1 an alien, the end when the cannon is hit. Channels: cannon, alien, alien
/// going left, alien going right, the player's bullets, the aliens' bullets.</summary>
/// <param name="stickiness">The probability that an action is replaced by the last one.</param>
/// <param name="allActions">Whether all six moves are actions, not only none, left, right and fire.</param>
/// <param name="ramp">Whether each wave is faster than the last.</param>
public sealed class SpaceInvaders(double stickiness = 0.1, bool allActions = false, bool ramp = true)
    : GridGame(6, stickiness, allActions, GridMove.None, GridMove.Left, GridMove.Right, GridMove.Fire)
{
    const int CoolDown = 5, SlowestInterval = 12, FastestInterval = 6, ShotInterval = 10;
    const int Wave = 0b0011111100; // columns 2 to 7

    // A row is a word whose bit x is column x.
    readonly ushort[] aliens = new ushort[Size], shots = new ushort[Size], bombs = new ushort[Size];
    int cannon, direction, interval, moveTimer, bombTimer, shotTimer;

    private protected override void Start()
    {
        aliens.AsSpan().Clear();
        shots.AsSpan().Clear();
        bombs.AsSpan().Clear();
        aliens.AsSpan(0, 4).Fill(Wave);
        (cannon, direction, interval, moveTimer, bombTimer, shotTimer) = (5, -1, SlowestInterval, SlowestInterval, ShotInterval, 0);
    }

    private protected override StepResult Tick(GridMove move)
    {
        if (move == GridMove.Fire && shotTimer == 0)
        {
            shots[Size - 1] |= (ushort)(1 << cannon);
            shotTimer = CoolDown;
        }
        else if (move == GridMove.Left)
        {
            cannon = Math.Max(0, cannon - 1);
        }
        else if (move == GridMove.Right)
        {
            cannon = Math.Min(Size - 1, cannon + 1);
        }

        shots.AsSpan(1).CopyTo(shots);
        shots[Size - 1] = 0;
        bombs.AsSpan(0, Size - 1).CopyTo(bombs.AsSpan(1));
        bombs[0] = 0;
        var hit = OnCannon(bombs) | OnCannon(aliens);
        if (moveTimer == 0) hit |= March();
        if (bombTimer == 0)
        {
            bombTimer = ShotInterval;
            Bomb();
        }

        var reward = 0;
        for (var row = 0; row < Size; row++)
        {
            var killed = aliens[row] & shots[row];
            reward += BitOperations.PopCount((uint)killed);
            aliens[row] ^= (ushort)killed;
            shots[row] ^= (ushort)killed;
        }

        if (shotTimer > 0) shotTimer--;
        moveTimer--;
        bombTimer--;
        if (Alive() == 0)
        {
            if (ramp && interval > FastestInterval) interval--;
            aliens.AsSpan(0, 4).Fill(Wave);
        }

        return new StepResult(reward, hit);
    }

    bool OnCannon(ushort[] rows) => (rows[Size - 1] >> cannon & 1) != 0;

    int Alive()
    {
        var count = 0;
        foreach (var row in aliens) count += BitOperations.PopCount(row);
        return count;
    }

    // Says whether the aliens have reached the ground or the cannon.
    bool March()
    {
        moveTimer = Math.Min(Alive(), interval);
        var all = 0;
        foreach (var row in aliens) all |= row;
        var landed = false;
        if (direction < 0 ? (all & 1) != 0 : (all >> (Size - 1) & 1) != 0)
        {
            direction = -direction;
            landed = aliens[Size - 1] != 0;
            aliens.AsSpan(0, Size - 1).CopyTo(aliens.AsSpan(1));
            aliens[0] = 0;
        }
        else
        {
            foreach (ref var row in aliens.AsSpan()) row = (ushort)(direction < 0 ? row >> 1 : row << 1);
        }

        return landed | OnCannon(aliens);
    }

    // The lowest alien of the column nearest the cannon shoots, the left one of two that are as near.
    void Bomb()
    {
        for (var distance = 0; distance < Size; distance++)
            if (BombFrom(cannon - distance) || BombFrom(cannon + distance)) return;
    }

    bool BombFrom(int column)
    {
        if (column is < 0 or >= Size) return false;
        for (var row = Size - 1; row >= 0; row--)
        {
            if ((aliens[row] >> column & 1) == 0) continue;
            bombs[row] |= (ushort)(1 << column);
            return true;
        }

        return false;
    }

    private protected override void Draw()
    {
        Mark(Size - 1, cannon, 0);
        for (var row = 0; row < Size; row++)
        {
            if ((aliens[row] | shots[row] | bombs[row]) == 0) continue;
            for (var column = 0; column < Size; column++)
            {
                if ((aliens[row] >> column & 1) != 0)
                {
                    Mark(row, column, 1);
                    Mark(row, column, direction < 0 ? 2 : 3);
                }

                if ((shots[row] >> column & 1) != 0) Mark(row, column, 4);
                if ((bombs[row] >> column & 1) != 0) Mark(row, column, 5);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        snapshot.Values(aliens.AsSpan());
        snapshot.Values(shots.AsSpan());
        snapshot.Values(bombs.AsSpan());
        snapshot.Value(ref cannon);
        snapshot.Value(ref direction);
        snapshot.Value(ref interval);
        snapshot.Value(ref moveTimer);
        snapshot.Value(ref bombTimer);
        snapshot.Value(ref shotTimer);
    }
}
