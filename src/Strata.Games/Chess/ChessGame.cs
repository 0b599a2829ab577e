using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Games.Chess;

/// <summary>Chess by the FIDE laws: bit-boards, a board of pieces beside them, and an incremental Zobrist key.</summary>
public sealed class ChessGame : IGame<ChessMove>, IPlanes
{
    const int White = 0, Black = 1;
    internal const int WhiteKingside = 1, WhiteQueenside = 2, BlackKingside = 4, BlackQueenside = 8;
    const int ActionsPerSquare = 73;

    static readonly ulong[] pieceKeys = Zobrist.Keys(16 * 64, 0xC4E55);
    static readonly ulong[] castlingKeys = Zobrist.Keys(16, 0xCA571E);
    static readonly ulong[] enPassantKeys = Zobrist.Keys(8, 0xE9);
    static readonly ulong blackToMove = Zobrist.Keys(1, 0xB1AC)[0];

    // The castling rights that survive when a piece leaves or reaches a square.
    static readonly byte[] rightsKept = RightsKept();

    /// <summary>What a move changes besides the pieces, kept for <see cref="Undo"/> and for repetitions.</summary>
    struct State
    {
        public ulong Key;
        public ushort Halfmoves;
        public byte Castling;
        public sbyte EnPassant; // the square behind the pawn that just moved two steps, or Squares.None
        public byte Captured;
        public ChessMove Move;
    }

    readonly ulong[] sets = new ulong[16]; // by code = piece | color << 3; entries 0 and 8 hold all pieces of a color
    readonly byte[] board = new byte[64];
    State now = new() { EnPassant = Squares.None };
    State[] history = new State[64];
    int side, startSide, startFullmove = 1;

    /// <summary>The start position of chess.</summary>
    public ChessGame()
        : this(ChessVariant.Standard) => Fen.Read(Variant.Start, this);

    ChessGame(ChessVariant variant) => Variant = variant;

    /// <summary>The start position of a variant.</summary>
    public static ChessGame Start(ChessVariant variant) => FromFen(variant.Start, variant);

    /// <summary>The position of a FEN record; its two move counters may be missing.</summary>
    /// <exception cref="FormatException">The record is malformed or names a position that chess cannot reach.</exception>
    public static ChessGame FromFen(string fen, ChessVariant? variant = null)
    {
        ArgumentNullException.ThrowIfNull(fen);
        var game = new ChessGame(variant ?? ChessVariant.Standard);
        Fen.Read(fen, game);
        return game;
    }

    /// <summary>The position as FEN.</summary>
    public string ToFen() => Fen.Write(this);

    /// <summary>The board and start position.</summary>
    public ChessVariant Variant { get; }

    /// <summary>Whether a draw that a player may claim (third repetition, 50 moves) ends the game, as search and engine matches take it;
    /// otherwise only the draws that need no claim do (fifth repetition, 75 moves).</summary>
    public bool DrawsAreClaimed { get; set; } = true;

    /// <inheritdoc/>
    public int Player => side;

    /// <inheritdoc/>
    public int Ply { get; private set; }

    /// <summary>The number of the move of both sides that comes next, 1 at the start.</summary>
    public int Fullmove => startFullmove + (startSide + Ply) / 2;

    /// <summary>Moves of either side since the last capture or pawn move.</summary>
    public int Halfmoves => now.Halfmoves;

    /// <inheritdoc/>
    public ulong Hash => now.Key;

    /// <inheritdoc/>
    /// <remarks>218 is the most that a position of chess allows.</remarks>
    public int MaxMoves => 224;

    /// <summary>The piece on a square (0 = a1 … 63 = h8).</summary>
    public ChessPiece PieceAt(int square) => (ChessPiece)(board[square] & 7);

    /// <summary>The color of the piece on a square: 0 white, 1 black, −1 if the square is empty.</summary>
    public int ColorAt(int square) => board[square] == 0 ? -1 : board[square] >> 3;

    /// <summary>The pieces of one kind and color (0 white, 1 black) as a set of squares, bit 0 = a1.</summary>
    public ulong Pieces(int color, ChessPiece piece) => sets[(color << 3) | (int)piece];

    /// <summary>Whether the player to move is in check.</summary>
    public bool IsCheck => IsAttacked(KingSquare(side), side ^ 1, Occupied(White) | Occupied(Black));

    internal int Castling => now.Castling;

    internal int EnPassant => now.EnPassant;

