using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Strata.Games.Go;

/// <summary>Go on boards of 1×1 … 25×25. Two passes in a row end the game. Black is player 0.</summary>
public sealed class GoGame : IGame<GoMove>, IPlanes
{
    /// <summary>The largest board: GTP has 25 letters for its columns.</summary>
    public const int MaxSize = 25;

    const int PlaneSteps = 8;

    static readonly ulong whiteToMove = Zobrist.Keys(1, 0x3417E)[0];
    static readonly ulong[] passKeys = Zobrist.Keys(3, 0x9A55);
    static readonly ulong[] koKeys = Zobrist.Keys(MaxSize * MaxSize, 0x4B0);

    struct State
    {
        public GoMove Move;
        public short Ko; // the point that simple ko forbids now, or −1
        public byte Passes;
        public byte Player; // who made the move
        public int Removed; // how many cells of the log came before this move
        public int Changes; // what the board had changed before this move
    }

    readonly GoBoard board;
    PositionSet seen = new();
    State now = new() { Ko = -1 };
    State[] history = new State[128];
    ushort[] removed;
    int side;

    /// <summary>An empty board.</summary>
    /// <param name="size">1 … 25.</param>
    /// <param name="rules">Tromp–Taylor by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such board.</exception>
    public GoGame(int size = 19, GoRules? rules = null)
    {
        if (size is < 1 or > MaxSize) throw new ArgumentOutOfRangeException(nameof(size), size, $"Go: the size of the board must be in 1 … {MaxSize}.");
        board = new GoBoard(size);
        Rules = rules ?? GoRules.TrompTaylor;
        removed = new ushort[4 * size * size];
        seen.Add(board.Key, board.Level);
    }

    /// <summary>A board with stones on it.</summary>
    /// <param name="size">1 … 25.</param>
    /// <param name="black">Points of black stones (A1 = 0, row by row).</param>
    /// <param name="white">Points of white stones.</param>
    /// <param name="player">Who moves next: 0 black, 1 white.</param>
    /// <param name="rules">Tromp–Taylor by default.</param>
    /// <exception cref="FormatException">A point is off the board or taken twice, or stones have no liberty.</exception>
    public static GoGame SetUp(int size, IEnumerable<int> black, IEnumerable<int> white, int player = 0, GoRules? rules = null)
    {
        var game = new GoGame(size, rules) { side = player };
        var setup = black.Select(point => (point, GoBoard.Black)).Concat(white.Select(point => (point, GoBoard.White))).ToArray();
        var taken = new HashSet<int>();
        foreach (var (point, _) in setup)
        {
            if (point < 0 || point >= size * size) throw new FormatException($"Go: point {point} is not on a board of {size}×{size}.");
            if (!taken.Add(point)) throw new FormatException($"Go: two stones are set on {GoPoint.Name(point, size)}.");
        }

        if (!game.board.SetUp(setup)) throw new FormatException("Go: the stones set on the board leave a chain without liberties.");
        game.seen = new PositionSet();
        game.seen.Add(game.board.Key, game.board.Level);
        return game;
    }

    /// <summary>A board drawn as rows from the top: <c>x</c> black, <c>o</c> white, <c>.</c> empty; blanks are ignored.</summary>
    /// <exception cref="FormatException">The drawing is not a square board, or stones have no liberty.</exception>
    public static GoGame FromText(string text, int player = 0, GoRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rows = text.Replace(" ", "", StringComparison.Ordinal)
            .Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var size = rows.Length;
        if (size is < 1 or > MaxSize || rows.Any(row => row.Length != size || row.AsSpan().ContainsAnyExcept("xXoO.")))
            throw new FormatException($"Go '{Quote.Short(text)}': a board is n rows of n characters x, o or '.', n in 1 … {MaxSize}.");
        IEnumerable<int> Points(string stone) => Enumerable.Range(0, size * size).Where(p => stone.Contains(rows[size - 1 - p / size][p % size]));
        return SetUp(size, Points("xX"), Points("oO"), player, rules);
    }

    /// <summary>Rows and columns of the board.</summary>
    public int Size => board.Size;

    /// <summary>The rules in force. They may change during a game, as GTP sets komi at any time.</summary>
    public GoRules Rules { get; set; }

    /// <inheritdoc/>
    public int Player => side;

    /// <inheritdoc/>
    public int Ply { get; private set; }

    /// <summary>Passes in a row before now.</summary>
    public int Passes => now.Passes;

    /// <inheritdoc/>
    public bool IsTerminal => now.Passes >= 2;

    /// <summary>The color on a point: 0 black, 1 white, −1 empty.</summary>
    public int ColorAt(int point) => board.ColorAt(board.Cell(point)) - 1;

    /// <summary>The liberties of the chain on a point; 0 if it is empty.</summary>
    public int Liberties(int point) => board.ColorAt(board.Cell(point)) == GoBoard.Empty ? 0 : board.Liberties(board.Cell(point));

