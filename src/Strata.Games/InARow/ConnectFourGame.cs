using System.Numerics;
using System.Text;

namespace Strata.Games.InARow;

/// <summary>Connect Four: stones fall into columns; four in a row wins. Other sizes and lengths of row fit as long as
/// <c>columns · (rows + 1) ≤ 64</c>. A move is a column, 0 at the left.</summary>
/// <remarks>A set of squares is 64 bits, a column being <c>rows + 1</c> of them from the bottom up: the spare bit on top of each keeps rows
/// from running around the edge (J. Tromp's layout).</remarks>
public sealed class ConnectFourGame : IGame<byte>, IPlanes
{
    static readonly ulong[] keys = Zobrist.Keys(128, 0xC044EC7);

    readonly int height; // bits a column
    readonly ulong[] stones = new ulong[2];
    readonly byte[] tops; // the first empty bit of each column
    readonly byte[] played;
    ulong hash;

    /// <summary>An empty board.</summary>
    /// <param name="columns">1 … 32.</param>
    /// <param name="rows">1 … 63, with <c>columns · (rows + 1) ≤ 64</c>.</param>
    /// <param name="length">Stones in a row that win, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The board does not fit.</exception>
    public ConnectFourGame(int columns = 7, int rows = 6, int length = 4)
    {
        if (columns is < 1 or > 32 || rows is < 1 or > 63 || columns * (rows + 1) > 64)
            throw new ArgumentOutOfRangeException(nameof(columns), $"ConnectFour: {columns} columns of {rows} rows do not fit: columns · (rows + 1) must be in 2 … 64.");
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        (Columns, Rows, Length, height) = (columns, rows, length, rows + 1);
        tops = new byte[columns];
        for (var column = 0; column < columns; column++) tops[column] = (byte)(column * height);
        played = new byte[columns * rows];
    }

    /// <summary>The position after a series of columns on 7×6, as the literature writes it: digits from <c>1</c> at the left.</summary>
    /// <exception cref="FormatException">The text is no such series, or a move in it is not legal.</exception>
    public static ConnectFourGame FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var game = new ConnectFourGame();
        for (var i = 0; i < text.Length; i++)
        {
            if (!game.TryParse(text.AsSpan(i, 1), out var move))
                throw new FormatException($"Connect Four '{Quote.Short(text)}': character {i + 1}, '{Quote.Short(text.AsSpan(i, 1))}', is not a column 1 … 7 with room in a game that goes on.");
            game.Apply(move);
        }

        return game;
    }

    /// <summary>The width of the board.</summary>
    public int Columns { get; }

    /// <summary>The height of the board.</summary>
    public int Rows { get; }

    /// <summary>How many in a row win.</summary>
    public int Length { get; }

    /// <summary>The stones of a player as a set of squares, <c>Rows + 1</c> bits a column from the bottom up.</summary>
    public ulong Stones(int player) => stones[player];

    /// <inheritdoc/>
    public int Player => Ply & 1;

    /// <inheritdoc/>
    public int Ply { get; private set; }

    /// <summary>Whether the player who moved last has a row.</summary>
    bool IsWon => Connects(stones[Player ^ 1]);

    /// <inheritdoc/>
    public bool IsTerminal => Ply == played.Length || IsWon;

    /// <inheritdoc/>
    public double Return(int player) => !IsWon ? 0 : player == Player ? -1 : 1;

    /// <inheritdoc/>
    public int MaxMoves => Columns;

    /// <inheritdoc/>
    public int LegalMoves(Span<byte> moves)
    {
        var count = 0;
        if (IsWon) return count;
        for (var column = 0; column < tops.Length; column++)
            if (tops[column] < column * height + Rows) moves[count++] = (byte)column;
        return count;
    }

    /// <inheritdoc/>
    public void Apply(byte move)
    {
        var bit = tops[move]++;
        stones[Player] |= 1UL << bit;
        hash ^= keys[64 * Player + bit];
        played[Ply++] = move;
    }

    /// <inheritdoc/>
    public void Undo()
    {
        if (Ply == 0) throw new InvalidOperationException("Undo: no move was played.");
        var bit = --tops[played[--Ply]];
        stones[Player] ^= 1UL << bit;
        hash ^= keys[64 * Player + bit];
    }

    /// <inheritdoc/>
    public ulong Hash => hash;

    /// <inheritdoc/>
    public IGame<byte> Clone()
    {
        var copy = new ConnectFourGame(Columns, Rows, Length) { Ply = Ply, hash = hash };
        stones.CopyTo(copy.stones, 0);
        tops.CopyTo(copy.tops, 0);
        played.CopyTo(copy.played, 0);
        return copy;
    }

    /// <inheritdoc/>
    /// <remarks>The column, from <c>1</c> at the left.</remarks>
    public string Format(byte move) => $"{move + 1}";

    /// <inheritdoc/>
    public bool TryParse(ReadOnlySpan<char> text, out byte move) => GameMoves.Find(this, text, out move);

    /// <inheritdoc/>
    public int ActionCount => Columns;

    /// <inheritdoc/>
    public int ActionOf(byte move) => move;

    int IPlanes.Height => Rows;

    int IPlanes.Width => Columns;

    int IPlanes.PlaneCount => 3;

    int IPlanes.SymmetryCount => 2;

    int IPlanes.SquareUnder(int symmetry, int square) => symmetry == 0 ? square : square / Columns * Columns + Columns - 1 - square % Columns;

    int IPlanes.ActionUnder(int symmetry, int action) => symmetry == 0 ? action : Columns - 1 - action;

    /// <summary>Own stones, the other player's, and a plane that is 1 if the first player is to move; rows from the top.</summary>
    void IPlanes.WritePlanes(Span<float> planes)
    {
        var writer = new PlaneWriter(this, planes);
        for (var side = 0; side < 2; side++)
        {
            for (var left = stones[Player ^ side]; left != 0; left &= left - 1)
            {
                var (column, row) = Math.DivRem(BitOperations.TrailingZeroCount(left), height);
                writer.Set((Rows - 1 - row) * Columns + column, side);
            }
        }

        writer.Fill(2, 1 - Player);
    }

    /// <summary>The board row by row from the top: <c>x</c> for the player who moves first, <c>o</c> for the other.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var row = Rows - 1; row >= 0; row--)
        {
            for (var column = 0; column < Columns; column++)
            {
                var bit = column * height + row;
                text.Append((stones[0] >> bit & 1) != 0 ? 'x' : (stones[1] >> bit & 1) != 0 ? 'o' : '.');
            }

            if (row > 0) text.Append('\n');
        }

        return text.ToString();
    }

    bool Connects(ulong set) => Along(set, 1) || Along(set, height) || Along(set, height - 1) || Along(set, height + 1);

    /// <summary>Whether a square of the set is the first of a row in steps of <paramref name="step"/> bits.</summary>
    bool Along(ulong set, int step)
    {
        for (var i = 1; i < Length; i++) set &= set >> step; // after i rounds: the first squares of rows of i + 1
        return set != 0;
    }
}