    internal ulong Occupied(int color) => sets[color << 3];

    internal int KingSquare(int color) => BitOperations.TrailingZeroCount(sets[(color << 3) | (int)ChessPiece.King]);

    /// <summary>The pieces of a color that attack a square, sliding through all but <paramref name="occupied"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong Attackers(int square, int color, ulong occupied)
    {
        var of = sets.AsSpan(color << 3, 8);
        return (Attacks.Pawns(1UL << square, color ^ 1) & of[(int)ChessPiece.Pawn])
            | (Attacks.Knight(square) & of[(int)ChessPiece.Knight])
            | (Attacks.King(square) & of[(int)ChessPiece.King])
            | (Attacks.Bishop(square, occupied) & (of[(int)ChessPiece.Bishop] | of[(int)ChessPiece.Queen]))
            | (Attacks.Rook(square, occupied) & (of[(int)ChessPiece.Rook] | of[(int)ChessPiece.Queen]));
    }

    internal bool IsAttacked(int square, int by, ulong occupied) => Attackers(square, by, occupied) != 0;

    /// <summary>Whether a pawn of the player to move on <paramref name="from"/> may take en passant: with both pawns gone from their
    /// squares (they may have shielded the king along the rank) no piece but the one taken attacks the king.</summary>
    internal bool MayTakeEnPassant(int from)
    {
        var captured = 1UL << (now.EnPassant ^ 8);
        var occupied = ((Occupied(White) | Occupied(Black)) ^ (1UL << from) ^ captured) | (1UL << now.EnPassant);
        return (Attackers(KingSquare(side), side ^ 1, occupied) & ~captured) == 0;
    }

    /// <inheritdoc/>
    public int LegalMoves(Span<ChessMove> moves) => new MoveGenerator(this, moves).Run();

    /// <inheritdoc/>
    public void Apply(ChessMove move)
    {
        if (Ply == history.Length) Array.Resize(ref history, 2 * Ply);
        int from = move.From, to = move.To, us = side << 3, them = us ^ 8;
        int piece = board[from], captured = board[to];
        ref var old = ref history[Ply++];
        old = now;
        old.Move = move;
        old.Captured = (byte)captured;

        now.Key ^= blackToMove ^ castlingKeys[now.Castling] ^ EnPassantKey();
        now.Castling &= (byte)(rightsKept[from] & rightsKept[to]);
        now.Key ^= castlingKeys[now.Castling];
        now.EnPassant = Squares.None;
        now.Halfmoves = (piece & 7) == (int)ChessPiece.Pawn || captured != 0 ? (ushort)0 : (ushort)Math.Min(now.Halfmoves + 1, ushort.MaxValue);

        if (captured != 0) Toggle(captured, to);
        Toggle(piece, from);
        board[from] = 0;
        if (move.Promotion != ChessPiece.None) piece = us | (int)move.Promotion;
        Toggle(piece, to);
        board[to] = (byte)piece;

        switch (move.Type)
        {
            case ChessMove.Kind.EnPassant:
                Toggle(them | (int)ChessPiece.Pawn, to ^ 8);
                board[to ^ 8] = 0;
                break;
            case ChessMove.Kind.Castling:
                var (rookFrom, rookTo) = RookOfCastling(to);
                Toggle(us | (int)ChessPiece.Rook, rookFrom);
                Toggle(us | (int)ChessPiece.Rook, rookTo);
                (board[rookTo], board[rookFrom]) = (board[rookFrom], 0);
                break;
            default:
                break;
        }

        side ^= 1;
        if (move.Type == ChessMove.Kind.DoubleStep)
        {
            now.EnPassant = (sbyte)((from + to) / 2);
            now.Key ^= EnPassantKey();
        }
    }

    /// <inheritdoc/>
    public void Undo()
    {
        if (Ply == 0) throw new InvalidOperationException("Undo: no move was played.");
        now = history[--Ply];
        side ^= 1;
        var move = now.Move;
        int from = move.From, to = move.To, us = side << 3;
        int piece = board[to];
        ToggleSet(piece, to);
        if (move.Promotion != ChessPiece.None) piece = us | (int)ChessPiece.Pawn;
        ToggleSet(piece, from);
        board[from] = (byte)piece;
        board[to] = now.Captured;
        if (now.Captured != 0) ToggleSet(now.Captured, to);

        switch (move.Type)
        {
            case ChessMove.Kind.EnPassant:
                var pawn = (us ^ 8) | (int)ChessPiece.Pawn;
                ToggleSet(pawn, to ^ 8);
                board[to ^ 8] = (byte)pawn;
                break;
            case ChessMove.Kind.Castling:
                var (rookFrom, rookTo) = RookOfCastling(to);
                ToggleSet(us | (int)ChessPiece.Rook, rookFrom);
                ToggleSet(us | (int)ChessPiece.Rook, rookTo);
                (board[rookFrom], board[rookTo]) = (board[rookTo], 0);
                break;
            default:
                break;
        }
    }

