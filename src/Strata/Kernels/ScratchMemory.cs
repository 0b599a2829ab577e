using System.Runtime.InteropServices;
using Strata.Memory;

namespace Strata.Kernels;

/// <summary>What a kernel uses scratch memory for: a thread has one buffer for each, so uses that nest do not meet.</summary>
internal enum Scratch
{
    PackedA,
    PackedB,
    Filter,
    Fourier,
    Image,
    Offsets,
    Partial,
    Gates,
    Transposed,
    States,
    Shares,
    Tile,
}

/// <summary>Buffers of a thread for packing and partial results, 64-byte aligned, that grow and stay; they go with their thread.</summary>
internal sealed unsafe class ScratchMemory
{
    [ThreadStatic]
    static ScratchMemory? mine;

    readonly nint[] buffers = new nint[Enum.GetValues<Scratch>().Length];
    readonly nuint[] sizes = new nuint[Enum.GetValues<Scratch>().Length];

    /// <summary>Room for <paramref name="count"/> elements with undefined content, valid until this thread asks for the same use again.</summary>
    public static T* Get<T>(Scratch use, long count)
        where T : unmanaged
    {
        var own = mine ??= new();
        var bytes = checked((nuint)count * (nuint)sizeof(T));
        if (own.sizes[(int)use] < bytes) own.Grow((int)use, bytes);
        return (T*)own.buffers[(int)use];
    }

    void Grow(int use, nuint bytes)
    {
        bytes = (bytes + bytes / 4 + 4095) & ~(nuint)4095;
        NativeMemory.AlignedFree((void*)buffers[use]);
        (buffers[use], sizes[use]) = (0, 0);
        buffers[use] = (nint)NativeMemory.AlignedAlloc(bytes, HugePages.Alignment(bytes, 4096));
        HugePages.Advise((void*)buffers[use], bytes);
        sizes[use] = bytes;
    }

    ~ScratchMemory()
    {
        foreach (var buffer in buffers) NativeMemory.AlignedFree((void*)buffer);
    }
}
