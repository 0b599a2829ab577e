using System.Runtime.CompilerServices;
using System.Text;

namespace Strata.Games.Shogi;

/// <summary>Shogi: a board of piece codes with the occupied squares beside it, hands, and an incremental Zobrist key. Black (sente), player 0,
/// plays up the board.</summary>
public sealed class ShogiGame : IGame<ShogiMove>, IPlanes
{
    internal const int Kinds = 8; // a hand holds kinds 1 … 7
    const int ActionsPerSquare = 139;
    const int MaxSquares = 81, MaxHeld = 18;

    static readonly ulong[] pieceKeys = Zobrist.Keys(32 * MaxSquares, 0x5406);
    static readonly ulong[] handKeys = Zobrist.Keys(2 * Kinds * (MaxHeld + 1), 0x4A4D);
    static readonly ulong whiteToMove = Zobrist.Keys(1, 0x607E)[0];

    struct State
    {
        public ulong Key;
        public ShogiMove Move;
        public byte Captured;
    }

    readonly byte[] board = new byte[MaxSquares];
    readonly byte[] hands = new byte[2 * Kinds];
    readonly SquareSet[] occupied = new SquareSet[2];
    readonly int[] kings = new int[2], pawnColumns = new int[2];
    State[] history = new State[128];
    ulong key;
    int side, startPly;

    /// <summary>The start position of shogi.</summary>
    public ShogiGame()
        : this(ShogiVariant.Standard) => Sfen.Read(Variant.Start, this);

    ShogiGame(ShogiVariant variant) => Variant = variant;

    /// <summary>The start position of a variant.</summary>
    public static ShogiGame Start(ShogiVariant variant) => FromSfen(variant.Start, variant);

    /// <summary>The position of an SFEN record; its move number may be missing.</summary>
    /// <exception cref="FormatException">The record is malformed or names a position that shogi cannot reach.</exception>
    public static ShogiGame FromSfen(string sfen, ShogiVariant? variant = null)
    {
        ArgumentNullException.ThrowIfNull(sfen);
        var game = new ShogiGame(variant ?? ShogiVariant.Standard);
        Sfen.Read(sfen, game);
        return game;
    }

    /// <summary>The position as SFEN.</summary>
    public string ToSfen() => Sfen.Write(this);

    /// <summary>The board and start position.</summary>
    public ShogiVariant Variant { get; }

    /// <inheritdoc/>
    public int Player => side;

    /// <inheritdoc/>
    public int Ply { get; private set; }

    /// <summary>The number of the next move as SFEN counts, 1 at the start.</summary>
    public int MoveNumber => startPly + Ply;

    /// <inheritdoc/>
    public ulong Hash => key;

    /// <inheritdoc/>
    /// <remarks>593 is the most that a position of shogi allows.</remarks>
    public int MaxMoves => 600;

    /// <summary>The piece on a square (rank by rank from the top, left to right).</summary>
    public ShogiPiece PieceAt(int square) => (ShogiPiece)(board[square] & 15);

    /// <summary>The color of the piece on a square: 0 black, 1 white, −1 if the square is empty.</summary>
    public int ColorAt(int square) => board[square] == 0 ? -1 : board[square] >> 4;

    /// <summary>How many pieces of a kind a player (0 black, 1 white) holds in hand.</summary>
    public int InHand(int player, ShogiPiece piece) => piece is > ShogiPiece.None and <= ShogiPiece.Gold ? hands[player * Kinds + (int)piece] : 0;

    /// <summary>Whether the player to move is in check.</summary>
    public bool IsCheck => IsAttacked(kings[side], side ^ 1, lifted: -1);

    internal int CodeAt(int square) => board[square];

    internal ShogiMove LastMove => history[Ply - 1].Move;

    internal SquareSet Occupied(int color) => occupied[color];

    internal int KingSquare(int color) => kings[color];

    /// <summary>Bit set of the columns (from the left) that hold an unpromoted pawn of a color.</summary>
    internal int PawnColumns(int color) => pawnColumns[color];

