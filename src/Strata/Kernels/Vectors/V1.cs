using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Elementwise;

namespace Strata.Kernels.Vectors;

/// <summary>One element: the portable path, without a vector instruction.</summary>
internal readonly unsafe struct V1<T> : IVector<V1<T>, T>
    where T : unmanaged, INumber<T>
{
    const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    readonly T lane;

    [MethodImpl(Inline)]
    V1(T lane) => this.lane = lane;

    public static int Count
    {
        [MethodImpl(Inline)]
        get => 1;
    }

    [MethodImpl(Inline)]
    public static V1<T> Load(T* p) => new(*p);

    [MethodImpl(Inline)]
    public void Store(T* p) => *p = lane;

    /// <summary>The element.</summary>
    public T Value
    {
        [MethodImpl(Inline)]
        get => lane;
    }

    public static V1<T> First(int n) => Mask(n > 0);

    public static V1<T> LoadFirst(T* p, int n) => new(n > 0 ? *p : T.Zero);

    public void StoreFirst(T* p, int n)
    {
        if (n > 0) *p = lane;
    }

    [MethodImpl(Inline)]
    public static V1<T> LoadMask(byte* p) => Mask(*p != 0);

    [MethodImpl(Inline)]
    public void StoreMask(byte* p) => *p = (byte)(Bits(lane) & 1);

    [MethodImpl(Inline)]
    public static implicit operator V1<T>(T value) => new(value);

    [MethodImpl(Inline)]
    public static V1<T> Of(double value) => typeof(T) == typeof(float)
        ? new(Unsafe.BitCast<float, T>((float)value))
        : new(Unsafe.BitCast<double, T>(value));

    [MethodImpl(Inline)]
    public static V1<T> operator +(V1<T> a, V1<T> b) => new(a.lane + b.lane);

    [MethodImpl(Inline)]
    public static V1<T> operator -(V1<T> a, V1<T> b) => new(a.lane - b.lane);

    [MethodImpl(Inline)]
    public static V1<T> operator *(V1<T> a, V1<T> b) => new(a.lane * b.lane);

    [MethodImpl(Inline)]
    public static V1<T> operator /(V1<T> a, V1<T> b) => new(a.lane / b.lane);

    [MethodImpl(Inline)]
    public static V1<T> operator -(V1<T> a) => new(-a.lane);

    [MethodImpl(Inline)]
    public static V1<T> operator &(V1<T> a, V1<T> b) => FromBits(Bits(a.lane) & Bits(b.lane));

    [MethodImpl(Inline)]
    public static V1<T> operator |(V1<T> a, V1<T> b) => FromBits(Bits(a.lane) | Bits(b.lane));

    [MethodImpl(Inline)]
    public static V1<T> operator ^(V1<T> a, V1<T> b) => FromBits(Bits(a.lane) ^ Bits(b.lane));

    [MethodImpl(Inline)]
    public static V1<T> operator ~(V1<T> a) => FromBits(~Bits(a.lane));

    [MethodImpl(Inline)]
    public static V1<T> operator <<(V1<T> a, int n) => FromBits(Bits(a.lane) << n);

    [MethodImpl(Inline)]
    public static V1<T> operator >>>(V1<T> a, int n) => FromBits(Bits(a.lane) >> n);

    [MethodImpl(Inline)]
    public static V1<T> operator <(V1<T> a, V1<T> b) => Mask(a.lane < b.lane);

    [MethodImpl(Inline)]
    public static V1<T> operator <=(V1<T> a, V1<T> b) => Mask(a.lane <= b.lane);

    [MethodImpl(Inline)]
    public static V1<T> operator >(V1<T> a, V1<T> b) => Mask(a.lane > b.lane);

    [MethodImpl(Inline)]
    public static V1<T> operator >=(V1<T> a, V1<T> b) => Mask(a.lane >= b.lane);

    [MethodImpl(Inline)]
    public static V1<T> Equal(V1<T> a, V1<T> b) => Mask(a.lane == b.lane);

    [MethodImpl(Inline)]
    public static V1<T> Select(V1<T> mask, V1<T> a, V1<T> b) => Bits(mask.lane) != 0 ? a : b;

    [MethodImpl(Inline)]
    public static V1<T> IfLess(V1<T> a, V1<T> b, V1<T> then, V1<T> otherwise) => a.lane < b.lane ? then : otherwise;

    [MethodImpl(Inline)]
    public static bool Any(V1<T> mask) => Bits(mask.lane) != 0;

    [MethodImpl(Inline)]
    public static V1<T> Fma(V1<T> a, V1<T> b, V1<T> c) => typeof(T) == typeof(float)
        ? new((T)(object)MathF.FusedMultiplyAdd((float)(object)a.lane, (float)(object)b.lane, (float)(object)c.lane))
        : new((T)(object)Math.FusedMultiplyAdd((double)(object)a.lane, (double)(object)b.lane, (double)(object)c.lane));

    [MethodImpl(Inline)]
    public static V1<T> Min(V1<T> a, V1<T> b) => new(T.Min(a.lane, b.lane));

    [MethodImpl(Inline)]
    public static V1<T> Max(V1<T> a, V1<T> b) => new(T.Max(a.lane, b.lane));

    // An integer's least value has no positive counterpart; it stays as it is, as in the vector instructions.
    [MethodImpl(Inline)]
    public static V1<T> Abs(V1<T> a) => typeof(T) == typeof(float) || typeof(T) == typeof(double)
        ? new(T.Abs(a.lane))
        : a.lane < T.Zero ? -a : a;

    [MethodImpl(Inline)]
    public static V1<T> Sqrt(V1<T> a) => typeof(T) == typeof(float)
        ? new((T)(object)MathF.Sqrt((float)(object)a.lane))
        : new((T)(object)Math.Sqrt((double)(object)a.lane));

    [MethodImpl(Inline)]
    public static V1<T> Round(V1<T> a) => typeof(T) == typeof(float)
        ? new((T)(object)MathF.Round((float)(object)a.lane))
        : new((T)(object)Math.Round((double)(object)a.lane));

    [MethodImpl(Inline)]
    public static V1<T> Floor(V1<T> a) => typeof(T) == typeof(float)
        ? new((T)(object)MathF.Floor((float)(object)a.lane))
        : new((T)(object)Math.Floor((double)(object)a.lane));

    [MethodImpl(Inline)]
    public static V1<T> Ceiling(V1<T> a) => typeof(T) == typeof(float)
        ? new((T)(object)MathF.Ceiling((float)(object)a.lane))
        : new((T)(object)Math.Ceiling((double)(object)a.lane));

    [MethodImpl(Inline)]
    public static V1<T> Truncate(V1<T> a) => typeof(T) == typeof(float)
        ? new((T)(object)MathF.Truncate((float)(object)a.lane))
        : new((T)(object)Math.Truncate((double)(object)a.lane));

    [MethodImpl(Inline)]
    public static V1<T> Scale(V1<T> x, V1<T> n) => Exponents<V1<T>, T>.Scale(x, n);

    [MethodImpl(Inline)]
    public static T Fold<TOp>(V1<T> v, TOp f)
        where TOp : struct, IBinaryOperator => v.lane;

    [MethodImpl(Inline)]
    static V1<T> Mask(bool set) => FromBits(set ? ulong.MaxValue : 0);

    [MethodImpl(Inline)]
    static ulong Bits(T value) => sizeof(T) switch
    {
        8 => Unsafe.BitCast<T, ulong>(value),
        4 => Unsafe.BitCast<T, uint>(value),
        _ => Unsafe.BitCast<T, byte>(value),
    };

    [MethodImpl(Inline)]
    static V1<T> FromBits(ulong bits) => new(sizeof(T) switch
    {
        8 => Unsafe.BitCast<ulong, T>(bits),
        4 => Unsafe.BitCast<uint, T>((uint)bits),
        _ => Unsafe.BitCast<byte, T>((byte)bits),
    });
}
