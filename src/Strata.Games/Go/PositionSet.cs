namespace Strata.Games.Go;

/// <summary>The board positions that occurred, for superko: a hash set with linear probing whose entries leave in the reverse order of
/// their coming, so that a removal is only clearing a slot.</summary>
sealed class PositionSet
{
    const int Smallest = 256;
    ulong[] slots = new ulong[Smallest]; // 0 is an empty slot
    ulong[] order = new ulong[Smallest / 2];
    int count;

    public bool Contains(ulong key)
    {
        for (var i = Slot(key); slots[i] != 0; i = (i + 1) & (slots.Length - 1))
            if (slots[i] == key) return true;
        return false;
    }

    /// <summary>Adds a position that may be there already: simple ko allows cycles, and each visit leaves on its own.</summary>
    public void Add(ulong key)
    {
        if (count == order.Length) Grow();
        order[count++] = key;
        Insert(key);
    }

    public void RemoveLast()
    {
        var key = order[--count];
        var last = -1;
        for (var i = Slot(key); slots[i] != 0; i = (i + 1) & (slots.Length - 1))
            if (slots[i] == key) last = i;
        slots[last] = 0;
    }

    public PositionSet Clone() => new() { slots = [.. slots], order = [.. order], count = count };

    void Insert(ulong key)
    {
        var i = Slot(key);
        while (slots[i] != 0) i = (i + 1) & (slots.Length - 1);
        slots[i] = key;
    }

    void Grow()
    {
        Array.Resize(ref order, 2 * order.Length);
        slots = new ulong[2 * slots.Length];
        for (var i = 0; i < count; i++) Insert(order[i]);
    }

    int Slot(ulong key) => (int)(key >> 32) & (slots.Length - 1);
}
