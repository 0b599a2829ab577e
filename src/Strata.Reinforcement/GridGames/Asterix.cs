namespace Strata.Reinforcement;

/// <summary>A player among enemies and gold that cross the rows; gold is +1, an enemy the end. Channels: player, enemy, trail, gold.</summary>
/// <param name="stickiness">The probability that an action is replaced by the last one.</param>
/// <param name="allActions">Whether all six moves are actions, fire included.</param>
/// <param name="ramp">Whether all grows faster every 100 ticks.</param>
public sealed class Asterix(double stickiness = 0.1, bool allActions = false, bool ramp = true)
    : GridGame(4, stickiness, allActions, GridMove.None, GridMove.Left, GridMove.Up, GridMove.Right, GridMove.Down)
{
    const int Rows = 8, FirstSpawnInterval = 10, FirstMoveInterval = 5, RampInterval = 100;

    readonly Walker[] walkers = new Walker[Rows]; // one a row
    int x, y, spawnInterval, spawnTimer, moveInterval, moveTimer, rampTimer, rampIndex;

    private protected override void Start()
    {
        walkers.AsSpan().Clear();
        (x, y) = (5, 5);
        (spawnInterval, spawnTimer, moveInterval, moveTimer) = (FirstSpawnInterval, FirstSpawnInterval, FirstMoveInterval, FirstMoveInterval);
        (rampTimer, rampIndex) = (RampInterval, 0);
    }

    private protected override StepResult Tick(GridMove move)
    {
        if (spawnTimer == 0)
        {
            Spawn();
            spawnTimer = spawnInterval;
        }

        if (move == GridMove.Left) x = Math.Max(0, x - 1);
        else if (move == GridMove.Right) x = Math.Min(Size - 1, x + 1);
        else if (move == GridMove.Up) y = Math.Max(1, y - 1);
        else if (move == GridMove.Down) y = Math.Min(Rows, y + 1);

        var (reward, caught) = (0, false);
        Meet(ref reward, ref caught);
        if (moveTimer == 0)
        {
            moveTimer = moveInterval;
            foreach (ref var walker in walkers.AsSpan())
            {
                if (!walker.Present) continue;
                walker.Column += walker.Right ? 1 : -1;
                if (walker.Column is < 0 or >= Size) walker.Present = false;
            }

            Meet(ref reward, ref caught);
        }

        spawnTimer--;
        moveTimer--;
        if (ramp && (spawnInterval > 1 || moveInterval > 1) && rampTimer-- < 0) Ramp();
        return new StepResult(reward, caught);
    }

    void Meet(ref int reward, ref bool caught)
    {
        ref var walker = ref walkers[y - 1];
        if (!walker.Present || walker.Column != x) return;
        if (walker.Gold)
        {
            walker.Present = false;
            reward++;
        }
        else
        {
            caught = true;
        }
    }

    void Ramp()
    {
        if (moveInterval > 1 && rampIndex % 2 != 0) moveInterval--;
        if (spawnInterval > 1) spawnInterval--;
        rampIndex++;
        rampTimer = RampInterval;
    }

    void Spawn()
    {
        var (right, gold) = (Random.Chance(0.5), Random.Chance(1.0 / 3));
        var free = 0;
        foreach (ref readonly var walker in walkers.AsSpan()) free += walker.Present ? 0 : 1;
        if (free == 0) return;
        var chosen = Random.NextInt(free);
        foreach (ref var walker in walkers.AsSpan())
        {
            if (walker.Present || chosen-- > 0) continue;
            walker = new Walker { Present = true, Right = right, Gold = gold, Column = right ? 0 : Size - 1 };
            return;
        }
    }

    private protected override void Draw()
    {
        Mark(y, x, 0);
        for (var row = 1; row <= Rows; row++)
        {
            var walker = walkers[row - 1];
            if (!walker.Present) continue;
            Mark(row, walker.Column, walker.Gold ? 3 : 1);
            var behind = walker.Column + (walker.Right ? -1 : 1);
            if (behind is >= 0 and < Size) Mark(row, behind, 2);
        }
    }

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        snapshot.Values(walkers.AsSpan());
        snapshot.Value(ref x);
        snapshot.Value(ref y);
        snapshot.Value(ref spawnInterval);
        snapshot.Value(ref spawnTimer);
        snapshot.Value(ref moveInterval);
        snapshot.Value(ref moveTimer);
        snapshot.Value(ref rampTimer);
        snapshot.Value(ref rampIndex);
    }

    struct Walker
    {
        public int Column;
        public bool Present, Right, Gold;
    }
}
