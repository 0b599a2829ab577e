namespace Strata.Reinforcement;

/// <summary>A chicken that crosses eight lanes, +1 each time it arrives; a car sends it back. 2,500 ticks. Channels: chicken, car, and the trails of
/// cars that move every 1, 2, 3, 4 and 5 ticks.</summary>
/// <param name="stickiness">The probability that an action is replaced by the last one.</param>
/// <param name="allActions">Whether all six moves are actions, not only none, up and down.</param>
public sealed class Freeway(double stickiness = 0.1, bool allActions = false)
    : GridGame(7, stickiness, allActions, GridMove.None, GridMove.Up, GridMove.Down)
{
    const int Lanes = 8, Column = 4, MoveInterval = 3, Ticks = 2500;

    readonly Car[] cars = new Car[Lanes];
    int chicken, moveTimer, ticksLeft;

    private protected override void Start()
    {
        Randomize();
        foreach (ref var car in cars.AsSpan()) car.Column = 0;
        (chicken, moveTimer, ticksLeft) = (Size - 1, MoveInterval, Ticks);
    }

    // The ticks between moves of each car, negative for cars that go left.
    void SetSpeeds(ReadOnlySpan<int> speeds)
    {
        for (var lane = 0; lane < Lanes; lane++) (cars[lane].Speed, cars[lane].Timer) = (speeds[lane], Math.Abs(speeds[lane]));
    }

    /// <summary>The speeds that take the place of random ones.</summary>
    internal int[]? FixedSpeeds { get; init; }

    void Randomize()
    {
        if (FixedSpeeds is not null)
        {
            SetSpeeds(FixedSpeeds);
            return;
        }

        Span<int> speeds = stackalloc int[Lanes];
        foreach (ref var speed in speeds) speed = 1 + Random.NextInt(5);
        foreach (ref var speed in speeds) speed = Random.Chance(0.5) ? -speed : speed;
        SetSpeeds(speeds);
    }

    private protected override StepResult Tick(GridMove move)
    {
        if (moveTimer == 0 && move is GridMove.Up or GridMove.Down)
        {
            moveTimer = MoveInterval;
            chicken = Math.Clamp(chicken + (move == GridMove.Up ? -1 : 1), 0, Size - 1);
        }

        var reward = 0;
        if (chicken == 0)
        {
            reward = 1;
            Randomize();
            chicken = Size - 1;
        }

        for (var lane = 0; lane < Lanes; lane++)
        {
            ref var car = ref cars[lane];
            if (car.Column == Column && chicken == lane + 1) chicken = Size - 1;
            if (car.Timer > 0)
            {
                car.Timer--;
                continue;
            }

            car.Timer = Math.Abs(car.Speed);
            car.Column = (car.Column + Math.Sign(car.Speed) + Size) % Size;
            if (car.Column == Column && chicken == lane + 1) chicken = Size - 1;
        }

        if (moveTimer > 0) moveTimer--;
        return new StepResult(reward, --ticksLeft < 0);
    }

    private protected override void Draw()
    {
        Mark(chicken, Column, 0);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var car = cars[lane];
            Mark(lane + 1, car.Column, 1);
            Mark(lane + 1, (car.Column - Math.Sign(car.Speed) + Size) % Size, 1 + Math.Abs(car.Speed));
        }
    }

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        snapshot.Values(cars.AsSpan());
        snapshot.Value(ref chicken);
        snapshot.Value(ref moveTimer);
        snapshot.Value(ref ticksLeft);
    }

    struct Car
    {
        public int Column, Timer, Speed;
    }
}
