namespace Strata.Games.Go;

/// <summary>The board positions that occurred, for superko: a hash set with linear probing whose entries leave in the reverse order of
/// their coming, so that a removal is only clearing a slot.</summary>
sealed class PositionSet
{
    const int Smallest = 64, Levels = 256;
    ulong[] slots = new ulong[Smallest]; // 0 is an empty slot
    int[] order = new int[Smallest / 2]; // the slots in the order in which they were filled
    readonly ushort[] levels = new ushort[Levels]; // how many positions there are of each level, or of another with which it shares its place
    int count;

    /// <summary>Whether there may be a position of a level: most questions end here.</summary>
    public bool MayHold(int level) => levels[level & (Levels - 1)] > 0;

    public bool Contains(ulong key)
    {
        for (var i = Slot(key); slots[i] != 0; i = (i + 1) & (slots.Length - 1))
            if (slots[i] == key) return true;
        return false;
    }

    /// <summary>Adds a position that may be there already: simple ko allows cycles, and each visit leaves on its own.</summary>
    /// <param name="key">Of the position.</param>
    /// <param name="level">Alike for all positions with as many stones of each color.</param>
    public void Add(ulong key, int level)
    {
        if (count == order.Length) Grow();
        levels[level & (Levels - 1)]++;
        order[count++] = Insert(key);
    }

    public void RemoveLast(int level)
    {
        levels[level & (Levels - 1)]--;
        slots[order[--count]] = 0;
    }

    public PositionSet Clone()
    {
        var copy = new PositionSet { slots = [.. slots], order = [.. order], count = count };
        levels.CopyTo(copy.levels, 0);
        return copy;
    }

    int Insert(ulong key)
    {
        var i = Slot(key);
        while (slots[i] != 0) i = (i + 1) & (slots.Length - 1);
        slots[i] = key;
        return i;
    }

    void Grow()
    {
        var old = slots;
        Array.Resize(ref order, 2 * order.Length);
        slots = new ulong[2 * old.Length];
        for (var i = 0; i < count; i++) order[i] = Insert(old[order[i]]);
    }

    int Slot(ulong key) => (int)(key >> 32) & (slots.Length - 1);
}
