using System.Numerics;

namespace Strata.Games.InARow;

/// <summary>Tic-tac-toe: three in a row on 3×3. X moves first.</summary>
public sealed class TicTacToeGame : IGame<byte>, IPlanes
{
    const int Full = 0x1FF;
    static readonly int[] rows = [0x007, 0x038, 0x1C0, 0x049, 0x092, 0x124, 0x111, 0x054];
    static readonly ulong[] keys = Zobrist.Keys(18, 0x7AC70E);

    // The squares of each player and the squares in the order of play.
    int x, o;
    readonly byte[] played = new byte[9];

    /// <summary>The empty board.</summary>
    public TicTacToeGame()
    {
    }

    /// <summary>The position of nine characters, row by row from the top: <c>x</c>, <c>o</c>, and <c>.</c> or <c>-</c> for an empty square.</summary>
    /// <exception cref="FormatException">The text is no such position, or one that play cannot reach.</exception>
    public static TicTacToeGame FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length != 9 || text.AsSpan().ContainsAnyExcept("xXoO.-"))
            throw new FormatException($"Tic-tac-toe '{Quote.Short(text)}': a position is nine characters x, o or '.', row by row.");
        var game = new TicTacToeGame();
        for (var i = 0; i < 9; i++)
        {
            if (text[i] is 'x' or 'X') game.x |= 1 << i;
            if (text[i] is 'o' or 'O') game.o |= 1 << i;
        }

        int xs = BitOperations.PopCount((uint)game.x), os = BitOperations.PopCount((uint)game.o);
        if (xs - os is not (0 or 1)) throw new FormatException($"Tic-tac-toe '{text}': {xs} x and {os} o; X begins and turns alternate.");
        if ((Wins(game.o) && xs != os) || (Wins(game.x) && xs == os)) throw new FormatException($"Tic-tac-toe '{text}': play went on after a win.");
        return game;
    }

    /// <inheritdoc/>
    public int Player => BitOperations.PopCount((uint)(x | o)) & 1;

    /// <inheritdoc/>
    public int Ply { get; private set; }

    /// <inheritdoc/>
    public bool IsTerminal => (x | o) == Full || Wins(x) || Wins(o);

    /// <inheritdoc/>
    public double Return(int player) => (Wins(x) ? 1 : Wins(o) ? -1 : 0) * (player == 0 ? 1 : -1);

    /// <inheritdoc/>
    public int MaxMoves => 9;

    /// <inheritdoc/>
    public int LegalMoves(Span<byte> moves)
    {
        var count = 0;
        if (IsTerminal) return count;
        for (var empty = Full & ~(x | o); empty != 0; empty &= empty - 1) moves[count++] = (byte)BitOperations.TrailingZeroCount(empty);
        return count;
    }

    /// <inheritdoc/>
    public void Apply(byte move)
    {
        played[Ply++] = move;
        if (Player == 0) x |= 1 << move;
        else o |= 1 << move;
    }

    /// <inheritdoc/>
    public void Undo()
    {
        if (Ply == 0) throw new InvalidOperationException("Undo: no move was played.");
        var kept = ~(1 << played[--Ply]);
        x &= kept;
        o &= kept;
    }

    /// <inheritdoc/>
    public ulong Hash
    {
        get
        {
            ulong hash = 0;
            for (var i = 0; i < 9; i++)
            {
                if ((x >> i & 1) != 0) hash ^= keys[i];
                if ((o >> i & 1) != 0) hash ^= keys[9 + i];
            }

            return hash;
        }
    }

    /// <inheritdoc/>
    public IGame<byte> Clone()
    {
        var copy = new TicTacToeGame { x = x, o = o, Ply = Ply };
        played.CopyTo(copy.played, 0);
        return copy;
    }

    /// <inheritdoc/>
    /// <remarks>Column and row, <c>a1</c> at the lower left.</remarks>
    public string Format(byte move) => $"{(char)('a' + move % 3)}{3 - move / 3}";

    /// <inheritdoc/>
    public bool TryParse(ReadOnlySpan<char> text, out byte move) => GameMoves.Find(this, text, out move);

    /// <inheritdoc/>
    public int ActionCount => 9;

    /// <inheritdoc/>
    public int ActionOf(byte move) => move;

    int IPlanes.Height => 3;

    int IPlanes.Width => 3;

    int IPlanes.PlaneCount => 3;

    int IPlanes.SymmetryCount => Dihedral.Count;

    int IPlanes.SquareUnder(int symmetry, int square) => Dihedral.Square(symmetry, square, 3);

    int IPlanes.ActionUnder(int symmetry, int action) => Dihedral.Square(symmetry, action, 3);

    /// <summary>Own squares, the other player's, and a plane that is 1 if X is to move.</summary>
    void IPlanes.WritePlanes(Span<float> planes)
    {
        var writer = new PlaneWriter(this, planes);
        for (var i = 0; i < 9; i++)
        {
            if ((x >> i & 1) != 0) writer.Set(i, Player);
            if ((o >> i & 1) != 0) writer.Set(i, 1 - Player);
        }

        writer.Fill(2, 1 - Player);
    }

    /// <summary>The board in three lines.</summary>
    public override string ToString() => string.Create(11, this, static (text, game) =>
    {
        for (var i = 0; i < 11; i++)
        {
            var square = i / 4 * 3 + i % 4;
            text[i] = i % 4 == 3 ? '\n' : (game.x >> square & 1) != 0 ? 'x' : (game.o >> square & 1) != 0 ? 'o' : '.';
        }
    });

    static bool Wins(int squares)
    {
        foreach (var row in rows)
            if ((squares & row) == row) return true;
        return false;
    }
}
