using System.Runtime.Intrinsics;

namespace Strata.Games.Go;

/// <summary>What a stone would do before it is put down.</summary>
sealed partial class GoBoard
{
    public const int Pressed = 4;

    /// <summary>The cell of the first point.</summary>
    public int FirstCell => stride + 1;

    /// <summary>One more than the cell of the last point.</summary>
    public int CellEnd => cells[^1] + 1;

    /// <summary>Points, border, and what a vector reads beyond.</summary>
    public int MarkCount => color.Length + stride + Vector256<byte>.Count;

    /// <summary>What would happen if <paramref name="us"/> played on an empty cell.</summary>
    public (Outcome Outcome, ulong Key) Foresee(int cell, int us)
    {
        ReadOnlySpan<int> around = [cell - stride, cell - 1, cell + 1, cell + stride];
        ulong key = Key ^ StoneKey(cell, us), taken = 0, own = 0;
        for (var left = Which(around, us ^ 3); left != 0; left &= left - 1)
        {
            ref readonly var chain = ref Chain(around[First(left)]);
            if (chain.Liberties == 1 && !SeenBefore(around, First(left))) taken ^= chain.Key;
        }

        if (taken != 0) return (Outcome.Captures, key ^ taken);
        if (Which(around, Empty) != 0) return (Outcome.Plain, key);
        for (var left = Which(around, us); left != 0; left &= left - 1)
        {
            ref readonly var chain = ref Chain(around[First(left)]);
            if (chain.Liberties > 1) return (Outcome.Plain, key);
            if (!SeenBefore(around, First(left))) own ^= chain.Key;
        }

        return own == 0 ? (Outcome.LoneSuicide, Key) : (Outcome.Suicide, Key ^ own);
    }

    /// <summary>Finds the empty cells, and those of them where a stone removes nothing: it has a liberty or a friend that has another, and takes no
    /// chain's last. For the others <see cref="Foresee"/> knows.</summary>
    /// <param name="us">The color of the stone.</param>
    /// <param name="cell">Where to begin: <see cref="FirstCell"/>, then a vector of cells further each time, up to <see cref="CellEnd"/>.</param>
    /// <param name="marks">What <see cref="Mark"/> wrote.</param>
    /// <returns>A bit for each of the cells from there on.</returns>
    public (uint Empty, uint Plain) Survey(int cell, int us, ReadOnlySpan<byte> marks)
    {
        Vector256<byte> up = Load(marks[(cell + stride)..]), down = Load(marks[(cell - stride)..]), left = Load(marks[(cell - 1)..]), right = Load(marks[(cell + 1)..]);
        Vector256<byte> friend = Vector256.Create((byte)us), prey = Vector256.Create((byte)(us ^ 3 | Pressed));
        var takes = Is(up, prey) | Is(down, prey) | Is(left, prey) | Is(right, prey);
        var room = Open(up) | Open(down) | Open(left) | Open(right);
        var empty = Is(Load(marks[cell..]), Vector256<byte>.Zero);
        return (empty.ExtractMostSignificantBits(), (empty & room & ~takes).ExtractMostSignificantBits());

        static Vector256<byte> Load(ReadOnlySpan<byte> from) => Vector256.Create(from);
        static Vector256<byte> Is(Vector256<byte> side, Vector256<byte> mark) => Vector256.Equals(side, mark);
        Vector256<byte> Open(Vector256<byte> side) => Is(side, Vector256<byte>.Zero) | Is(side, friend);
    }

    /// <summary>Marks each cell by its color, and with <see cref="Pressed"/> the stones of chains with one liberty.</summary>
    /// <param name="marks">Room for <see cref="MarkCount"/>.</param>
    public void Mark(Span<byte> marks)
    {
        color.CopyTo(marks);
        marks[color.Length..].Fill(Border);
        foreach (var cell in cells)
        {
            var isStone = -((marks[cell] + 1) >> 1); // all bits for 1 and 2, none for 0: no branch that nobody can foresee
            marks[cell] |= (byte)((Chain(cell).Liberties - 2) >> 31 & isStone & Pressed);
        }
    }

    public enum Outcome
    {
        Plain,
        Captures,
        Suicide,
        LoneSuicide,
    }
}
