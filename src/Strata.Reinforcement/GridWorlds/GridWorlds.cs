namespace Strata.Reinforcement;

/// <summary>Small processes of the textbooks. Where cells are moved between, the actions are up, right, down, left, and walls hold.</summary>
public static class GridWorlds
{
    static readonly (int Rows, int Columns)[] directions = [(-1, 0), (0, 1), (1, 0), (0, -1), (0, 0)];

    /// <summary>4×4 cells, −1 a move, two opposite corners terminal (Sutton and Barto, example 4.1).</summary>
    public static FiniteMdp Grid4x4() => new(16, 4, (s, a) => s is 0 or 15 ? [] : [new Outcome(Moved(s, a, 4, 4), 1, -1)], columns: 4);

    /// <summary>4×12 cells with a cliff along the lower edge: −1 a move, −100 and back to the start on the cliff, the goal at its end
    /// (Sutton and Barto, example 6.6).</summary>
    public static FiniteMdp Cliff()
    {
        const int Start = 36, Goal = 47;
        return new FiniteMdp(48, 4, Outcomes, [Start], columns: 12);

        static IEnumerable<Outcome> Outcomes(int s, int a)
        {
            if (s is > Start and <= Goal) return [];
            var next = Moved(s, a, 4, 12);
            return [next is > Start and < Goal ? new Outcome(Start, 1, -100) : new Outcome(next, 1, -1)];
        }
    }

    /// <summary>States in a row: action 0 goes back to the first for .02, action 1 goes on; 1 for leaving the last, which ends the episode.</summary>
    /// <param name="length">How many states.</param>
    public static FiniteMdp Chain(int length) => new(
        length + 1,
        2,
        (s, a) => s == length ? [] : a == 0 ? [new Outcome(0, 1, 0.02)] : [new Outcome(s + 1, 1, s == length - 1 ? 1 : 0)],
        [0]);

    /// <summary>Two rooms of 5×5 cells joined by a corridor of 1×5 at the middle row: −.1 a step, +1 for the goal in the far corner of the
    /// right room; episodes begin in the left. The fifth action stays.</summary>
    public static FiniteMdp TwoRoom()
    {
        const int Rows = 5, Columns = 15, Goal = (Rows * Columns) - 1;
        return new FiniteMdp(Rows * Columns, 5, Outcomes, [.. Enumerable.Range(0, Rows * Columns).Where(s => s % Columns < 5)], Columns);

        static bool IsWall(int s) => s % Columns is >= 5 and < 10 && s / Columns != 2;

        static IEnumerable<Outcome> Outcomes(int s, int a)
        {
            if (s == Goal || IsWall(s)) return [];
            var next = Moved(s, a, Rows, Columns);
            if (IsWall(next)) next = s;
            return [new Outcome(next, 1, next == Goal ? 1 : -0.1)];
        }
    }

    /// <summary>A random process (Archibald et al. 1995): each action leads to <paramref name="branches"/> states with random probabilities, for a reward
    /// uniform in [0, 1).</summary>
    /// <param name="states">How many states.</param>
    /// <param name="actions">How many actions in each.</param>
    /// <param name="branches">How many states an action can lead to.</param>
    /// <param name="seed">The seed.</param>
    public static FiniteMdp Garnet(int states, int actions, int branches, long seed)
    {
        var random = new NumpyRandom(seed);
        return new FiniteMdp(states, actions, Outcomes);

        IEnumerable<Outcome> Outcomes(int s, int a)
        {
            var cuts = Enumerable.Range(0, branches - 1).Select(_ => random.NextDouble()).Append(0).Append(1).Order().ToArray();
            var next = new HashSet<int>();
            while (next.Count < branches) next.Add(random.NextInt(states));
            var reward = random.NextDouble();
            return next.Select((n, i) => new Outcome(n, cuts[i + 1] - cuts[i], reward)).ToArray();
        }
    }

    /// <summary>A cycle of two states with the reward 1 a step, which never ends.</summary>
    public static FiniteMdp TwoStateCycle() => new(2, 1, (s, _) => [new Outcome(1 - s, 1, 1)]);

    static int Moved(int s, int a, int rows, int columns)
    {
        var (row, column) = (s / columns + directions[a].Rows, s % columns + directions[a].Columns);
        return row < 0 || row >= rows || column < 0 || column >= columns ? s : (row * columns) + column;
    }
}