    /// <summary>How often the position has occurred in this game, now included. Positions are equal when the same pieces stand on the
    /// same squares, the same player is to move and the same moves are possible, castling and en passant included.</summary>
    public int Repetitions
    {
        get
        {
            var count = 1;
            for (var ply = Ply - 4; ply >= Math.Max(0, Ply - now.Halfmoves); ply -= 2)
                if (history[ply].Key == now.Key) count++;
            return count;
        }
    }

    /// <summary>Whether neither side can mate by any series of moves.</summary>
    public bool HasInsufficientMaterial
    {
        get
        {
            const ulong darkSquares = 0xAA55AA55AA55AA55;
            ulong Both(ChessPiece piece) => Pieces(White, piece) | Pieces(Black, piece);
            if ((Both(ChessPiece.Pawn) | Both(ChessPiece.Rook) | Both(ChessPiece.Queen)) != 0) return false;
            ulong knights = Both(ChessPiece.Knight), bishops = Both(ChessPiece.Bishop);
            return knights == 0
                ? (bishops & darkSquares) == 0 || (bishops & ~darkSquares) == 0
                : bishops == 0 && BitOperations.IsPow2(knights);
        }
    }

    /// <summary>How the game ended, if it did.</summary>
    public ChessEnding Ending
    {
        [SkipLocalsInit]
        get
        {
            Span<ChessMove> moves = stackalloc ChessMove[MaxMoves];
            if (LegalMoves(moves) == 0) return IsCheck ? ChessEnding.Checkmate : ChessEnding.Stalemate;
            if (HasInsufficientMaterial) return ChessEnding.InsufficientMaterial;
            if (now.Halfmoves >= (DrawsAreClaimed ? 100 : 150)) return ChessEnding.MoveRule;
            return Repetitions >= (DrawsAreClaimed ? 3 : 5) ? ChessEnding.Repetition : ChessEnding.None;
        }
    }

    /// <inheritdoc/>
    public bool IsTerminal => Ending != ChessEnding.None;

    /// <inheritdoc/>
    public double Return(int player) => Ending != ChessEnding.Checkmate ? 0 : player == side ? -1 : 1;

    /// <inheritdoc cref="IGame{TMove}.Clone"/>
    public ChessGame Clone()
    {
        var copy = new ChessGame(Variant) { DrawsAreClaimed = DrawsAreClaimed };
        sets.CopyTo(copy.sets, 0);
        board.CopyTo(copy.board, 0);
        copy.history = history.AsSpan(0, Math.Max(Ply, 64)).ToArray();
        (copy.now, copy.Ply, copy.side) = (now, Ply, side);
        (copy.startSide, copy.startFullmove) = (startSide, startFullmove);
        return copy;
    }

    IGame<ChessMove> IGame<ChessMove>.Clone() => Clone();

    /// <inheritdoc/>
    public string Format(ChessMove move) => move.ToString();

    /// <inheritdoc/>
    public bool TryParse(ReadOnlySpan<char> text, out ChessMove move) => GameMoves.Find(this, text, out move);

    /// <summary>The moves played, first to last.</summary>
    public IEnumerable<ChessMove> Moves => history.Take(Ply).Select(state => state.Move);

    /// <inheritdoc/>
    /// <remarks>AlphaZero's 73 planes a square of departure (Silver et al. 2017, table S2): 4,672 on 8×8.</remarks>
    public int ActionCount => Variant.Size * Variant.Size * ActionsPerSquare;

