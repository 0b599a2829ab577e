using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Games.Shogi;

/// <summary>Writes the legal moves of a position. One look from the king along all lines finds checks and pins, so only moves of the king
/// and drops of a pawn before the other king need a test of their own.</summary>
ref struct MoveGenerator
{
    readonly ShogiGame game;
    readonly Span<ShogiMove> moves;
    readonly sbyte[] steps;
    readonly int size, squares, us, them, king;
    int count, checkers;
    SquareSet evasions; // where a piece or drop ends a check

    public MoveGenerator(ShogiGame game, Span<ShogiMove> moves)
    {
        this.game = game;
        this.moves = moves;
        (steps, size) = (game.Variant.Steps, game.Variant.Size);
        (squares, us, them) = (size * size, game.Player, game.Player ^ 1);
        king = game.KingSquare(us);
    }

    /// <summary>Returns the number of moves written.</summary>
    [SkipLocalsInit]
    public int Run()
    {
        Span<sbyte> pins = stackalloc sbyte[squares]; // the direction from the king to its pinned piece, or −1
        pins.Fill(-1);
        LookFromKing(pins);
        MoveKing();
        if (checkers >= 2) return count;
        for (var pieces = game.Occupied(us) ^ SquareSet.Of(king); !pieces.IsEmpty; pieces = pieces.WithoutFirst)
        {
            var from = pieces.First;
            Move(from, pins[from]);
        }

        Drop();
        return count;
    }

    void LookFromKing(scoped Span<sbyte> pins)
    {
        for (var direction = 0; direction < Directions.Lines; direction++)
        {
            var back = 1 << Directions.Opposite(direction);
            var shield = -1;
            var path = default(SquareSet);
            var near = true;
            for (var at = (int)steps[direction * squares + king]; at >= 0; at = steps[direction * squares + at], near = false)
            {
                var code = game.CodeAt(at);
                path |= SquareSet.Of(at);
                if (code == 0) continue;
                if (code >> 4 == us)
                {
                    if (shield >= 0) break;
                    shield = at;
                    continue;
                }

                var slides = (Directions.Slides(code) & back) != 0;
                if (shield >= 0)
                {
                    if (slides) pins[shield] = (sbyte)direction;
                }
                else if (slides || (near && (Directions.Steps(code) & back) != 0))
                {
                    checkers++;
                    evasions = path;
                }

                break;
            }
        }

        for (var direction = Directions.Lines; direction < Directions.Count; direction++)
        {
            var at = steps[direction * squares + king];
            if (at < 0) continue;
            var code = game.CodeAt(at);
            if (code == 0 || code >> 4 == us || (Directions.Steps(code) & (1 << Directions.Opposite(direction))) == 0) continue;
            checkers++;
            evasions = SquareSet.Of(at);
        }
    }

    void MoveKing()
    {
        for (var direction = 0; direction < Directions.Lines; direction++)
        {
            var to = steps[direction * squares + king];
            if (to < 0 || game.ColorAt(to) == us || game.IsAttacked(to, them, lifted: king)) continue;
            moves[count++] = new ShogiMove(king, to, promotes: false);
        }
    }

    void Move(int from, int pin)
    {
        var code = game.CodeAt(from);
        int stepping = Directions.Steps(code), sliding = Directions.Slides(code);
        if (pin >= 0)
        {
            var along = (1 << pin) | (1 << Directions.Opposite(pin));
            stepping &= along;
            sliding &= along;
        }

        for (; stepping != 0; stepping &= stepping - 1)
        {
            var to = steps[BitOperations.TrailingZeroCount(stepping) * squares + from];
            if (to >= 0 && game.ColorAt(to) != us) Add(from, to, code);
        }

        for (; sliding != 0; sliding &= sliding - 1)
        {
            var row = BitOperations.TrailingZeroCount(sliding) * squares;
            for (var to = (int)steps[row + from]; to >= 0; to = steps[row + to])
            {
                var color = game.ColorAt(to);
                if (color != us) Add(from, to, code);
                if (color >= 0) break;
            }
        }
    }

    /// <summary>Writes a move with what promotion it allows: none, either, or only promoting where the piece could never move again.</summary>
    void Add(int from, int to, int code)
    {
        if (checkers > 0 && !evasions.Contains(to)) return;
        var kind = (ShogiPiece)(code & 15);
        if (kind < ShogiPiece.Gold && (game.InZone(to, us) || game.InZone(from, us)))
        {
            moves[count++] = new ShogiMove(from, to, promotes: true);
            if (IsDeadEnd(kind, to)) return;
        }

        moves[count++] = new ShogiMove(from, to, promotes: false);
    }

    readonly bool IsDeadEnd(ShogiPiece kind, int square) => kind <= ShogiPiece.Knight && RanksAhead(square) < (kind == ShogiPiece.Knight ? 2 : 1);

    readonly int RanksAhead(int square) => us == 0 ? square / size : size - 1 - square / size;

    void Drop()
    {
        var any = 0;
        for (var kind = ShogiPiece.Pawn; kind <= ShogiPiece.Gold; kind++) any += game.InHand(us, kind);
        if (any == 0) return;
        var empty = All() & ~(game.Occupied(0) | game.Occupied(1));
        if (checkers > 0) empty &= evasions;
        for (var kind = ShogiPiece.Pawn; kind <= ShogiPiece.Gold; kind++)
        {
            if (game.InHand(us, kind) == 0) continue;
            for (var targets = empty; !targets.IsEmpty; targets = targets.WithoutFirst)
            {
                var to = targets.First;
                if (IsDeadEnd(kind, to)) continue;
                if (kind == ShogiPiece.Pawn && ((game.PawnColumns(us) >> (to % size) & 1) != 0 || PawnMates(to))) continue;
                moves[count++] = new ShogiMove(kind, to);
            }
        }
    }

    readonly SquareSet All() => squares <= 64
        ? new SquareSet(ulong.MaxValue >> (64 - squares), 0)
        : new SquareSet(ulong.MaxValue, ulong.MaxValue >> (128 - squares));

    /// <summary>Whether a pawn dropped here would mate (uchifuzume), which is illegal.</summary>
    [SkipLocalsInit]
    readonly bool PawnMates(int to)
    {
        if (steps[(us == 0 ? 0 : Directions.Opposite(0)) * squares + to] != game.KingSquare(them)) return false;
        Span<ShogiMove> replies = stackalloc ShogiMove[game.MaxMoves];
        game.Apply(new ShogiMove(ShogiPiece.Pawn, to));
        var mates = new MoveGenerator(game, replies).Run() == 0;
        game.Undo();
        return mates;
    }
}
