using System.Text;

namespace Strata.Games.Chess;

/// <summary>Standard algebraic notation (PGN standard, section 8.2.3): <c>e4</c>, <c>Nbd7</c>, <c>exd8=Q+</c>, <c>O-O#</c>.</summary>
public static class San
{
    const string Letters = "  NBRQK";

    /// <summary>Writes a legal move of the position, with what tells it from other moves, and its check or mate.</summary>
    public static string Format(ChessGame game, ChessMove move)
    {
        ArgumentNullException.ThrowIfNull(game);
        var text = new StringBuilder();
        var piece = game.PieceAt(move.From);
        var takes = game.PieceAt(move.To) != ChessPiece.None || move.IsEnPassant;
        if (move.IsCastling)
        {
            text.Append(move.To > move.From ? "O-O" : "O-O-O");
        }
        else
        {
            if (piece == ChessPiece.Pawn)
            {
                if (takes) text.Append(Squares.Name(move.From)[0]);
            }
            else
            {
                text.Append(Letters[(int)piece]).Append(Distinction(game, move, piece));
            }

            if (takes) text.Append('x');
            text.Append(Squares.Name(move.To));
            if (move.Promotion != ChessPiece.None) text.Append('=').Append(Letters[(int)move.Promotion]);
        }

        game.Apply(move);
        if (game.IsCheck) text.Append(game.Ending == ChessEnding.Checkmate ? '#' : '+');
        game.Undo();
        return text.ToString();
    }

    /// <summary>Reads a move that is legal in the position and told from all others; marks of check and judgement (<c>+ # ! ?</c>), a
    /// missing <c>x</c> or <c>=</c>, needless files and ranks, and zeros for the letters of castling are accepted.</summary>
    public static bool TryParse(ChessGame game, ReadOnlySpan<char> text, out ChessMove move)
    {
        ArgumentNullException.ThrowIfNull(game);
        move = default;
        text = text.TrimEnd("+#!?");
        if (text is "O-O" or "0-0") return Only(game, m => m.IsCastling && m.To > m.From, out move);
        if (text is "O-O-O" or "0-0-0") return Only(game, m => m.IsCastling && m.To < m.From, out move);

        var piece = ChessPiece.Pawn;
        if (text.Length > 0 && Letters.IndexOf(text[0], 2) is var letter and > 0)
        {
            piece = (ChessPiece)letter;
            text = text[1..];
        }

        var promotion = ChessPiece.None;
        if (text.Length > 2 && Letters.IndexOf(text[^1], 2) is var promoted and > 0)
        {
            promotion = (ChessPiece)promoted;
            text = text[..^1];
            if (text[^1] == '=') text = text[..^1];
        }

        if (text.Length is < 2 or > 5 || Squares.Parse(text[^2..]) is var to && to == Squares.None) return false;
        text = text[..^2];
        if (text.Length > 0 && text[^1] is 'x' or ':') text = text[..^1];
        int file = -1, rank = -1;
        if (text.Length > 0 && text[0] is >= 'a' and <= 'h')
        {
            file = text[0] - 'a';
            text = text[1..];
        }

        if (text.Length > 0 && text[0] is >= '1' and <= '8')
        {
            rank = text[0] - '1';
            text = text[1..];
        }

        return text.IsEmpty && Only(game, m => m.To == to && m.Promotion == promotion && game.PieceAt(m.From) == piece && !m.IsCastling
            && (file < 0 || (m.From & 7) == file) && (rank < 0 || m.From >> 3 == rank), out move);
    }

    /// <summary>The file, rank or both that tell the move from those of like pieces to the same square.</summary>
    static string Distinction(ChessGame game, ChessMove move, ChessPiece piece)
    {
        bool rival = false, sameFile = false, sameRank = false;
        foreach (var other in game.LegalMoves())
        {
            if (other.To != move.To || other.From == move.From || game.PieceAt(other.From) != piece) continue;
            rival = true;
            sameFile |= (other.From & 7) == (move.From & 7);
            sameRank |= other.From >> 3 == move.From >> 3;
        }

        var name = Squares.Name(move.From);
        return !rival ? "" : !sameFile ? name[..1] : !sameRank ? name[1..] : name;
    }

    static bool Only(ChessGame game, Predicate<ChessMove> fits, out ChessMove move)
    {
        var found = Array.FindAll(game.LegalMoves(), fits);
        move = found.Length == 1 ? found[0] : default;
        return found.Length == 1;
    }
}