    /// <inheritdoc/>
    /// <remarks>Seen from the player to move: 56 queen moves (8 directions × 7 distances), 8 knight moves, 9 under-promotions.</remarks>
    public int ActionOf(ChessMove move)
    {
        int size = Variant.Size, file = move.From & 7, rank = move.From >> 3;
        int dx = (move.To & 7) - file, dy = (move.To >> 3) - rank;
        if (side == Black) (rank, dy) = (size - 1 - rank, -dy);
        int plane;
        if (move.Promotion is ChessPiece.Knight or ChessPiece.Bishop or ChessPiece.Rook)
            plane = 64 + 3 * (move.Promotion - ChessPiece.Knight) + dx + 1;
        else if (dx * dy is 2 or -2)
            plane = 56 + (Math.Abs(dx) == 1 ? 0 : 4) + (dx > 0 ? 2 : 0) + (dy > 0 ? 1 : 0);
        else
            plane = 7 * Direction(Math.Sign(dx), Math.Sign(dy)) + Math.Max(Math.Abs(dx), Math.Abs(dy)) - 1;
        return (rank * size + file) * ActionsPerSquare + plane;
    }

    int IPlanes.Height => Variant.Size;

    int IPlanes.Width => Variant.Size;

    int IPlanes.PlaneCount => ChessPlanes.Count;

    void IPlanes.WritePlanes(Span<float> planes) => ChessPlanes.Write(this, planes);

    /// <summary>The board as text, rank by rank from the top, with the FEN below.</summary>
    public override string ToString()
    {
        var text = new System.Text.StringBuilder();
        for (var rank = Variant.Size - 1; rank >= 0; rank--)
        {
            text.Append(rank + 1).Append(' ');
            for (var file = 0; file < Variant.Size; file++) text.Append(' ').Append(Fen.Letter(board[8 * rank + file]));
            text.Append('\n');
        }

        return text.Append("   ").AppendJoin(' ', "abcdefgh".Take(Variant.Size)).Append("\n\n").Append(ToFen()).ToString();
    }

    /// <summary>Puts a piece (<paramref name="code"/> = kind | color · 8) on an empty square of a position being set up.</summary>
    internal void Place(int code, int square)
    {
        Toggle(code, square);
        board[square] = (byte)code;
    }

    /// <summary>Completes a position whose pieces were placed.</summary>
    internal void SetUp(int player, int castling, int enPassant, int halfmoves, int fullmove)
    {
        (side, startSide, startFullmove) = (player, player, fullmove);
        (now.Castling, now.EnPassant, now.Halfmoves) = ((byte)castling, (sbyte)enPassant, (ushort)halfmoves);
        now.Key ^= castlingKeys[castling] ^ EnPassantKey() ^ (player == Black ? blackToMove : 0);
    }

    internal int CodeAt(int square) => board[square];

    internal ChessMove LastMove => history[Ply - 1].Move;

    /// <summary>The key of a right to take en passant; 0 if no pawn may, since then the position is no different.</summary>
    ulong EnPassantKey()
    {
        if (now.EnPassant == Squares.None) return 0;
        var pawns = Attacks.Pawns(1UL << now.EnPassant, side ^ 1) & sets[(side << 3) | (int)ChessPiece.Pawn];
        for (; pawns != 0; pawns &= pawns - 1)
            if (MayTakeEnPassant(BitOperations.TrailingZeroCount(pawns))) return enPassantKeys[now.EnPassant & 7];
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Toggle(int code, int square)
    {
        ToggleSet(code, square);
        now.Key ^= pieceKeys[(code << 6) | square];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void ToggleSet(int code, int square)
    {
        var bit = 1UL << square;
        sets[code] ^= bit;
        sets[code & 8] ^= bit;
    }

    static (int From, int To) RookOfCastling(int kingTo) => (kingTo & 7) == 6 ? (kingTo + 1, kingTo - 1) : (kingTo - 2, kingTo + 1);

    static int Direction(int dx, int dy) => (dx, dy) switch
    {
        (0, 1) => 0,
        (1, 1) => 1,
        (1, 0) => 2,
        (1, -1) => 3,
        (0, -1) => 4,
        (-1, -1) => 5,
        (-1, 0) => 6,
        _ => 7,
    };

    static byte[] RightsKept()
    {
        var kept = new byte[64];
        Array.Fill(kept, (byte)15);
        kept[0] = 15 & ~WhiteQueenside;
        kept[4] = 15 & ~(WhiteKingside | WhiteQueenside);
        kept[7] = 15 & ~WhiteKingside;
        kept[56] = 15 & ~BlackQueenside;
        kept[60] = 15 & ~(BlackKingside | BlackQueenside);
        kept[63] = 15 & ~BlackKingside;
        return kept;
    }
}
