using System.Runtime.InteropServices;

namespace Strata.Reinforcement;

/// <summary>A submarine that shoots fish and enemy submarines (+1 each), rescues divers and must surface for air, with six divers for a reward.
/// Channels: front, back, own bullet, trail, enemy bullet, fish, enemy submarine, oxygen, divers aboard, diver.</summary>
/// <param name="stickiness">The probability that an action is replaced by the last one.</param>
/// <param name="ramp">Whether enemies grow faster with each surfacing.</param>
public sealed class Seaquest(double stickiness = 0.1, bool ramp = true) : GridGame(10, stickiness, allActions: true)
{
    const int MaxOxygen = 200, MaxDivers = 6, FirstSpawnInterval = 20, DiverSpawnInterval = 30, FirstMoveInterval = 5, DiverMoveInterval = 5;
    const int CoolDown = 5, EnemyShotInterval = 10;

    // Room for all that can be there at once, so that no step allocates.
    readonly List<Swimmer> shots = new(16), bombs = new(128), fish = new(128), subs = new(128), divers = new(32);
    int x, y, oxygen, aboard, spawnInterval, spawnTimer, diverTimer, moveInterval, rampIndex, shotTimer;
    bool right, surfaced;

    private protected override void Start()
    {
        foreach (var list in (ReadOnlySpan<List<Swimmer>>)[shots, bombs, fish, subs, divers]) list.Clear();
        (x, y, right, surfaced, oxygen, aboard) = (5, 0, false, true, MaxOxygen, 0);
        (spawnInterval, spawnTimer, diverTimer, moveInterval, rampIndex, shotTimer) = (FirstSpawnInterval, FirstSpawnInterval, DiverSpawnInterval, FirstMoveInterval, 0, 0);
    }

    private protected override StepResult Tick(GridMove move)
    {
        if (spawnTimer == 0)
        {
            SpawnEnemy();
            spawnTimer = spawnInterval;
        }

        if (diverTimer == 0)
        {
            var fromLeft = Random.Chance(0.5);
            divers.Add(new Swimmer(fromLeft ? 0 : Size - 1, 1 + Random.NextInt(8), fromLeft, DiverMoveInterval));
            diverTimer = DiverSpawnInterval;
        }

        Steer(move);
        var (reward, dead) = (0, false);
        MoveShots(ref reward);
        MoveDivers();
        MoveEnemies(subs, ref reward, ref dead, shoot: true);
        MoveBombs(ref dead);
        MoveEnemies(fish, ref reward, ref dead, shoot: false);
        spawnTimer -= spawnTimer > 0 ? 1 : 0;
        diverTimer -= diverTimer > 0 ? 1 : 0;
        shotTimer -= shotTimer > 0 ? 1 : 0;
        dead |= oxygen <= 0;
        if (y > 0)
        {
            oxygen--;
            surfaced = false;
        }
        else if (!surfaced)
        {
            if (aboard == 0) dead = true;
            else reward += Surface();
        }

        return new StepResult(reward, dead);
    }

    void Steer(GridMove move)
    {
        switch (move)
        {
            case GridMove.Fire when shotTimer == 0:
                shots.Add(new Swimmer(x, y, right, 0));
                shotTimer = CoolDown;
                break;
            case GridMove.Left: (x, right) = (Math.Max(0, x - 1), false); break;
            case GridMove.Right: (x, right) = (Math.Min(Size - 1, x + 1), true); break;
            case GridMove.Up: y = Math.Max(0, y - 1); break;
            case GridMove.Down: y = Math.Min(Size - 2, y + 1); break;
        }
    }

    void MoveShots(ref int reward)
    {
        for (var i = shots.Count - 1; i >= 0; i--)
        {
            ref var shot = ref At(shots, i);
            shot.Move();
            if (shot.IsOutside)
            {
                shots.RemoveAt(i);
            }
            else if (Find(fish, shot.X, shot.Y) is >= 0 and var f)
            {
                fish.RemoveAt(f);
                shots.RemoveAt(i);
                reward++;
            }
            else if (Find(subs, shot.X, shot.Y) is >= 0 and var s)
            {
                subs.RemoveAt(s);
                shots.RemoveAt(i);
                reward++;
            }
        }
    }

    void MoveDivers()
    {
        for (var i = divers.Count - 1; i >= 0; i--)
        {
            ref var diver = ref At(divers, i);
            if (Rescue(diver, i)) continue;
            if (diver.Timer-- > 0) continue;
            diver.Timer = DiverMoveInterval;
            diver.Move();
            if (diver.IsOutside) divers.RemoveAt(i);
            else Rescue(diver, i);
        }
    }

    bool Rescue(Swimmer diver, int i)
    {
        if (!diver.IsAt(x, y) || aboard == MaxDivers) return false;
        divers.RemoveAt(i);
        aboard++;
        return true;
    }

