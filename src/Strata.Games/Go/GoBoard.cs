using System.Numerics;

namespace Strata.Games.Go;

/// <summary>Stones and their chains, with the exact number of liberties of each kept up to date move by move.</summary>
/// <remarks>Cells are the points in rows of <c>size + 1</c>, the last of each row and the rows below and above being border, so that the
/// four neighbors of a point are always cells.</remarks>
sealed partial class GoBoard
{
    public const int Empty = 0, Black = 1, White = 2, Border = 3;

    static readonly ulong[] stoneKeys = Zobrist.Keys(2 * CellCount(GoGame.MaxSize), 0x60);

    // By size, instead of two divisions for each look at a point.
    static readonly ushort[][] cellsOf = [.. Enumerable.Range(0, GoGame.MaxSize + 1).Select(size =>
        Enumerable.Range(0, size * size).Select(point => (ushort)((point / size + 1) * (size + 1) + point % size + 1)).ToArray())];

    static readonly short[][] pointsOf = [.. cellsOf.Select((cells, size) =>
        Enumerable.Range(0, CellCount(size)).Select(cell => (short)Array.IndexOf(cells, (ushort)cell)).ToArray())];

    readonly ushort[] cells;
    readonly short[] points;
    readonly byte[] color;
    readonly Stone[] stones;
    readonly int[] libertyMark;
    readonly ushort[] stack;
    readonly int stride;
    Change[] trail = new Change[64]; // what stones were before each change, for Undo
    int changes, mark;

    /// <summary>What is known of a stone. Its cell keeps it after the stone is gone, so that a chain that comes back is whole.</summary>
    struct Stone
    {
        public ushort Head; // the stone that stands for the chain
        public ushort Next; // round the chain
        public ushort Liberties, Count; // of the chain, by its head
        public ulong Key; // exclusive or of the chain's stones, by its head
    }

    readonly record struct Change(Stone Before, int Cell);

    public GoBoard(int size)
    {
        (Size, stride) = (size, size + 1);
        var count = CellCount(size);
        (cells, points) = (cellsOf[size], pointsOf[size]);
        (color, stones, libertyMark, stack) = (new byte[count], new Stone[count], new int[count], new ushort[count]);
        Array.Fill(color, (byte)Border);
        for (var point = 0; point < size * size; point++) color[Cell(point)] = Empty;
    }

    public int Size { get; }

    /// <summary>The key of all stones, without whose turn it is.</summary>
    public ulong Key { get; private set; } = 0x7A617E;

    /// <summary>Names how many stones of each color there are; few other numbers of stones have the same name.</summary>
    public int Level { get; private set; }

    /// <summary>The <see cref="Level"/> of the board with one more stone.</summary>
    public int LevelWith(int us) => Level + LevelOf(us);

    /// <summary>The cells of the points.</summary>
    public ReadOnlySpan<ushort> Cells => cells;

    /// <summary>What is on each cell.</summary>
    public ReadOnlySpan<byte> Colors => color;

    public int Cell(int point) => cells[point];

    public int Point(int cell) => points[cell];

    public int ColorAt(int cell) => color[cell];

    /// <summary>The liberties of the chain of a stone.</summary>
    public int Liberties(int cell) => Chain(cell).Liberties;

    /// <summary>The stones of the chain of a stone.</summary>
    public int Stones(int cell) => Chain(cell).Count;

    /// <summary>Puts a stone on an empty cell, removes what has no liberty left — first of the other color, then of its own — and writes
    /// the cells that became empty.</summary>
    /// <returns>How many stones were removed.</returns>
    public int Play(int cell, int us, Span<ushort> removed)
    {
        ReadOnlySpan<int> around = [cell - stride, cell - 1, cell + 1, cell + stride];
        var count = 0;
        Join(cell, us, around);
        for (var left = Which(around, us ^ 3); left != 0; left &= left - 1)
        {
            var i = First(left);
            var n = around[i];
            if (color[n] == Empty || SeenBefore(around, i)) continue; // removed already
            if (--Changing(stones[n].Head).Liberties == 0) count += Remove(stones[n].Head, removed[count..]);
        }

        if (Liberties(cell) == 0) count += Remove(stones[cell].Head, removed[count..]);
        return count;
    }

    /// <summary>Changes that were made so far: where <see cref="Undo"/> is to go back to.</summary>
    public int Changes => changes;

