namespace Strata.Games.Go;

/// <summary>Stones and their chains, with the exact number of liberties of each kept up to date move by move.</summary>
/// <remarks>Cells are the points in rows of <c>size + 1</c>, the last of each row and the rows below and above being border, so that the
/// four neighbors of a point are always cells.</remarks>
sealed partial class GoBoard
{
    public const int Empty = 0, Black = 1, White = 2, Border = 3;

    static readonly ulong[] stoneKeys = Zobrist.Keys(2 * Cells(GoGame.MaxSize), 0x60);

    // By size, instead of two divisions for each look at a point.
    static readonly ushort[][] cellsOf = [.. Enumerable.Range(0, GoGame.MaxSize + 1).Select(size =>
        Enumerable.Range(0, size * size).Select(point => (ushort)((point / size + 1) * (size + 1) + point % size + 1)).ToArray())];

    static readonly short[][] pointsOf = [.. cellsOf.Select((cells, size) =>
        Enumerable.Range(0, Cells(size)).Select(cell => (short)Array.IndexOf(cells, (ushort)cell)).ToArray())];

    readonly ushort[] cells;
    readonly short[] points;
    readonly byte[] color;
    readonly ushort[] head, next, liberties, stones; // the last two by the head of a chain
    readonly ulong[] chainKey; // by head: exclusive or of the chain's stones
    readonly int[] chainMark, libertyMark;
    readonly ushort[] stack;
    readonly int stride;
    int mark;

    public GoBoard(int size)
    {
        (Size, stride) = (size, size + 1);
        var count = Cells(size);
        (cells, points) = (cellsOf[size], pointsOf[size]);
        (color, head, next, liberties, stones) = (new byte[count], new ushort[count], new ushort[count], new ushort[count], new ushort[count]);
        (chainKey, chainMark, libertyMark, stack) = (new ulong[count], new int[count], new int[count], new ushort[count]);
        Array.Fill(color, (byte)Border);
        for (var point = 0; point < size * size; point++) color[Cell(point)] = Empty;
    }

    public int Size { get; }

    /// <summary>The key of all stones, without whose turn it is.</summary>
    public ulong Key { get; private set; } = 0x7A617E;

    public int Cell(int point) => cells[point];

    public int Point(int cell) => points[cell];

    public int ColorAt(int cell) => color[cell];

    /// <summary>The liberties of the chain of a stone.</summary>
    public int Liberties(int cell) => liberties[head[cell]];

    /// <summary>The stones of the chain of a stone.</summary>
    public int Stones(int cell) => stones[head[cell]];

    /// <summary>What <see cref="Undo"/> wants to know of a move.</summary>
    /// <param name="Removed">How many stones were removed.</param>
    /// <param name="Joined">How many chains the stone joined.</param>
    /// <param name="Liberties">The liberties that the first of them had.</param>
    public readonly record struct Placed(int Removed, byte Joined, ushort Liberties);

    /// <summary>Puts a stone on an empty cell, removes what has no liberty left — first of the other color, then of its own — and writes
    /// the cells that became empty.</summary>
    public Placed Play(int cell, int us, Span<ushort> removed)
    {
        ReadOnlySpan<int> around = [cell - stride, cell - 1, cell + 1, cell + stride];
        var count = 0;
        var (joined, before) = Join(cell, us, around);
        for (var i = 0; i < 4; i++)
        {
            var n = around[i];
            if (color[n] != (us ^ 3) || SeenBefore(around, i)) continue;
            if (--liberties[head[n]] == 0) count += Remove(head[n], removed[count..]);
        }

        if (liberties[head[cell]] == 0) count += Remove(head[cell], removed[count..]);
        return new Placed(count, joined, before);
    }

    /// <summary>Takes back a <see cref="Play"/>: the stone goes, what it removed comes back.</summary>
    public void Undo(int cell, int us, Placed placed, ReadOnlySpan<ushort> removed)
    {
        if (placed is { Removed: 0, Joined: <= 1 } && (placed.Joined == 0 || head[cell] != cell))
        {
            Lift(cell, us, placed);
            return;
        }

        var suicide = removed.Contains((ushort)cell);
        var restored = suicide ? us : us ^ 3;
        if (!suicide) Set(cell, Empty);
        foreach (var r in removed)
            if (r != cell) Set(r, restored);

        // Chains that met at the cell, that were removed, or whose liberties the removed stones had become.
        var round = ++mark;
        RebuildAround(cell, round);
        foreach (var r in removed)
        {
            if (r == cell) continue;
            Rebuild(r, round);
            RebuildAround(r, round);
        }
    }

    /// <summary>Most moves remove nothing and join at most one chain: then nothing has to be found anew.</summary>
    void Lift(int cell, int us, Placed placed)
    {
        ReadOnlySpan<int> around = [cell - stride, cell - 1, cell + 1, cell + stride];
        for (var i = 0; i < 4; i++)
            if (color[around[i]] == (us ^ 3) && !SeenBefore(around, i)) liberties[head[around[i]]]++;
        Set(cell, Empty);
        if (placed.Joined == 0) return;
        var chain = head[cell];
        var before = chain;
        while (next[before] != cell) before = next[before];
        next[before] = next[cell];
        stones[chain]--;
        chainKey[chain] ^= StoneKey(cell, us);
        liberties[chain] = placed.Liberties;
    }

