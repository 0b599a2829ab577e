using System.Runtime.InteropServices;

namespace Strata.Memory;

/// <summary>Memory for many small blocks, cut off one after the other. A small tensor that is dropped without a scope must cost no finalizer
/// of its own (some microseconds): its storage refers to its slab, and the slab's finalizer runs when no block of it is reachable.</summary>
internal sealed unsafe class Slab
{
    const int Bytes = 256 << 10;

    static readonly Stack<nint> free = new();
    static readonly Lock gate = new();

    [ThreadStatic]
    static Slab? current;

    readonly byte* memory;
    int used;

    Slab()
    {
        nint waiting;
        bool found;
        lock (gate) found = free.TryPop(out waiting);
        memory = found ? (byte*)waiting : (byte*)NativeMemory.AlignedAlloc(Bytes, 64);
        if (!found) StoragePool.CountReserved(Bytes);
        StoragePool.CountRented(Bytes);
    }

    /// <summary>A fresh block of <paramref name="capacity"/> bytes (a multiple of 64) from this thread's slab.</summary>
    public static Storage Cut(int capacity, int sizeClass)
    {
        var slab = current;
        if (slab is null || slab.used + capacity > Bytes) current = slab = new Slab();
        var block = new Storage(slab.memory + slab.used, capacity, sizeClass, slab);
        slab.used += capacity;
        return block;
    }

    ~Slab()
    {
        if (Environment.HasShutdownStarted) return;
        StoragePool.CountRented(-Bytes);
        lock (gate) free.Push((nint)memory);
    }
}
