using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Strata.Kernels.Elementwise;

namespace Strata.Kernels.Vectors;

/// <summary>A 128-bit vector.</summary>
internal readonly unsafe struct V128<T> : IVector<V128<T>, T>
    where T : unmanaged, INumber<T>
{
    const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    readonly Vector128<T> lanes;

    [MethodImpl(Inline)]
    V128(Vector128<T> lanes) => this.lanes = lanes;

    public static int Count
    {
        [MethodImpl(Inline)]
        get => Vector128<T>.Count;
    }

    [MethodImpl(Inline)]
    public static V128<T> Load(T* p) => new(Vector128.Load(p));

    [MethodImpl(Inline)]
    public void Store(T* p) => lanes.Store(p);

    [MethodImpl(Inline)]
    public static V128<T> First(int n) => new(Vector128.LessThan(Vector128<T>.Indices, Vector128.Create(T.CreateTruncating(n))));

    [MethodImpl(Inline)]
    public static V128<T> LoadFirst(T* p, int n)
    {
        if (Avx512F.VL.IsSupported && typeof(T) == typeof(float))
            return new(Avx512F.VL.MaskLoad((float*)p, First(n).lanes.AsSingle(), Vector128<float>.Zero).As<float, T>());
        if (Avx512F.VL.IsSupported && typeof(T) == typeof(double))
            return new(Avx512F.VL.MaskLoad((double*)p, First(n).lanes.AsDouble(), Vector128<double>.Zero).As<double, T>());
        var buffer = Vector128<T>.Zero;
        Unsafe.CopyBlockUnaligned(&buffer, p, (uint)(n * sizeof(T)));
        return new(buffer);
    }

    [MethodImpl(Inline)]
    public void StoreFirst(T* p, int n)
    {
        if (Avx512F.VL.IsSupported && typeof(T) == typeof(float)) Avx512F.VL.MaskStore((float*)p, First(n).lanes.AsSingle(), lanes.AsSingle());
        else if (Avx512F.VL.IsSupported && typeof(T) == typeof(double)) Avx512F.VL.MaskStore((double*)p, First(n).lanes.AsDouble(), lanes.AsDouble());
        else
        {
            var buffer = lanes;
            Unsafe.CopyBlockUnaligned(p, &buffer, (uint)(n * sizeof(T)));
        }
    }

    [MethodImpl(Inline)]
    public static V128<T> LoadMask(byte* p)
    {
        if (sizeof(T) == 4)
        {
            var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(uint*)p).AsByte());
            return new(Vector128.GreaterThan(Vector128.WidenLower(words).AsInt32(), Vector128<int>.Zero).As<int, T>());
        }

        if (sizeof(T) == 8)
        {
            var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ushort*)p).AsByte());
            return new(Vector128.GreaterThan(Vector128.WidenLower(Vector128.WidenLower(words)).AsInt64(), Vector128<long>.Zero).As<long, T>());
        }

        return new(Vector128.GreaterThan(Vector128.Load(p), Vector128<byte>.Zero).As<byte, T>());
    }

    [MethodImpl(Inline)]
    public void StoreMask(byte* p)
    {
        if (sizeof(T) == 1) (lanes.AsByte() & Vector128<byte>.One).Store(p);
        else Masks.Store(Vector128.ExtractMostSignificantBits(lanes), p, Count);
    }

    [MethodImpl(Inline)]
    public static implicit operator V128<T>(T value) => new(Vector128.Create(value));

    [MethodImpl(Inline)]
    public static V128<T> Of(double value) => typeof(T) == typeof(float)
        ? new(Vector128.Create((float)value).As<float, T>())
        : new(Vector128.Create(value).As<double, T>());

    [MethodImpl(Inline)]
    public static V128<T> operator +(V128<T> a, V128<T> b) => new(a.lanes + b.lanes);

    [MethodImpl(Inline)]
    public static V128<T> operator -(V128<T> a, V128<T> b) => new(a.lanes - b.lanes);

    [MethodImpl(Inline)]
    public static V128<T> operator *(V128<T> a, V128<T> b) => new(a.lanes * b.lanes);

    [MethodImpl(Inline)]
    public static V128<T> operator /(V128<T> a, V128<T> b) => new(a.lanes / b.lanes);

    [MethodImpl(Inline)]
    public static V128<T> operator -(V128<T> a) => new(-a.lanes);

    [MethodImpl(Inline)]
    public static V128<T> operator &(V128<T> a, V128<T> b) => new(a.lanes & b.lanes);

    [MethodImpl(Inline)]
    public static V128<T> operator |(V128<T> a, V128<T> b) => new(a.lanes | b.lanes);

    [MethodImpl(Inline)]
    public static V128<T> operator ^(V128<T> a, V128<T> b) => new(a.lanes ^ b.lanes);

    [MethodImpl(Inline)]
    public static V128<T> operator ~(V128<T> a) => new(~a.lanes);

    [MethodImpl(Inline)]
    public static V128<T> operator <<(V128<T> a, int n) => new(sizeof(T) == 8
        ? (a.lanes.AsUInt64() << n).As<ulong, T>()
        : (a.lanes.AsUInt32() << n).As<uint, T>());

    [MethodImpl(Inline)]
    public static V128<T> operator >>>(V128<T> a, int n) => new(sizeof(T) == 8
        ? (a.lanes.AsUInt64() >>> n).As<ulong, T>()
        : (a.lanes.AsUInt32() >>> n).As<uint, T>());

    [MethodImpl(Inline)]
    public static V128<T> operator <(V128<T> a, V128<T> b) => new(Vector128.LessThan(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V128<T> operator <=(V128<T> a, V128<T> b) => new(Vector128.LessThanOrEqual(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V128<T> operator >(V128<T> a, V128<T> b) => new(Vector128.GreaterThan(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V128<T> operator >=(V128<T> a, V128<T> b) => new(Vector128.GreaterThanOrEqual(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V128<T> Equal(V128<T> a, V128<T> b) => new(Vector128.Equals(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V128<T> Select(V128<T> mask, V128<T> a, V128<T> b) => new(Vector128.ConditionalSelect(mask.lanes, a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V128<T> IfLess(V128<T> a, V128<T> b, V128<T> then, V128<T> otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(a.lanes, b.lanes), then.lanes, otherwise.lanes));

    [MethodImpl(Inline)]
    public static bool Any(V128<T> mask) => mask.lanes.AsByte() != Vector128<byte>.Zero;

    [MethodImpl(Inline)]
    public static V128<T> Fma(V128<T> a, V128<T> b, V128<T> c) => new(typeof(T) == typeof(float)
        ? Vector128.FusedMultiplyAdd(a.lanes.AsSingle(), b.lanes.AsSingle(), c.lanes.AsSingle()).As<float, T>()
        : Vector128.FusedMultiplyAdd(a.lanes.AsDouble(), b.lanes.AsDouble(), c.lanes.AsDouble()).As<double, T>());

    [MethodImpl(Inline)]
    public static V128<T> Min(V128<T> a, V128<T> b) => new(Vector128.Min(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V128<T> Max(V128<T> a, V128<T> b) => new(Vector128.Max(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V128<T> Abs(V128<T> a) => new(Vector128.Abs(a.lanes));

    [MethodImpl(Inline)]
    public static V128<T> Sqrt(V128<T> a) => new(Vector128.Sqrt(a.lanes));

    [MethodImpl(Inline)]
    public static V128<T> Round(V128<T> a) => new(typeof(T) == typeof(float)
        ? Vector128.Round(a.lanes.AsSingle()).As<float, T>()
        : Vector128.Round(a.lanes.AsDouble()).As<double, T>());

    [MethodImpl(Inline)]
    public static V128<T> Floor(V128<T> a) => new(typeof(T) == typeof(float)
        ? Vector128.Floor(a.lanes.AsSingle()).As<float, T>()
        : Vector128.Floor(a.lanes.AsDouble()).As<double, T>());

    [MethodImpl(Inline)]
    public static V128<T> Ceiling(V128<T> a) => new(typeof(T) == typeof(float)
        ? Vector128.Ceiling(a.lanes.AsSingle()).As<float, T>()
        : Vector128.Ceiling(a.lanes.AsDouble()).As<double, T>());

    [MethodImpl(Inline)]
    public static V128<T> Truncate(V128<T> a) => new(typeof(T) == typeof(float)
        ? Vector128.Truncate(a.lanes.AsSingle()).As<float, T>()
        : Vector128.Truncate(a.lanes.AsDouble()).As<double, T>());

    [MethodImpl(Inline)]
    public static V128<T> Scale(V128<T> x, V128<T> n)
    {
        if (!Avx512F.VL.IsSupported) return Exponents<V128<T>, T>.Scale(x, n);
        return new(typeof(T) == typeof(float)
            ? Avx512F.VL.Scale(x.lanes.AsSingle(), n.lanes.AsSingle()).As<float, T>()
            : Avx512F.VL.Scale(x.lanes.AsDouble(), n.lanes.AsDouble()).As<double, T>());
    }

    [MethodImpl(Inline)]
    public static T Fold<TOp>(V128<T> v, TOp f)
        where TOp : struct, IBinaryOperator
    {
        if (sizeof(T) == 1)
        {
            var result = V1<T>.Load((T*)&v);
            for (var i = 1; i < Count; i++) result = f.Invoke<V1<T>, T>(result, V1<T>.Load((T*)&v + i));
            return result.Value;
        }

        v = f.Invoke<V128<T>, T>(v, new(Vector128.Shuffle(v.lanes.AsInt64(), Vector128.Create(1L, 0)).As<long, T>()));
        if (sizeof(T) == 4) v = f.Invoke<V128<T>, T>(v, new(Vector128.Shuffle(v.lanes.AsInt32(), Vector128.Create(1, 0, 3, 2)).As<int, T>()));
        return v.lanes.ToScalar();
    }

    [MethodImpl(Inline)]
    internal static V128<T> From(Vector128<T> lanes) => new(lanes);
}