    /// <summary>Whether a color attacks a square, looking through the square <paramref name="lifted"/>.</summary>
    internal bool IsAttacked(int square, int by, int lifted)
    {
        var steps = Variant.Steps;
        var squares = Variant.Size * Variant.Size;
        for (var direction = 0; direction < Directions.Count; direction++)
        {
            var back = 1 << Directions.Opposite(direction);
            var row = direction * squares;
            var at = (int)steps[row + square];
            if (at < 0) continue;
            var code = board[at];
            if (code != 0 && at != lifted)
            {
                if (code >> 4 == by && ((Directions.Steps(code) | Directions.Slides(code)) & back) != 0) return true;
                continue;
            }

            if (direction >= Directions.Lines) continue;
            while ((at = steps[row + at]) >= 0)
            {
                code = board[at];
                if (code == 0 || at == lifted) continue;
                if (code >> 4 == by && (Directions.Slides(code) & back) != 0) return true;
                break;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public int LegalMoves(Span<ShogiMove> moves) => new MoveGenerator(this, moves).Run();

    /// <inheritdoc/>
    public void Apply(ShogiMove move)
    {
        if (Ply == history.Length) Array.Resize(ref history, 2 * Ply);
        ref var old = ref history[Ply++];
        (old.Key, old.Move, old.Captured) = (key, move, 0);
        if (move.IsDrop)
        {
            ChangeHand(side, (int)move.Drop, -1);
            Put((side << 4) | (int)move.Drop, move.To);
        }
        else
        {
            var captured = board[move.To];
            if (captured != 0)
            {
                old.Captured = captured;
                Lift(move.To);
                ChangeHand(side, Base(captured & 15), 1);
            }

            var code = Lift(move.From);
            Put(move.Promotes ? code + 8 : code, move.To);
        }

        side ^= 1;
        key ^= whiteToMove;
    }

    /// <inheritdoc/>
    public void Undo()
    {
        if (Ply == 0) throw new InvalidOperationException("Undo: no move was played.");
        ref var old = ref history[--Ply];
        side ^= 1;
        var move = old.Move;
        var code = Lift(move.To);
        if (move.IsDrop)
        {
            ChangeHand(side, (int)move.Drop, 1);
        }
        else
        {
            Put(move.Promotes ? code - 8 : code, move.From);
            if (old.Captured != 0)
            {
                Put(old.Captured, move.To);
                ChangeHand(side, Base(old.Captured & 15), -1);
            }
        }

        key = old.Key;
    }

    /// <summary>How often the position (board, hands, player to move) has occurred in this game, now included.</summary>
    public int Repetitions
    {
        get
        {
            var count = 1;
            for (var ply = Ply - 4; ply >= 0; ply -= 2)
                if (history[ply].Key == key) count++;
            return count;
        }
    }

    /// <summary>How the game ended, if it did.</summary>
    public ShogiEnding Ending
    {
        [SkipLocalsInit]
        get
        {
            Span<ShogiMove> moves = stackalloc ShogiMove[MaxMoves];
            if (LegalMoves(moves) == 0) return ShogiEnding.NoMoves;
            if (Repetitions < 4) return ShogiEnding.None;
            return PerpetualChecker() >= 0 ? ShogiEnding.PerpetualCheck : ShogiEnding.Repetition;
        }
    }

    /// <inheritdoc/>
    public bool IsTerminal => Ending != ShogiEnding.None;

    /// <inheritdoc/>
    public double Return(int player)
    {
        var loser = Ending switch
        {
            ShogiEnding.NoMoves => side,
            ShogiEnding.PerpetualCheck => PerpetualChecker(),
            ShogiEnding.Repetition when Variant == ShogiVariant.Mini => 0,
            _ => -1,
        };
        return loser < 0 ? 0 : player == loser ? -1 : 1;
    }

    /// <summary>Whether the player to move may declare a win by impasse (the 27-point rule): the king in the promotion zone and not in check,
    /// ten other own pieces in the zone, and 28 points (black) or 27 (white) in zone and hand, rooks and bishops counting five, others one.</summary>
    public bool CanDeclareWin
    {
        get
        {
            if (Variant != ShogiVariant.Standard || !InZone(kings[side], side) || IsCheck) return false;
            int pieces = 0, points = 0;
            for (var set = occupied[side]; !set.IsEmpty; set = set.WithoutFirst)
            {
                var square = set.First;
                if (square == kings[side] || !InZone(square, side)) continue;
                pieces++;
                points += Points(Base(board[square] & 15));
            }

            for (var kind = 1; kind < Kinds; kind++) points += hands[side * Kinds + kind] * Points(kind);
            return pieces >= 10 && points >= (side == 0 ? 28 : 27);

            static int Points(int kind) => kind is (int)ShogiPiece.Bishop or (int)ShogiPiece.Rook ? 5 : 1;
        }
    }

    /// <inheritdoc cref="IGame{TMove}.Clone"/>
    public ShogiGame Clone()
    {
        var copy = new ShogiGame(Variant) { key = key, side = side, startPly = startPly, Ply = Ply };
        board.CopyTo(copy.board, 0);
        hands.CopyTo(copy.hands, 0);
        occupied.CopyTo(copy.occupied, 0);
        kings.CopyTo(copy.kings, 0);
        pawnColumns.CopyTo(copy.pawnColumns, 0);
        copy.history = history.AsSpan(0, Math.Max(Ply, 128)).ToArray();
        return copy;
    }

    IGame<ShogiMove> IGame<ShogiMove>.Clone() => Clone();

    /// <summary>The moves played, first to last.</summary>
    public IEnumerable<ShogiMove> Moves => history.Take(Ply).Select(state => state.Move);

    /// <inheritdoc/>
    /// <remarks>As USI writes it: <c>7g7f</c>, <c>8h2b+</c>, <c>P*5e</c>.</remarks>
    public string Format(ShogiMove move) => move.IsDrop
        ? $"{Sfen.Letter((int)move.Drop)}*{Sfen.Name(move.To, Variant.Size)}"
        : $"{Sfen.Name(move.From, Variant.Size)}{Sfen.Name(move.To, Variant.Size)}{(move.Promotes ? "+" : "")}";

    /// <inheritdoc/>
    public bool TryParse(ReadOnlySpan<char> text, out ShogiMove move) => GameMoves.Find(this, text, out move);

    /// <inheritdoc/>
    /// <remarks>AlphaZero's 139 planes a square (Silver et al. 2017, table S2): 11,259 on 9×9.</remarks>
    public int ActionCount => Variant.Size * Variant.Size * ActionsPerSquare;

    /// <inheritdoc/>
    /// <remarks>Seen from the player to move. By the square of departure: 64 queen moves (8 directions × 8 distances), 2 knight moves, the
    /// same 66 with promotion; by the square of arrival: 7 drops.</remarks>
    public int ActionOf(ShogiMove move)
    {
        int size = Variant.Size, last = size * size - 1;
        var to = side == 0 ? move.To : last - move.To;
        if (move.IsDrop) return to * ActionsPerSquare + 132 + (int)move.Drop - 1;
        var from = side == 0 ? move.From : last - move.From;
        int dx = to % size - from % size, dy = to / size - from / size;
        int plane;
        if (dy == -2 && Math.Abs(dx) == 1)
        {
            plane = 64 + (dx > 0 ? 1 : 0);
        }
        else
        {
            var direction = 0;
            while (Directions.Offset(direction) != (Math.Sign(dx), Math.Sign(dy))) direction++;
            plane = 8 * direction + Math.Max(Math.Abs(dx), Math.Abs(dy)) - 1;
        }

        return from * ActionsPerSquare + plane + (move.Promotes ? 66 : 0);
    }

    int IPlanes.Height => Variant.Size;

    int IPlanes.Width => Variant.Size;

    int IPlanes.PlaneCount => ShogiPlanes.Count;

    void IPlanes.WritePlanes(Span<float> planes) => ShogiPlanes.Write(this, planes);

    /// <summary>The board as text, rank by rank from the top, with the SFEN below.</summary>
    public override string ToString()
    {
        var (text, size) = (new StringBuilder(), Variant.Size);
        for (var file = size; file > 0; file--) text.Append("  ").Append(file);
        for (var y = 0; y < size; y++)
        {
            text.Append('\n');
            for (var x = 0; x < size; x++) text.Append($"{Sfen.Symbol(board[y * size + x]),3}");
            text.Append("  ").Append((char)('a' + y));
        }

        return text.Append("\n\n").Append(ToSfen()).ToString();
    }

    /// <summary>Whether a square lies in the ranks where a color promotes.</summary>
    internal bool InZone(int square, int color)
    {
        var rank = square / Variant.Size;
        return color == 0 ? rank < Variant.Zone : rank >= Variant.Size - Variant.Zone;
    }

    /// <summary>The kind without its promotion.</summary>
    internal static int Base(int kind) => kind > (int)ShogiPiece.King ? kind - 8 : kind;

    /// <summary>Puts a piece on an empty square of a position being set up.</summary>
    internal void Place(int code, int square) => Put(code, square);

    /// <summary>Completes a position whose pieces were placed.</summary>
    internal void SetUp(int player, ReadOnlySpan<int> held, int moveNumber)
    {
        for (var i = 0; i < held.Length; i++)
            if (held[i] > 0) ChangeHand(i / Kinds, i % Kinds, held[i]);
        (side, startPly) = (player, moveNumber);
        if (player == 1) key ^= whiteToMove;
    }

    /// <summary>The player all of whose moves gave check since the position of now first occurred, or −1.</summary>
    int PerpetualChecker()
    {
        var past = Clone();
        var (first, everyCheck) = (0, (bool[])[true, true]);
        while (first < Ply && history[first].Key != key) first += 1;
        while (past.Ply > first)
        {
            everyCheck[past.side ^ 1] &= past.IsCheck;
            past.Undo();
        }

        return everyCheck[0] ? 0 : everyCheck[1] ? 1 : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Put(int code, int square)
    {
        var color = code >> 4;
        board[square] = (byte)code;
        occupied[color] ^= SquareSet.Of(square);
        key ^= pieceKeys[code * MaxSquares + square];
        Note(code, square, color);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Lift(int square)
    {
        int code = board[square], color = code >> 4;
        board[square] = 0;
        occupied[color] ^= SquareSet.Of(square);
        key ^= pieceKeys[code * MaxSquares + square];
        Note(code, square, color);
        return code;
    }

    void Note(int code, int square, int color)
    {
        if ((code & 15) == (int)ShogiPiece.King) kings[color] = square;
        else if ((code & 15) == (int)ShogiPiece.Pawn) pawnColumns[color] ^= 1 << (square % Variant.Size);
    }

    void ChangeHand(int player, int kind, int by)
    {
        var slot = player * Kinds + kind;
        key ^= handKeys[slot * (MaxHeld + 1) + hands[slot]];
        hands[slot] = (byte)(hands[slot] + by);
        key ^= handKeys[slot * (MaxHeld + 1) + hands[slot]];
    }
}