    /// <summary>Area of black minus area of white and komi, all stones taken as alive.</summary>
    public double Score
    {
        get
        {
            var (black, white) = board.Area();
            return black - white - Rules.Komi;
        }
    }

    /// <inheritdoc/>
    public double Return(int player) => IsTerminal ? Math.Sign(Score) * (player == 0 ? 1 : -1) : 0;

    /// <inheritdoc/>
    public int MaxMoves => Size * Size + 1;

    /// <inheritdoc/>
    /// <remarks>Row by row from the lower left, the pass last.</remarks>
    [SkipLocalsInit]
    public int LegalMoves(Span<GoMove> moves)
    {
        if (IsTerminal) return 0;
        Span<byte> marks = stackalloc byte[board.MarkCount];
        return LegalMoves(moves, marks);
    }

    int LegalMoves(Span<GoMove> moves, Span<byte> marks)
    {
        board.Mark(marks);
        var count = 0;
        var isPlainLegal = now.Ko < 0 && IsPlainNew();
        for (var cell = board.FirstCell; cell < board.CellEnd; cell += Vector256<byte>.Count)
        {
            var (empty, plain) = board.Survey(cell, side + 1, marks);
            var legal = isPlainLegal ? plain : 0;
            for (var unsure = empty ^ legal; unsure != 0; unsure &= unsure - 1)
                if (IsLegal(board.Point(cell + BitOperations.TrailingZeroCount(unsure)))) legal |= unsure & ~(unsure - 1);
            for (; legal != 0; legal &= legal - 1) moves[count++] = new GoMove((short)board.Point(cell + BitOperations.TrailingZeroCount(legal)));
        }

        moves[count++] = GoMove.Pass;
        return count;
    }

    /// <summary>Whether the player to move may put a stone on a point.</summary>
    public bool IsLegal(int point)
    {
        var cell = board.Cell(point);
        if (board.ColorAt(cell) != GoBoard.Empty || point == now.Ko) return false;
        var (outcome, key) = board.Foresee(cell, side + 1);
        if (outcome == GoBoard.Outcome.LoneSuicide || (outcome == GoBoard.Outcome.Suicide && !Rules.Suicide)) return false;
        return (outcome == GoBoard.Outcome.Plain && IsPlainNew()) || IsNew(key);
    }

    /// <summary>Whether superko, if it is in force, allows a position.</summary>
    bool IsNew(ulong key) => !Rules.Superko || !seen.Contains(key);

    /// <summary>Whether superko cannot forbid a move that removes nothing: no position had as many stones of each color.</summary>
    bool IsPlainNew() => !Rules.Superko || !seen.MayHold(board.LevelWith(side + 1));

    /// <summary>Whether the point is an eye of the player to move that random playouts should leave alone.</summary>
    public bool IsEye(int point) => board.IsEye(board.Cell(point), side + 1);

    /// <inheritdoc/>
    public void Apply(GoMove move)
    {
        if (Ply == history.Length) Array.Resize(ref history, 2 * Ply);
        ref var old = ref history[Ply++];
        old = now;
        old.Move = move;
        old.Player = (byte)side;
        now.Ko = -1;
        if (move.IsPass)
        {
            now.Passes++;
        }
        else
        {
            if (removed.Length < now.Removed + Size * Size) Array.Resize(ref removed, 2 * removed.Length);
            var cell = board.Cell(move.Point);
            old.Changes = board.Changes;
            var count = board.Play(cell, side + 1, removed.AsSpan(now.Removed));
            now.Passes = 0;
            if (!Rules.Superko && count == 1 && board.Stones(cell) == 1 && board.Liberties(cell) == 1) now.Ko = (short)board.Point(removed[now.Removed]);
            now.Removed += count;
            seen.Add(board.Key, board.Level);
        }

        side ^= 1;
    }

    /// <inheritdoc/>
    public void Undo()
    {
        if (Ply == 0) throw new InvalidOperationException("Undo: no move was played.");
        var end = now.Removed;
        now = history[--Ply];
        side = now.Player;
        if (now.Move.IsPass) return;
        seen.RemoveLast(board.Level);
        board.Undo(board.Cell(now.Move.Point), side + 1, removed.AsSpan(now.Removed, end - now.Removed), now.Changes);
    }

    /// <inheritdoc/>
    /// <remarks>Stones, turn, passes and the point of a simple ko. What superko forbids depends on the whole game and is not part of it.</remarks>
    public ulong Hash => board.Key ^ (side == 0 ? 0 : whiteToMove) ^ passKeys[now.Passes] ^ (now.Ko < 0 ? 0 : koKeys[now.Ko]);

