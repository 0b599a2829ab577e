namespace Strata.Games.Chess;

/// <summary>A board and start position for the rules of chess. Smaller boards lie in the a1 corner of the 64 squares.</summary>
public sealed class ChessVariant
{
    const ulong FirstFileOnEachRank = 0x0101010101010101;

    ChessVariant(string name, int size, string start)
    {
        (Name, Size, Start) = (name, size, start);
        var rank = (1UL << size) - 1;
        Board = (FirstFileOnEachRank & ((size == 8 ? 0 : 1UL << (8 * size)) - 1)) * rank;
        LastRank = [rank << (8 * (size - 1)), rank];
        DoubleStep = size == 8 ? [rank << 16, rank << 40] : [0, 0];
    }

    /// <summary>Chess on 8×8.</summary>
    public static ChessVariant Standard { get; } = new("chess", 8, "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1");

    /// <summary>Gardner's minichess on 5×5 (1969): no double step, no castling.</summary>
    public static ChessVariant Gardner { get; } = new("gardner", 5, "rnbqk/ppppp/5/PPPPP/RNBQK w - - 0 1");

    /// <summary>The name by which the console knows it.</summary>
    public string Name { get; }

    /// <summary>Ranks and files of the board.</summary>
    public int Size { get; }

    /// <summary>The start position as FEN.</summary>
    public string Start { get; }

    internal ulong Board { get; }

    /// <summary>Where the pawns of white and black promote.</summary>
    internal ulong[] LastRank { get; }

    /// <summary>Where a pawn of white or black stands after one step, if it may go on for a second.</summary>
    internal ulong[] DoubleStep { get; }
}