    /// <summary>Takes back the latest <see cref="Play"/>: the stone goes, what it removed comes back.</summary>
    /// <param name="cell">Where the stone was put.</param>
    /// <param name="us">Its color.</param>
    /// <param name="removed">The cells that became empty.</param>
    /// <param name="before"><see cref="Changes"/> before the move.</param>
    public void Undo(int cell, int us, ReadOnlySpan<ushort> removed, int before)
    {
        while (changes > before)
        {
            ref readonly var change = ref trail[--changes];
            stones[change.Cell] = change.Before;
        }

        if (removed.IsEmpty)
        {
            Set(cell, Empty);
            return;
        }

        var suicide = removed.Contains((ushort)cell);
        if (!suicide) Set(cell, Empty);
        foreach (var r in removed)
            if (r != cell) Set(r, suicide ? us : us ^ 3);
    }

    /// <summary>Puts stones on an empty board; false if a chain is left without a liberty.</summary>
    public bool SetUp(IEnumerable<(int Point, int Color)> setup)
    {
        foreach (var (point, us) in setup)
        {
            var cell = Cell(point);
            ReadOnlySpan<int> around = [cell - stride, cell - 1, cell + 1, cell + stride];
            Join(cell, us, around);
            for (var left = Which(around, us ^ 3); left != 0; left &= left - 1)
                if (!SeenBefore(around, First(left))) Changing(stones[around[First(left)]].Head).Liberties--;
        }

        changes = 0;
        return cells.All(cell => color[cell] == Empty || Liberties(cell) > 0);
    }

    /// <summary>Points of black and of white: stones, and the empty regions that reach stones of one color only.</summary>
    public (int Black, int White) Area()
    {
        Span<int> area = stackalloc int[4];
        var round = ++mark;
        for (var point = 0; point < Size * Size; point++)
        {
            var cell = Cell(point);
            if (color[cell] != Empty)
            {
                area[color[cell]]++;
                continue;
            }

            if (libertyMark[cell] == round) continue;
            int count = 0, reached = 0, top = 0;
            stack[top++] = (ushort)cell;
            libertyMark[cell] = round;
            while (top > 0)
            {
                var at = stack[--top];
                count++;
                foreach (var n in (ReadOnlySpan<int>)[at - stride, at - 1, at + 1, at + stride])
                {
                    if (color[n] == Empty && libertyMark[n] != round)
                    {
                        libertyMark[n] = round;
                        stack[top++] = (ushort)n;
                    }
                    else if (color[n] is Black or White)
                    {
                        reached |= color[n];
                    }
                }
            }

            if (reached is Black or White) area[reached] += count;
        }

        return (area[Black], area[White]);
    }

    /// <summary>Whether an empty cell is an eye of a color as plain playouts judge it: own stones or border on all sides, and at most one
    /// of the four corners lost, none at the edge.</summary>
    public bool IsEye(int cell, int us)
    {
        foreach (var n in (ReadOnlySpan<int>)[cell - stride, cell - 1, cell + 1, cell + stride])
            if (color[n] != us && color[n] != Border) return false;
        int lost = 0, edge = 0;
        foreach (var n in (ReadOnlySpan<int>)[cell - stride - 1, cell - stride + 1, cell + stride - 1, cell + stride + 1])
        {
            if (color[n] == (us ^ 3)) lost++;
            else if (color[n] == Border) edge = 1;
        }

        return lost + edge < 2;
    }

    public void CopyTo(GoBoard other)
    {
        color.CopyTo(other.color, 0);
        stones.CopyTo(other.stones, 0);
        other.trail = [.. trail];
        (other.changes, other.Key, other.Level) = (changes, Key, Level);
    }

    static int CellCount(int size) => (size + 2) * (size + 1) + 1;

    // So that numbers of stones that one game meets seldom share one of the 256 places of a PositionSet.
    static int LevelOf(int us) => us == Black ? 1 : 98;

    static ulong StoneKey(int cell, int us) => stoneKeys[2 * cell + us - 1];

    ref readonly Stone Chain(int cell) => ref stones[stones[cell].Head];

    /// <summary>What is known of a stone, to be changed.</summary>
    ref Stone Changing(int cell)
    {
        if (changes == trail.Length) Array.Resize(ref trail, 2 * changes);
        trail[changes++] = new Change(stones[cell], cell);
        return ref stones[cell];
    }

