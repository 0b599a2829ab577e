namespace Strata.Memory;

/// <summary>A block of native memory, 64-byte aligned, and the right to use it. A storage object lives as long as its memory: the two
/// circulate together through <see cref="StoragePool"/>, and <see cref="Generation"/> counts the tenancies, so a tensor that outlived
/// its tenancy is told from the one that owns the memory now.</summary>
/// <param name="pointer">The first byte.</param>
/// <param name="capacity">Bytes.</param>
/// <param name="sizeClass">See <see cref="StoragePool"/>.</param>
/// <param name="slab">What keeps the memory of a small block alive; null for a block of its own.</param>
internal unsafe class Storage(byte* pointer, long capacity, int sizeClass, Slab? slab = null)
{
    public readonly long Capacity = capacity;
    public readonly int SizeClass = sizeClass;
    public readonly Slab? Slab = slab;

    /// <summary>The first byte. It moves only for windows: of a loop over a sequence, or of tiles over scratch memory.</summary>
    public byte* Pointer { get; private protected set; } = pointer;

    /// <summary>Number of times that this memory was given back.</summary>
    public volatile int Generation;

    /// <summary>The scope sweep that returns this storage as a result; see <see cref="TensorScope"/>.</summary>
    public int ReturnedBy;

    /// <summary>Whether a scope must leave this storage alone: a variable owns it or the user asked to keep it.</summary>
    public bool Kept;

    /// <summary>Whether somebody holds the memory (false while it waits in the pool).</summary>
    public volatile bool Rented;
}

/// <summary>A block of its own. When nobody can reach it any more it goes back to the pool and is registered again for its next life.</summary>
internal sealed unsafe class LargeStorage(byte* pointer, long capacity, int sizeClass) : Storage(pointer, capacity, sizeClass)
{
    ~LargeStorage()
    {
        if (!Rented || Environment.HasShutdownStarted) return;
        StoragePool.Return(this);
        GC.ReRegisterForFinalize(this);
    }
}
