using System.Numerics;
using System.Runtime.InteropServices;

namespace Strata.Memory;

/// <summary>Gives out and takes back <see cref="Storage"/>. Sizes are rounded up to four steps a power of two, so at most a fifth of a
/// block is idle; blocks are reused last in, first out, while they are warm in the cache. Small blocks are cut from a <see cref="Slab"/>
/// and wait in lists of the thread, without locks; large ones are reserved one by one and wait in lists of all threads.</summary>
internal static unsafe class StoragePool
{
    const int SmallestLog = 6; // 64 bytes
    const int SmallClasses = 25; // up to 4 KiB
    const long CollectAfter = 256L << 20;

    [ThreadStatic]
    static Stack<Storage>[]? small;

    static readonly Stack<Storage>[] free = [.. Enumerable.Range(0, 4 * 58).Select(_ => new Stack<Storage>())];
    static readonly Lock[] gates = [.. Enumerable.Range(0, 4 * 58).Select(_ => new Lock())];
    static long rented; // bytes out at tenants, lost ones that the collector has not found yet among them
    static long reserved; // bytes taken from the system
    static long collectAt = CollectAfter;

    /// <summary>Bytes in the hands of tensors (a tensor that became unreachable counts until the collector finds it).</summary>
    public static long RentedBytes => Interlocked.Read(ref rented);

    /// <summary>Bytes taken from the operating system, in use or waiting.</summary>
    public static long ReservedBytes => Interlocked.Read(ref reserved);

    /// <summary>A block of at least <paramref name="bytes"/> bytes with any content.</summary>
    /// <exception cref="TensorMemoryException">The machine does not have that much.</exception>
    public static Storage Rent(long bytes)
    {
        var sizeClass = ClassOf(bytes);
        if (sizeClass < SmallClasses) return RentSmall(sizeClass);
        if (!TryPop(sizeClass, out var storage))
        {
            // Tensors that were dropped without a scope wait for the collector, which does not see how large they are: tell it.
            if (Interlocked.Read(ref rented) > Interlocked.Read(ref collectAt)) Collect();
            if (!TryPop(sizeClass, out storage)) storage = Reserve(sizeClass);
        }

        storage.Rented = true;
        Interlocked.Add(ref rented, storage.Capacity);
        return storage;
    }

    /// <summary>Ends the tenancy of a block.</summary>
    public static void Return(Storage storage)
    {
        storage.Kept = false;
        storage.Rented = false;
        storage.Generation++;
        if (storage.Slab is not null)
        {
            SmallLists()[storage.SizeClass].Push(storage);
            return;
        }

        Interlocked.Add(ref rented, -storage.Capacity);
        lock (gates[storage.SizeClass]) free[storage.SizeClass].Push(storage);
    }

    /// <summary>Gives the memory of all waiting blocks back to the system.</summary>
    public static void Trim()
    {
        for (var i = 0; i < free.Length; i++)
            lock (gates[i])
                while (free[i].TryPop(out var storage))
                {
                    NativeMemory.AlignedFree(storage.Pointer);
                    Interlocked.Add(ref reserved, -storage.Capacity);
                    GC.SuppressFinalize(storage);
                }
    }

    /// <summary>Notes memory taken from the system (or given back, if negative).</summary>
    internal static void CountReserved(long bytes) => Interlocked.Add(ref reserved, bytes);

    /// <summary>Notes memory in the hands of tensors.</summary>
    internal static void CountRented(long bytes) => Interlocked.Add(ref rented, bytes);

    static Storage RentSmall(int sizeClass)
    {
        if (!SmallLists()[sizeClass].TryPop(out var storage)) storage = Slab.Cut((int)(CapacityOf(sizeClass) + 63) & ~63, sizeClass);
        storage.Rented = true;
        return storage;
    }

    static Stack<Storage>[] SmallLists() => small ??= [.. Enumerable.Range(0, SmallClasses).Select(_ => new Stack<Storage>())];

    static bool TryPop(int sizeClass, out Storage storage)
    {
        lock (gates[sizeClass]) return free[sizeClass].TryPop(out storage!);
    }

    static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Interlocked.Exchange(ref collectAt, Math.Max(CollectAfter, 2 * Interlocked.Read(ref rented)));
    }

    static Storage Reserve(int sizeClass)
    {
        var capacity = CapacityOf(sizeClass);
        if (!Fits(capacity))
        {
            Collect();
            Trim();
            if (!Fits(capacity)) throw TooLarge(capacity);
        }

        byte* pointer;
        try
        {
            pointer = (byte*)NativeMemory.AlignedAlloc((nuint)capacity, HugePages.Alignment((nuint)capacity, 64));
            HugePages.Advise(pointer, (nuint)capacity);
        }
        catch (OutOfMemoryException)
        {
            throw TooLarge(capacity);
        }

        Interlocked.Add(ref reserved, capacity);
        return new LargeStorage(pointer, capacity, sizeClass);
    }

    // The system promises more memory than it has and ends the process when the promise is called in, so ask beforehand.
    static bool Fits(long capacity) => capacity <= GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Interlocked.Read(ref reserved);

    static TensorMemoryException TooLarge(long capacity) => new(
        $"Tensor: {Gib(capacity)} were asked for, but of this machine's {Gib(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)} tensors already hold {Gib(rented)}.");

    static string Gib(long bytes) => bytes < 1 << 30 ? $"{bytes / 1048576.0:0.#} MiB" : $"{bytes / 1073741824.0:#,0.#} GiB";

    static int ClassOf(long bytes)
    {
        if (bytes <= 64) return 0;
        var log = BitOperations.Log2((ulong)(bytes - 1)); // 2^log < bytes ≤ 2^(log+1)
        return (4 * (log - SmallestLog)) + (int)((bytes - 1) >> (log - 2) & 3) + 1;
    }

    static long CapacityOf(int sizeClass) => (4L + (sizeClass & 3)) << ((sizeClass >> 2) + SmallestLog - 2);
}