    /// <summary>Puts stones on an empty board; false if a chain is left without a liberty.</summary>
    public bool SetUp(IEnumerable<(int Point, int Color)> setup)
    {
        foreach (var (point, c) in setup) Set(Cell(point), c);
        var round = ++mark;
        var alive = true;
        for (var point = 0; point < Size * Size; point++)
        {
            var cell = Cell(point);
            Rebuild(cell, round);
            alive &= color[cell] == Empty || Liberties(cell) > 0;
        }

        return alive;
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
        head.CopyTo(other.head, 0);
        next.CopyTo(other.next, 0);
        liberties.CopyTo(other.liberties, 0);
        stones.CopyTo(other.stones, 0);
        chainKey.CopyTo(other.chainKey, 0);
        other.Key = Key;
    }

    static int Cells(int size) => (size + 2) * (size + 1) + 1;

    static ulong StoneKey(int cell, int us) => stoneKeys[2 * cell + us - 1];

    /// <summary>Whether the chain of neighbor <paramref name="i"/> is also that of an earlier one.</summary>
    bool SeenBefore(ReadOnlySpan<int> around, int i)
    {
        for (var j = 0; j < i; j++)
            if (color[around[j]] == color[around[i]] && head[around[j]] == head[around[i]]) return true;
        return false;
    }

    void Set(int cell, int c)
    {
        var changed = c == Empty ? color[cell] : c;
        Key ^= StoneKey(cell, changed);
        color[cell] = (byte)c;
    }

    /// <summary>Puts the stone down as a chain of one and joins the chains of its color around it.</summary>
    /// <returns>How many, and the liberties that the first of them had.</returns>
    (byte Chains, ushort Liberties) Join(int cell, int us, ReadOnlySpan<int> around)
    {
        Set(cell, us);
        head[cell] = next[cell] = (ushort)cell;
        stones[cell] = 1;
        chainKey[cell] = StoneKey(cell, us);
        var free = 0;
        foreach (var n in around)
            if (color[n] == Empty) free++;
        liberties[cell] = (ushort)free;

        byte joined = 0;
        ushort before = 0;
        for (var i = 0; i < 4; i++)
        {
            var n = around[i];
            if (color[n] != us || head[n] == head[cell]) continue;
            if (++joined == 1)
            {
                before = liberties[head[n]];
                Extend(cell, head[n], around);
            }
            else
            {
                Merge(head[cell], head[n]);
            }
        }

        if (joined > 1) CountLiberties(head[cell]);
        return (joined, before);
    }

    /// <summary>Adds a lone stone to a chain: it takes one liberty and brings those of its own that the chain did not touch.</summary>
    void Extend(int cell, ushort chain, ReadOnlySpan<int> around)
    {
        var count = liberties[chain] - 1;
        foreach (var n in around)
        {
            if (color[n] != Empty) continue;
            var touched = false;
            foreach (var m in (ReadOnlySpan<int>)[n - stride, n - 1, n + 1, n + stride])
                touched |= m != cell && color[m] == color[cell] && head[m] == chain;
            if (!touched) count++;
        }

        head[cell] = chain;
        (next[cell], next[chain]) = (next[chain], (ushort)cell);
        stones[chain]++;
        chainKey[chain] ^= chainKey[cell];
        liberties[chain] = (ushort)count;
    }

    void Merge(ushort into, ushort other)
    {
        if (stones[into] < stones[other]) (into, other) = (other, into);
        var at = other;
        do
        {
            head[at] = into;
            at = next[at];
        }
        while (at != other);
        (next[into], next[other]) = (next[other], next[into]);
        stones[into] += stones[other];
        chainKey[into] ^= chainKey[other];
    }

    void CountLiberties(ushort chain)
    {
        var round = ++mark;
        var count = 0;
        var at = chain;
        do
        {
            foreach (var n in (ReadOnlySpan<int>)[at - stride, at - 1, at + 1, at + stride])
            {
                if (color[n] != Empty || libertyMark[n] == round) continue;
                libertyMark[n] = round;
                count++;
            }

            at = next[at];
        }
        while (at != chain);
        liberties[chain] = (ushort)count;
    }

    int Remove(ushort chain, Span<ushort> removed)
    {
        var count = 0;
        var at = chain;
        do
        {
            removed[count++] = at;
            Set(at, Empty);
            at = next[at];
        }
        while (at != chain);

        Span<int> around = stackalloc int[4];
        foreach (var cell in removed[..count])
        {
            (around[0], around[1], around[2], around[3]) = (cell - stride, cell - 1, cell + 1, cell + stride);
            for (var i = 0; i < 4; i++)
                if (color[around[i]] is Black or White && !SeenBefore(around, i)) liberties[head[around[i]]]++;
        }

        return count;
    }

    void RebuildAround(int cell, int round)
    {
        Rebuild(cell - stride, round);
        Rebuild(cell - 1, round);
        Rebuild(cell + 1, round);
        Rebuild(cell + stride, round);
    }

    /// <summary>Finds the chain of a stone anew, once a round.</summary>
    void Rebuild(int start, int round)
    {
        var us = color[start];
        if (us is Empty or Border || chainMark[start] == round) return;
        var chain = (ushort)start;
        next[start] = chain;
        stones[start] = 0;
        chainKey[start] = 0;
        var top = 0;
        stack[top++] = chain;
        chainMark[start] = round;
        while (top > 0)
        {
            var at = stack[--top];
            head[at] = chain;
            if (at != chain) (next[at], next[chain]) = (next[chain], at);
            stones[chain]++;
            chainKey[chain] ^= StoneKey(at, us);
            foreach (var n in (ReadOnlySpan<int>)[at - stride, at - 1, at + 1, at + stride])
            {
                if (color[n] != us || chainMark[n] == round) continue;
                chainMark[n] = round;
                stack[top++] = (ushort)n;
            }
        }

        CountLiberties(chain);
    }
}