    /// <inheritdoc cref="IGame{TMove}.Clone"/>
    public GoGame Clone()
    {
        var copy = new GoGame(Size, Rules)
        {
            seen = seen.Clone(),
            now = now,
            Ply = Ply,
            side = side,
            history = history.AsSpan(0, Math.Max(Ply, 128)).ToArray(),
            removed = [.. removed],
        };
        board.CopyTo(copy.board);
        return copy;
    }

    IGame<GoMove> IGame<GoMove>.Clone() => Clone();

    /// <summary>The moves played, first to last, and who played each. Players alternate unless <see cref="SetPlayer"/> broke in.</summary>
    public IEnumerable<(int Player, GoMove Move)> Moves => history.Take(Ply).Select(state => ((int)state.Player, state.Move));

    /// <summary>Gives the turn to a player without a move, as records and GTP allow. A simple ko may be retaken by the other side's move.</summary>
    /// <param name="player">0 black, 1 white.</param>
    public void SetPlayer(int player)
    {
        if (player == side) return;
        side = player;
        now.Ko = -1;
    }

    /// <summary>Goes on after two passes, as players do who disagree on what is dead.</summary>
    public void Resume() => now.Passes = 0;

    /// <inheritdoc/>
    /// <remarks>As GTP writes it: <c>D4</c>, <c>pass</c>.</remarks>
    public string Format(GoMove move) => move.IsPass ? "pass" : GoPoint.Name(move.Point, Size);

    /// <inheritdoc/>
    public bool TryParse(ReadOnlySpan<char> text, out GoMove move)
    {
        move = GoMove.Pass;
        if (IsTerminal) return false;
        if (text.Equals("pass", StringComparison.OrdinalIgnoreCase)) return true;
        if (!GoPoint.TryParse(text, Size, out var point) || !IsLegal(point)) return false;
        move = new GoMove((short)point);
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>The points, then the pass.</remarks>
    public int ActionCount => Size * Size + 1;

    /// <inheritdoc/>
    public int ActionOf(GoMove move) => move.IsPass ? Size * Size : move.Point;

    int IPlanes.Height => Size;

    int IPlanes.Width => Size;

    int IPlanes.PlaneCount => 2 * PlaneSteps + 1;

    int IPlanes.SymmetryCount => Dihedral.Count;

    int IPlanes.SquareUnder(int symmetry, int square) => Dihedral.Square(symmetry, square, Size);

    int IPlanes.ActionUnder(int symmetry, int action) => action == Size * Size ? action : Dihedral.Square(symmetry, action, Size);

    /// <summary>AlphaGo Zero's input (Silver et al. 2017, Methods): own stones in the last eight positions, newest first, then the other
    /// side's, then a plane that is 1 if black is to move.</summary>
    [SkipLocalsInit]
    void IPlanes.WritePlanes(Span<float> planes)
    {
        Span<int> bits = stackalloc int[Size * Size]; // one for each of a point's planes
        WriteBits(bits);
        PlaneWriter.SetAll(this, planes, bits);
    }

    // Most points never changed in these positions; those that a move changed are set anew for all before it.
    void WriteBits(Span<int> bits)
    {
        var steps = Math.Min(PlaneSteps, Ply + 1); // what came before the first move is empty
        var turn = (1 - side) << 2 * PlaneSteps;
        ReadOnlySpan<int> present = [turn, turn | Bits(0, 0), turn | Bits(1, 0)]; // by the color on the point: no branch that nobody can foresee
        var colors = board.Colors;
        var cells = board.Cells;
        for (var point = 0; point < bits.Length; point++) bits[point] = present[colors[cells[point]]];
        for (var (step, ply, end) = (1, Ply, now.Removed); step < steps; step++)
        {
            ref var past = ref history[--ply];
            if (!past.Move.IsPass)
            {
                if (end > past.Removed)
                {
                    var taken = removed.AsSpan(past.Removed, end - past.Removed);
                    var suicide = taken.Contains((ushort)board.Cell(past.Move.Point));
                    foreach (var cell in taken) bits[board.Point(cell)] |= Bits(suicide ? past.Player : past.Player ^ 1, step);
                }

                bits[past.Move.Point] &= ~Bits(past.Player, step);
            }

            end = past.Removed;
        }

        // The planes of a color from a step on.
        int Bits(int color, int step) => (1 << steps) - (1 << step) << (color == side ? 0 : PlaneSteps);
    }

    /// <summary>The board with its coordinates, rows from the top.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var row = Size - 1; row >= 0; row--)
        {
            text.Append($"{row + 1,2}");
            for (var column = 0; column < Size; column++) text.Append(' ').Append(".xo"[ColorAt(row * Size + column) + 1]);
            text.Append('\n');
        }

        text.Append("  ");
        for (var column = 0; column < Size; column++) text.Append(' ').Append(GoPoint.Name(column, Size)[0]);
        return text.ToString();
    }
}