    /// <summary>The neighbors of a color: a bit in a byte for each, for <see cref="First"/>. All four at once: nobody can foresee four branches.</summary>
    uint Which(ReadOnlySpan<int> around, int us)
    {
        const uint each = 0x01010101;
        var unlike = (color[around[0]] | (uint)color[around[1]] << 8 | (uint)color[around[2]] << 16 | (uint)color[around[3]] << 24) ^ (uint)us * each;
        return ~(unlike | unlike >> 1) & each;
    }

    /// <summary>The first of some neighbors.</summary>
    static int First(uint some) => BitOperations.TrailingZeroCount(some) >> 3;

    /// <summary>Whether the chain of neighbor <paramref name="i"/> is also that of an earlier one.</summary>
    bool SeenBefore(ReadOnlySpan<int> around, int i)
    {
        for (var j = 0; j < i; j++)
            if (color[around[j]] == color[around[i]] && stones[around[j]].Head == stones[around[i]].Head) return true;
        return false;
    }

    void Set(int cell, int c)
    {
        var changed = c == Empty ? color[cell] : c;
        Key ^= StoneKey(cell, changed);
        Level += c == Empty ? -LevelOf(changed) : LevelOf(changed);
        color[cell] = (byte)c;
    }

    /// <summary>Puts the stone down as a chain of one and joins the chains of its color around it.</summary>
    void Join(int cell, int us, ReadOnlySpan<int> around)
    {
        Set(cell, us);
        ref var stone = ref Changing(cell);
        stone.Head = stone.Next = (ushort)cell;
        stone.Liberties = (ushort)BitOperations.PopCount(Which(around, Empty));
        stone.Count = 1;
        stone.Key = StoneKey(cell, us);

        var joined = 0;
        for (var left = Which(around, us); left != 0; left &= left - 1)
        {
            var chain = stones[around[First(left)]].Head;
            if (chain == stone.Head) continue;
            if (++joined == 1) Extend(cell, chain, around);
            else Merge(stone.Head, chain);
        }

        if (joined > 1) stones[stones[cell].Head].Liberties = CountLiberties(cell);
    }

    /// <summary>Adds a lone stone to a chain: it takes one liberty and brings those of its own that the chain did not touch.</summary>
    void Extend(int cell, ushort chain, ReadOnlySpan<int> around)
    {
        var brought = 0;
        for (var left = Which(around, Empty); left != 0; left &= left - 1)
        {
            var n = around[First(left)];
            if (!(Touches(n - stride) | Touches(n - 1) | Touches(n + 1) | Touches(n + stride))) brought++;
        }

        ref var head = ref Changing(chain);
        ref var stone = ref stones[cell];
        stone.Head = chain;
        (stone.Next, head.Next) = (head.Next, stone.Next);
        head.Count++;
        head.Key ^= stone.Key;
        head.Liberties = (ushort)(head.Liberties - 1 + brought);

        bool Touches(int n) => color[n] == color[cell] & stones[n].Head == chain;
    }

    void Merge(ushort into, ushort other)
    {
        if (stones[into].Count < stones[other].Count) (into, other) = (other, into);
        int at = other;
        do
        {
            ref var stone = ref Changing(at);
            stone.Head = into;
            at = stone.Next;
        }
        while (at != other);
        ref var head = ref Changing(into);
        ref var end = ref stones[other];
        (head.Next, end.Next) = (end.Next, head.Next);
        head.Count += end.Count;
        head.Key ^= end.Key;
    }

    ushort CountLiberties(int start)
    {
        var round = ++mark;
        ushort count = 0;
        var at = start;
        do
        {
            foreach (var n in (ReadOnlySpan<int>)[at - stride, at - 1, at + 1, at + stride])
            {
                count += (ushort)(color[n] == Empty & libertyMark[n] != round ? 1 : 0);
                libertyMark[n] = round;
            }

            at = stones[at].Next;
        }
        while (at != start);
        return count;
    }

    int Remove(ushort chain, Span<ushort> removed)
    {
        var count = 0;
        var at = chain;
        do
        {
            removed[count++] = at;
            Set(at, Empty);
            at = stones[at].Next;
        }
        while (at != chain);

        Span<int> around = stackalloc int[4];
        foreach (var cell in removed[..count])
        {
            (around[0], around[1], around[2], around[3]) = (cell - stride, cell - 1, cell + 1, cell + stride);
            for (var i = 0; i < 4; i++)
                if (color[around[i]] is Black or White && !SeenBefore(around, i)) Changing(stones[around[i]].Head).Liberties++;
        }

        return count;
    }
}
