using System.Globalization;
using System.Numerics;
using System.Text;

namespace Strata.Games.Chess;

/// <summary>Forsyth–Edwards notation, as the PGN standard (section 16.1) defines it.</summary>
static class Fen
{
    const string Letters = ".PNBRQK..pnbrqk";

    public static char Letter(int code) => code == 0 ? '.' : Letters[code];

    public static string Write(ChessGame game)
    {
        var text = new StringBuilder();
        for (var rank = game.Variant.Size - 1; rank >= 0; rank--)
        {
            var empty = 0;
            for (var file = 0; file < game.Variant.Size; file++)
            {
                var code = game.CodeAt(8 * rank + file);
                if (code == 0)
                {
                    empty++;
                    continue;
                }

                if (empty > 0) text.Append(empty);
                empty = 0;
                text.Append(Letters[code]);
            }

            if (empty > 0) text.Append(empty);
            text.Append(rank > 0 ? '/' : ' ');
        }

        text.Append(game.Player == 0 ? "w " : "b ");
        if (game.Castling == 0) text.Append('-');
        for (var i = 0; i < 4; i++)
            if ((game.Castling >> i & 1) != 0) text.Append("KQkq"[i]);
        return text.Append(' ').Append(game.EnPassant == Squares.None ? "-" : Squares.Name(game.EnPassant))
            .Append(CultureInfo.InvariantCulture, $" {game.Halfmoves} {game.Fullmove}").ToString();
    }

    /// <summary>Sets up an empty game. What chess cannot reach and the move generator relies on (one king a side, the side that moved not
    /// in check, rights that fit the pieces, no more promoted pieces than pawns missing) is checked here.</summary>
    public static void Read(string fen, ChessGame game)
    {
        var fields = fen.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (fields.Length is < 4 or > 6)
            throw Error(fen, $"has {fields.Length} fields; it needs pieces, side, castling, en passant and may have two move counters");
        ReadPieces(fen, fields[0], game);
        var side = fields[1] switch { "w" => 0, "b" => 1, _ => throw Error(fen, $"the side to move is 'w' or 'b', not '{Quote.Short(fields[1])}'") };
        var castling = ReadCastling(fen, fields[2], game);
        var enPassant = ReadEnPassant(fen, fields[3], side, game);
        var halfmoves = fields.Length > 4 ? ReadCounter(fen, fields[4], "halfmove clock") : 0;
        var fullmove = fields.Length > 5 ? ReadCounter(fen, fields[5], "move number") : 1;
        game.SetUp(side, castling, enPassant, halfmoves, Math.Max(1, fullmove));
        if (game.IsAttacked(game.KingSquare(side ^ 1), side, game.Occupied(0) | game.Occupied(1)))
            throw Error(fen, $"{Color(side ^ 1)} is in check but {Color(side)} is to move");
    }

    static void ReadPieces(string fen, string field, ChessGame game)
    {
        var size = game.Variant.Size;
        var ranks = field.Split('/');
        if (ranks.Length != size) throw Error(fen, $"has {ranks.Length} ranks; the board has {size}");
        for (var i = 0; i < size; i++)
        {
            var file = 0;
            foreach (var c in ranks[i])
            {
                var code = c == '.' ? -1 : Letters.IndexOf(c);
                if (c is >= '1' and <= '8') file += c - '0';
                else if (code < 0) throw Error(fen, $"'{Quote.Short([c])}' in rank {size - i} is neither a piece nor a number of empty squares");
                else if (file < size) game.Place(code, 8 * (size - 1 - i) + file++);
                else file++;
                if (file > size) break;
            }

            if (file != size) throw Error(fen, $"rank {size - i} ('{Quote.Short(ranks[i])}') does not fill {size} squares");
        }

        for (var color = 0; color < 2; color++)
        {
            int Count(ChessPiece piece) => BitOperations.PopCount(game.Pieces(color, piece));
            if (Count(ChessPiece.King) != 1) throw Error(fen, $"{Color(color)} has {Count(ChessPiece.King)} kings");
            if ((game.Pieces(color, ChessPiece.Pawn) & (game.Variant.LastRank[0] | game.Variant.LastRank[1])) != 0)
                throw Error(fen, $"{Color(color)} has a pawn on the first or last rank");
            var promoted = Math.Max(0, Count(ChessPiece.Queen) - 1) + Math.Max(0, Count(ChessPiece.Rook) - 2)
                + Math.Max(0, Count(ChessPiece.Bishop) - 2) + Math.Max(0, Count(ChessPiece.Knight) - 2);
            if (Count(ChessPiece.Pawn) + promoted > 8) throw Error(fen, $"{Color(color)} has more pieces than eight pawns can make");
        }
    }

    static int ReadCastling(string fen, string field, ChessGame game)
    {
        var castling = 0;
        if (field == "-") return castling;
        foreach (var c in field)
        {
            var right = "KQkq".IndexOf(c);
            if (right < 0 || (castling & 1 << right) != 0) throw Error(fen, $"castling rights '{Quote.Short(field)}' are not '-' or letters of KQkq");
            var (color, rook) = (right >> 1, (right & 1) == 0 ? 7 : 0);
            var home = 56 * color;
            if (game.Variant != ChessVariant.Standard || game.CodeAt(home + 4) != (color << 3 | (int)ChessPiece.King)
                || game.CodeAt(home + rook) != (color << 3 | (int)ChessPiece.Rook))
                throw Error(fen, $"castling right '{c}' needs {Color(color)}'s king and rook on their first squares");
            castling |= 1 << right;
        }

        return castling;
    }

    static int ReadEnPassant(string fen, string field, int side, ChessGame game)
    {
        if (field == "-") return Squares.None;
        var square = Squares.Parse(field);
        var pawn = (side ^ 1) << 3 | (int)ChessPiece.Pawn;
        if (square == Squares.None || square >> 3 != (side == 0 ? 5 : 2) || game.Variant != ChessVariant.Standard || game.CodeAt(square) != 0
            || game.CodeAt(square ^ 8) != pawn || game.CodeAt(square + (side == 0 ? 8 : -8)) != 0)
            throw Error(fen, $"en passant square '{Quote.Short(field)}' is not behind a pawn of {Color(side ^ 1)} that has just moved two steps");
        return square;
    }

    static int ReadCounter(string fen, string field, string name) =>
        int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 9999
            ? value
            : throw Error(fen, $"{name} '{Quote.Short(field)}' is not a number in 0 … 9999");

    static string Color(int side) => side == 0 ? "white" : "black";

    static FormatException Error(string fen, string what) => new($"FEN '{Quote.Short(fen)}': {what}.");
}
