using System.Globalization;
using System.Text;

namespace Strata.Games.Shogi;

/// <summary>Shogi's Forsyth notation, as USI defines it.</summary>
static class Sfen
{
    const string Letters = ".PLNSBRGK";
    static readonly ShogiPiece[] handOrder =
        [ShogiPiece.Rook, ShogiPiece.Bishop, ShogiPiece.Gold, ShogiPiece.Silver, ShogiPiece.Knight, ShogiPiece.Lance, ShogiPiece.Pawn];

    // How many pieces of each kind a set has, by kind 0 … 8.
    static readonly int[] standardSet = [0, 18, 4, 4, 4, 2, 2, 4, 2], miniSet = [0, 2, 0, 0, 2, 2, 2, 2, 2];

    public static char Letter(int kind) => Letters[kind];

    /// <summary>A piece as SFEN writes it: capital for black, small for white, with a plus sign if promoted.</summary>
    public static string Symbol(int code)
    {
        var kind = code & 15;
        var letter = Letters[ShogiGame.Base(kind)];
        if (code >> 4 == 1) letter = char.ToLowerInvariant(letter);
        return kind > (int)ShogiPiece.King ? $"+{letter}" : letter.ToString();
    }

    /// <summary>File from the right, rank letter from the top: <c>7g</c>.</summary>
    public static string Name(int square, int size) => $"{(char)('0' + size - square % size)}{(char)('a' + square / size)}";

    public static string Write(ShogiGame game)
    {
        var (text, size) = (new StringBuilder(), game.Variant.Size);
        for (var y = 0; y < size; y++)
        {
            var empty = 0;
            for (var x = 0; x < size; x++)
            {
                var code = game.CodeAt(y * size + x);
                if (code == 0)
                {
                    empty++;
                    continue;
                }

                if (empty > 0) text.Append(empty);
                empty = 0;
                text.Append(Symbol(code));
            }

            if (empty > 0) text.Append(empty);
            text.Append(y < size - 1 ? '/' : ' ');
        }

        text.Append(game.Player == 0 ? "b " : "w ");
        var start = text.Length;
        for (var player = 0; player < 2; player++)
        {
            foreach (var kind in handOrder)
            {
                var held = game.InHand(player, kind);
                if (held > 1) text.Append(held);
                if (held > 0) text.Append(Symbol((player << 4) | (int)kind));
            }
        }

        if (text.Length == start) text.Append('-');
        return text.Append(CultureInfo.InvariantCulture, $" {game.MoveNumber}").ToString();
    }

    /// <summary>Sets up an empty game. What shogi cannot reach and the move generator relies on (one king a side, the side that moved not
    /// in check, no piece that can never move, one pawn a file, no more pieces than a set has) is checked here.</summary>
    public static void Read(string sfen, ShogiGame game)
    {
        var fields = sfen.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (fields.Length is < 3 or > 4) throw Error(sfen, $"has {fields.Length} fields; it needs board, side, hands and may have a move number");
        var pieces = new int[2, 9]; // by color and kind, on the board
        ReadBoard(sfen, fields[0], game, pieces);
        var player = fields[1] switch { "b" => 0, "w" => 1, _ => throw Error(sfen, $"the side to move is 'b' or 'w', not '{Quote.Short(fields[1])}'") };
        var held = ReadHands(sfen, fields[2]);

        var set = game.Variant == ShogiVariant.Mini ? miniSet : standardSet;
        for (var color = 0; color < 2; color++)
            if (pieces[color, 8] != 1) throw Error(sfen, $"{Color(color)} has {pieces[color, 8]} kings");
        for (var kind = 1; kind < ShogiGame.Kinds; kind++)
        {
            var total = pieces[0, kind] + pieces[1, kind] + held[kind] + held[ShogiGame.Kinds + kind];
            if (total > set[kind]) throw Error(sfen, $"{total} pieces of kind {Letters[kind]}; a set has {set[kind]}");
        }

        var number = 1;
        if (fields.Length == 4 && !(int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= 99999))
            throw Error(sfen, $"move number '{Quote.Short(fields[3])}' is not a number in 0 … 99999");
        game.SetUp(player, held, Math.Max(1, number));
        if (game.IsAttacked(game.KingSquare(player ^ 1), player, lifted: -1))
            throw Error(sfen, $"{Color(player ^ 1)} is in check but {Color(player)} is to move");
    }