    void MoveEnemies(List<Swimmer> enemies, ref int reward, ref bool dead, bool shoot)
    {
        for (var i = enemies.Count - 1; i >= 0; i--)
        {
            ref var enemy = ref At(enemies, i);
            dead |= enemy.IsAt(x, y);
            var gone = false;
            if (enemy.Timer-- == 0)
            {
                enemy.Timer = moveInterval;
                enemy.Move();
                if (enemy.IsAt(x, y)) dead = true;
                else if (enemy.IsOutside) gone = true;
                else if (Find(shots, enemy.X, enemy.Y) is >= 0 and var shot)
                {
                    shots.RemoveAt(shot);
                    reward++;
                    gone = true;
                }
            }

            if (shoot && enemy.ShotTimer-- == 0)
            {
                enemy.ShotTimer = EnemyShotInterval;
                bombs.Add(new Swimmer(enemy.X, enemy.Y, enemy.Right, 0)); // a submarine shot at this very moment still shoots
            }

            if (gone) enemies.RemoveAt(i);
        }
    }

    void MoveBombs(ref bool dead)
    {
        for (var i = bombs.Count - 1; i >= 0; i--)
        {
            ref var bomb = ref At(bombs, i);
            dead |= bomb.IsAt(x, y);
            bomb.Move();
            if (bomb.IsOutside) bombs.RemoveAt(i);
            else dead |= bomb.IsAt(x, y);
        }
    }

    int Surface()
    {
        var reward = 0;
        surfaced = true;
        if (aboard == MaxDivers)
        {
            aboard = 0;
            reward = oxygen * 10 / MaxOxygen;
        }
        else
        {
            aboard--;
        }

        oxygen = MaxOxygen;
        if (ramp && (spawnInterval > 1 || moveInterval > 2))
        {
            if (moveInterval > 2 && rampIndex % 2 != 0) moveInterval--;
            if (spawnInterval > 1) spawnInterval--;
            rampIndex++;
        }

        return reward;
    }

    void SpawnEnemy()
    {
        var (fromLeft, isSub, row) = (Random.Chance(0.5), Random.Chance(1.0 / 3), 1 + Random.NextInt(8));
        // None in a row where another comes the opposite way.
        foreach (var other in fish)
            if (other.Y == row && other.Right != fromLeft) return;
        foreach (var other in subs)
            if (other.Y == row && other.Right != fromLeft) return;
        (isSub ? subs : fish).Add(new Swimmer(fromLeft ? 0 : Size - 1, row, fromLeft, moveInterval));
    }

    private protected override void Draw()
    {
        Mark(y, x, 0);
        if (x + (right ? -1 : 1) is >= 0 and < Size and var back) Mark(y, back, 1);
        for (var i = 0; i < Math.Max(0, oxygen) * 10 / MaxOxygen; i++) Mark(Size - 1, i, 7);
        for (var i = Size - 1 - aboard; i < Size - 1; i++) Mark(Size - 1, i, 8);
        DrawAll(shots, 2, trails: false);
        DrawAll(bombs, 4, trails: false);
        DrawAll(fish, 5, trails: true);
        DrawAll(subs, 6, trails: true);
        DrawAll(divers, 9, trails: true);
    }

    void DrawAll(List<Swimmer> swimmers, int channel, bool trails)
    {
        foreach (var swimmer in swimmers)
        {
            Mark(swimmer.Y, swimmer.X, channel);
            if (trails && swimmer.X + (swimmer.Right ? -1 : 1) is >= 0 and < Size and var behind) Mark(swimmer.Y, behind, 3);
        }
    }

    static ref Swimmer At(List<Swimmer> list, int i) => ref CollectionsMarshal.AsSpan(list)[i];

    static int Find(List<Swimmer> list, int x, int y)
    {
        for (var i = 0; i < list.Count; i++)
            if (list[i].IsAt(x, y)) return i;
        return -1;
    }

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        foreach (var list in (ReadOnlySpan<List<Swimmer>>)[shots, bombs, fish, subs, divers]) snapshot.List(list);
        snapshot.Value(ref x);
        snapshot.Value(ref y);
        snapshot.Value(ref oxygen);
        snapshot.Value(ref aboard);
        snapshot.Value(ref spawnInterval);
        snapshot.Value(ref spawnTimer);
        snapshot.Value(ref diverTimer);
        snapshot.Value(ref moveInterval);
        snapshot.Value(ref rampIndex);
        snapshot.Value(ref shotTimer);
        snapshot.Value(ref right);
        snapshot.Value(ref surfaced);
    }

    struct Swimmer(int x, int y, bool right, int timer)
    {
        public int X = x, Y = y, Timer = timer, ShotTimer = EnemyShotInterval;
        public bool Right = right;

        public readonly bool IsOutside => X is < 0 or >= Size;

        public readonly bool IsAt(int x, int y) => X == x && Y == y;

        public void Move() => X += Right ? 1 : -1;
    }
}
