using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Vectors;

namespace Strata.Compilation.Fusion;

/// <summary>What emitted loops do with vectors beside calling operators. Truth values are bytes in memory and masks in a loop.</summary>
internal static unsafe class Lanes<V, T>
    where V : struct, IVector<V, T>
    where T : unmanaged, INumber<T>
{
    const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static V Load(byte* p, long i) => V.Load((T*)p + i);

    [MethodImpl(Inline)]
    public static V LoadMask(byte* p, long i) => V.LoadMask(p + i);

    [MethodImpl(Inline)]
    public static void Store(V x, byte* p, long i) => x.Store((T*)p + i);

    [MethodImpl(Inline)]
    public static void StoreMask(V x, byte* p, long i) => x.StoreMask(p + i);

    /// <summary>One element in every lane.</summary>
    [MethodImpl(Inline)]
    public static V Same(byte* p) => *(T*)p;

    /// <summary>One truth value in every lane.</summary>
    [MethodImpl(Inline)]
    public static V SameMask(byte* p) => *p != 0 ? ~(V)T.Zero : T.Zero;

    /// <summary>A mask as numbers.</summary>
    [MethodImpl(Inline)]
    public static V FromMask(V mask) => V.Select(mask, T.One, T.Zero);

    /// <summary>Numbers as a mask: set where they are not 0.</summary>
    [MethodImpl(Inline)]
    public static V ToMask(V x) => ~V.Equal(x, T.Zero);

    [MethodImpl(Inline)]
    public static V Select(V mask, V a, V b) => V.Select(mask, a, b);
}