    static void ReadBoard(string sfen, string field, ShogiGame game, int[,] pieces)
    {
        var size = game.Variant.Size;
        var ranks = field.Split('/');
        if (ranks.Length != size) throw Error(sfen, $"has {ranks.Length} ranks; the board has {size}");
        for (var y = 0; y < size; y++)
        {
            var (x, promoted) = (0, false);
            foreach (var c in ranks[y])
            {
                if (c == '+' && !promoted)
                {
                    promoted = true;
                    continue;
                }

                var kind = c == '.' ? -1 : Letters.IndexOf(char.ToUpperInvariant(c));
                if (kind < 0 && c is >= '1' and <= '9' && !promoted)
                {
                    x += c - '0';
                }
                else if (kind < 0 || !char.IsAsciiLetter(c) || (promoted && kind >= (int)ShogiPiece.Gold))
                {
                    throw Error(sfen, $"'{(promoted ? "+" : "")}{Quote.Short([c])}' in rank {(char)('a' + y)} is neither a piece nor a number of empty squares");
                }
                else
                {
                    if (x < size) Place(sfen, game, pieces, kind, promoted, char.IsAsciiLetterLower(c) ? 1 : 0, y * size + x);
                    x++;
                    promoted = false;
                }

                if (x > size) break;
            }

            if (x != size || promoted) throw Error(sfen, $"rank {(char)('a' + y)} ('{Quote.Short(ranks[y])}') does not fill {size} squares");
        }
    }

    static void Place(string sfen, ShogiGame game, int[,] pieces, int kind, bool promoted, int color, int square)
    {
        var size = game.Variant.Size;
        var ahead = color == 0 ? square / size : size - 1 - square / size;
        if (!promoted && kind <= (int)ShogiPiece.Knight && ahead < (kind == (int)ShogiPiece.Knight ? 2 : 1))
            throw Error(sfen, $"the {Letters[kind]} of {Color(color)} on {Name(square, size)} could never move");
        if (!promoted && kind == (int)ShogiPiece.Pawn && (game.PawnColumns(color) >> (square % size) & 1) != 0)
            throw Error(sfen, $"{Color(color)} has two pawns on file {size - square % size}");
        pieces[color, kind]++;
        game.Place((color << 4) | (promoted ? kind + 8 : kind), square);
    }

    static int[] ReadHands(string sfen, string field)
    {
        var held = new int[2 * ShogiGame.Kinds];
        if (field == "-") return held;
        var count = 0;
        foreach (var c in field)
        {
            if (char.IsAsciiDigit(c))
            {
                count = Math.Min(999, 10 * count + c - '0');
                if (count == 0) throw Error(sfen, $"hands '{Quote.Short(field)}' hold a count of 0");
                continue;
            }

            var kind = c == '.' ? -1 : Letters.IndexOf(char.ToUpperInvariant(c));
            if (kind is < 1 or >= ShogiGame.Kinds || !char.IsAsciiLetter(c)) throw Error(sfen, $"'{Quote.Short([c])}' in the hands is not a piece that can be held");
            held[(char.IsAsciiLetterLower(c) ? ShogiGame.Kinds : 0) + kind] += Math.Max(1, count);
            if (held[(char.IsAsciiLetterLower(c) ? ShogiGame.Kinds : 0) + kind] > 18) throw Error(sfen, $"hands '{Quote.Short(field)}' hold more than 18 of a kind");
            count = 0;
        }

        if (count > 0) throw Error(sfen, $"hands '{Quote.Short(field)}' end in a number");
        return held;
    }

    static string Color(int player) => player == 0 ? "black" : "white";

    static FormatException Error(string sfen, string what) => new($"SFEN '{Quote.Short(sfen)}': {what}.");
}
