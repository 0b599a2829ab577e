using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Elementwise;

/// <summary>Where a loop reads its vectors: consecutive elements or one repeated value.</summary>
internal unsafe interface IOperand<T>
    where T : unmanaged, INumber<T>
{
    V Load<V>(long i)
        where V : struct, IVector<V, T>;

    V LoadFirst<V>(long i, int n)
        where V : struct, IVector<V, T>;
}

/// <summary>Consecutive elements.</summary>
internal readonly unsafe struct Row<T>(T* p) : IOperand<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Load<V>(long i)
        where V : struct, IVector<V, T> => V.Load(p + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V LoadFirst<V>(long i, int n)
        where V : struct, IVector<V, T> => V.LoadFirst(p + i, n);
}

/// <summary>One value at every position.</summary>
internal readonly struct Same<T>(T value) : IOperand<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Load<V>(long i)
        where V : struct, IVector<V, T> => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V LoadFirst<V>(long i, int n)
        where V : struct, IVector<V, T> => value;
}

/// <summary>Where a loop writes its vectors: as elements, or a predicate's masks as bools of one byte.</summary>
internal unsafe interface ITarget<TSelf, T>
    where TSelf : struct, ITarget<TSelf, T>
    where T : unmanaged, INumber<T>
{
    static abstract TSelf At(void* p);

    /// <summary>The same target <paramref name="i"/> results further.</summary>
    TSelf From(long i);

    void Store<V>(V value, long i)
        where V : struct, IVector<V, T>;

    void StoreFirst<V>(V value, long i, int n)
        where V : struct, IVector<V, T>;
}

/// <summary>Results as elements.</summary>
internal readonly unsafe struct Elements<T>(T* p) : ITarget<Elements<T>, T>
    where T : unmanaged, INumber<T>
{
    public static Elements<T> At(void* p) => new((T*)p);

    public Elements<T> From(long i) => new(p + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<V>(V value, long i)
        where V : struct, IVector<V, T> => value.Store(p + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst<V>(V value, long i, int n)
        where V : struct, IVector<V, T> => value.StoreFirst(p + i, n);
}

/// <summary>Masks as bools.</summary>
internal readonly unsafe struct Bools<T>(byte* p) : ITarget<Bools<T>, T>
    where T : unmanaged, INumber<T>
{
    public static Bools<T> At(void* p) => new((byte*)p);

    public Bools<T> From(long i) => new(p + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<V>(V value, long i)
        where V : struct, IVector<V, T> => value.StoreMask(p + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst<V>(V value, long i, int n)
        where V : struct, IVector<V, T>
    {
        var bools = stackalloc byte[64]; // the lanes of the widest vector of bytes
        value.StoreMask(bools);
        for (var j = 0; j < n; j++) p[i + j] = bools[j];
    }
}
