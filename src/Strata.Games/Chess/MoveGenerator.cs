using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Games.Chess;

/// <summary>Writes the legal moves of a position directly: what is pinned and what stops a check is found first, so no move has to be tried.</summary>
ref struct MoveGenerator
{
    readonly ChessGame game;
    readonly Span<ChessMove> moves;
    readonly int us, them, king;
    readonly ulong own, enemy, all;
    int count;

    public MoveGenerator(ChessGame game, Span<ChessMove> moves)
    {
        this.game = game;
        this.moves = moves;
        (us, them) = (game.Player, game.Player ^ 1);
        (own, enemy, king) = (game.Occupied(us), game.Occupied(them), game.KingSquare(us));
        all = own | enemy;
    }

    /// <summary>Returns the number of moves written.</summary>
    public int Run()
    {
        var attacked = Attacked();
        Add(king, Attacks.King(king) & game.Variant.Board & ~own & ~attacked);
        var checkers = game.Attackers(king, them, all);
        var targets = game.Variant.Board & ~own;
        if (checkers != 0)
        {
            if (!BitOperations.IsPow2(checkers)) return count;
            targets = checkers | Attacks.Between(king, BitOperations.TrailingZeroCount(checkers));
        }
        else if (game.Castling != 0)
        {
            Castle(attacked);
        }

        var free = ~Pinned(targets);
        for (var knights = game.Pieces(us, ChessPiece.Knight) & free; knights != 0; knights &= knights - 1)
        {
            var from = BitOperations.TrailingZeroCount(knights);
            Add(from, Attacks.Knight(from) & targets);
        }

        var queens = game.Pieces(us, ChessPiece.Queen);
        for (var bishops = (game.Pieces(us, ChessPiece.Bishop) | queens) & free; bishops != 0; bishops &= bishops - 1)
        {
            var from = BitOperations.TrailingZeroCount(bishops);
            Add(from, Attacks.Bishop(from, all) & targets);
        }

        for (var rooks = (game.Pieces(us, ChessPiece.Rook) | queens) & free; rooks != 0; rooks &= rooks - 1)
        {
            var from = BitOperations.TrailingZeroCount(rooks);
            Add(from, Attacks.Rook(from, all) & targets);
        }

        Pawns(game.Pieces(us, ChessPiece.Pawn) & free, targets);
        if (game.EnPassant != Squares.None) EnPassant();
        return count;
    }

    /// <summary>Everything the other side attacks, with the king lifted so that it does not hide behind itself.</summary>
    readonly ulong Attacked()
    {
        var occupied = all ^ (1UL << king);
        var set = Attacks.Pawns(game.Pieces(them, ChessPiece.Pawn), them) | Attacks.King(game.KingSquare(them));
        for (var b = game.Pieces(them, ChessPiece.Knight); b != 0; b &= b - 1) set |= Attacks.Knight(BitOperations.TrailingZeroCount(b));
        var queens = game.Pieces(them, ChessPiece.Queen);
        for (var b = game.Pieces(them, ChessPiece.Bishop) | queens; b != 0; b &= b - 1)
            set |= Attacks.Bishop(BitOperations.TrailingZeroCount(b), occupied);
        for (var b = game.Pieces(them, ChessPiece.Rook) | queens; b != 0; b &= b - 1)
            set |= Attacks.Rook(BitOperations.TrailingZeroCount(b), occupied);
        return set;
    }

    /// <summary>Finds the pieces that shield their king, writes their moves (along the line of the pin) and returns them.</summary>
    ulong Pinned(ulong targets)
    {
        ulong queens = game.Pieces(them, ChessPiece.Queen), pinned = 0;
        var pinners = (Attacks.Rook(king, enemy) & (game.Pieces(them, ChessPiece.Rook) | queens))
            | (Attacks.Bishop(king, enemy) & (game.Pieces(them, ChessPiece.Bishop) | queens));
        for (; pinners != 0; pinners &= pinners - 1)
        {
            var pinner = BitOperations.TrailingZeroCount(pinners);
            var shield = Attacks.Between(king, pinner) & own;
            if (!BitOperations.IsPow2(shield)) continue; // none: a check; more: no pin
            pinned |= shield;
            var from = BitOperations.TrailingZeroCount(shield);
            var along = Attacks.Through(king, pinner) & targets;
            switch (game.PieceAt(from))
            {
                case ChessPiece.Pawn:
                    Pawns(shield, along);
                    break;
                case ChessPiece.Bishop:
                    Add(from, Attacks.Bishop(from, all) & along);
                    break;
                case ChessPiece.Rook:
                    Add(from, Attacks.Rook(from, all) & along);
                    break;
                case ChessPiece.Queen:
                    Add(from, (Attacks.Bishop(from, all) | Attacks.Rook(from, all)) & along);
                    break;
                default:
                    break; // a pinned knight never moves along the pin
            }
        }

        return pinned;
    }

    void Pawns(ulong pawns, ulong targets)
    {
        var empty = game.Variant.Board & ~all;
        int forward = us == 0 ? 8 : -8;
        var one = Forward(pawns) & empty;
        var two = Forward(one & game.Variant.DoubleStep[us]) & empty & targets;
        AddPawns(one & targets, forward);
        for (; two != 0; two &= two - 1)
        {
            var to = BitOperations.TrailingZeroCount(two);
            moves[count++] = new ChessMove(to - 2 * forward, to, ChessMove.Kind.DoubleStep);
        }

        AddPawns(Attacks.PawnsEast(pawns, us) & enemy & targets, forward + 1);
        AddPawns(Attacks.PawnsWest(pawns, us) & enemy & targets, forward - 1);
    }

    readonly ulong Forward(ulong pawns) => us == 0 ? pawns << 8 : pawns >> 8;

    void AddPawns(ulong reached, int step)
    {
        var promoting = reached & game.Variant.LastRank[us];
        for (var b = reached ^ promoting; b != 0; b &= b - 1)
        {
            var to = BitOperations.TrailingZeroCount(b);
            moves[count++] = new ChessMove(to - step, to);
        }

        for (; promoting != 0; promoting &= promoting - 1)
        {
            var to = BitOperations.TrailingZeroCount(promoting);
            for (var piece = ChessPiece.Queen; piece >= ChessPiece.Knight; piece--) moves[count++] = ChessMove.Promote(to - step, to, piece);
        }
    }

    void EnPassant()
    {
        var pawns = Attacks.Pawns(1UL << game.EnPassant, them) & game.Pieces(us, ChessPiece.Pawn);
        for (; pawns != 0; pawns &= pawns - 1)
        {
            var from = BitOperations.TrailingZeroCount(pawns);
            if (game.MayTakeEnPassant(from)) moves[count++] = new ChessMove(from, game.EnPassant, ChessMove.Kind.EnPassant);
        }
    }

    /// <summary>The squares between king and rook must be empty, those the king crosses or reaches not attacked.</summary>
    void Castle(ulong attacked)
    {
        var shift = 56 * us;
        var rights = game.Castling >> (2 * us);
        if ((rights & ChessGame.WhiteKingside) != 0 && ((all >> shift) & 0x60) == 0 && ((attacked >> shift) & 0x60) == 0)
            moves[count++] = new ChessMove(king, king + 2, ChessMove.Kind.Castling);
        if ((rights & ChessGame.WhiteQueenside) != 0 && ((all >> shift) & 0x0E) == 0 && ((attacked >> shift) & 0x0C) == 0)
            moves[count++] = new ChessMove(king, king - 2, ChessMove.Kind.Castling);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Add(int from, ulong targets)
    {
        for (; targets != 0; targets &= targets - 1) moves[count++] = new ChessMove(from, BitOperations.TrailingZeroCount(targets));
    }
}
