using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Strata.Kernels.Elementwise;

namespace Strata.Kernels.Vectors;

/// <summary>A 256-bit vector.</summary>
internal readonly unsafe struct V256<T> : IVector<V256<T>, T>
    where T : unmanaged, INumber<T>
{
    const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    readonly Vector256<T> lanes;

    [MethodImpl(Inline)]
    V256(Vector256<T> lanes) => this.lanes = lanes;

    public static int Count
    {
        [MethodImpl(Inline)]
        get => Vector256<T>.Count;
    }

    [MethodImpl(Inline)]
    public static V256<T> Load(T* p) => new(Vector256.Load(p));

    [MethodImpl(Inline)]
    public void Store(T* p) => lanes.Store(p);

    [MethodImpl(Inline)]
    public static V256<T> First(int n) => new(Vector256.LessThan(Vector256<T>.Indices, Vector256.Create(T.CreateTruncating(n))));

    [MethodImpl(Inline)]
    public static V256<T> LoadFirst(T* p, int n)
    {
        if (Avx512F.VL.IsSupported && typeof(T) == typeof(float))
            return new(Avx512F.VL.MaskLoad((float*)p, First(n).lanes.AsSingle(), Vector256<float>.Zero).As<float, T>());
        if (Avx512F.VL.IsSupported && typeof(T) == typeof(double))
            return new(Avx512F.VL.MaskLoad((double*)p, First(n).lanes.AsDouble(), Vector256<double>.Zero).As<double, T>());
        var buffer = Vector256<T>.Zero;
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
    public static V256<T> LoadMask(byte* p)
    {
        if (sizeof(T) == 4)
        {
            var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)p).AsByte());
            return new(Vector256.GreaterThan(Vector256.WidenLower(words.ToVector256Unsafe()).AsInt32(), Vector256<int>.Zero).As<int, T>());
        }

        if (sizeof(T) == 8)
        {
            var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(uint*)p).AsByte());
            var doubles = Vector128.WidenLower(words);
            return new(Vector256.GreaterThan(Vector256.WidenLower(doubles.ToVector256Unsafe()).AsInt64(), Vector256<long>.Zero).As<long, T>());
        }

        return new(Vector256.GreaterThan(Vector256.Load(p), Vector256<byte>.Zero).As<byte, T>());
    }

    [MethodImpl(Inline)]
    public void StoreMask(byte* p)
    {
        if (sizeof(T) == 1) (lanes.AsByte() & Vector256<byte>.One).Store(p);
        else Masks.Store(Vector256.ExtractMostSignificantBits(lanes), p, Count);
    }

    [MethodImpl(Inline)]
    public static implicit operator V256<T>(T value) => new(Vector256.Create(value));

    [MethodImpl(Inline)]
    public static V256<T> Of(double value) => typeof(T) == typeof(float)
        ? new(Vector256.Create((float)value).As<float, T>())
        : new(Vector256.Create(value).As<double, T>());

    [MethodImpl(Inline)]
    public static V256<T> operator +(V256<T> a, V256<T> b) => new(a.lanes + b.lanes);

    [MethodImpl(Inline)]
    public static V256<T> operator -(V256<T> a, V256<T> b) => new(a.lanes - b.lanes);

    [MethodImpl(Inline)]
    public static V256<T> operator *(V256<T> a, V256<T> b) => new(a.lanes * b.lanes);

    [MethodImpl(Inline)]
    public static V256<T> operator /(V256<T> a, V256<T> b) => new(a.lanes / b.lanes);

    [MethodImpl(Inline)]
    public static V256<T> operator -(V256<T> a) => new(-a.lanes);

    [MethodImpl(Inline)]
    public static V256<T> operator &(V256<T> a, V256<T> b) => new(a.lanes & b.lanes);

    [MethodImpl(Inline)]
    public static V256<T> operator |(V256<T> a, V256<T> b) => new(a.lanes | b.lanes);

    [MethodImpl(Inline)]
    public static V256<T> operator ^(V256<T> a, V256<T> b) => new(a.lanes ^ b.lanes);

    [MethodImpl(Inline)]
    public static V256<T> operator ~(V256<T> a) => new(~a.lanes);

    [MethodImpl(Inline)]
    public static V256<T> operator <<(V256<T> a, int n) => new(sizeof(T) == 8
        ? (a.lanes.AsUInt64() << n).As<ulong, T>()
        : (a.lanes.AsUInt32() << n).As<uint, T>());

    [MethodImpl(Inline)]
    public static V256<T> operator >>>(V256<T> a, int n) => new(sizeof(T) == 8
        ? (a.lanes.AsUInt64() >>> n).As<ulong, T>()
        : (a.lanes.AsUInt32() >>> n).As<uint, T>());

    [MethodImpl(Inline)]
    public static V256<T> operator <(V256<T> a, V256<T> b) => new(Vector256.LessThan(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V256<T> operator <=(V256<T> a, V256<T> b) => new(Vector256.LessThanOrEqual(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V256<T> operator >(V256<T> a, V256<T> b) => new(Vector256.GreaterThan(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V256<T> operator >=(V256<T> a, V256<T> b) => new(Vector256.GreaterThanOrEqual(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V256<T> Equal(V256<T> a, V256<T> b) => new(Vector256.Equals(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V256<T> Select(V256<T> mask, V256<T> a, V256<T> b) => new(Vector256.ConditionalSelect(mask.lanes, a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V256<T> IfLess(V256<T> a, V256<T> b, V256<T> then, V256<T> otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(a.lanes, b.lanes), then.lanes, otherwise.lanes));

    [MethodImpl(Inline)]
    public static bool Any(V256<T> mask) => mask.lanes.AsByte() != Vector256<byte>.Zero;

    [MethodImpl(Inline)]
    public static V256<T> Fma(V256<T> a, V256<T> b, V256<T> c) => new(typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(a.lanes.AsSingle(), b.lanes.AsSingle(), c.lanes.AsSingle()).As<float, T>()
        : Vector256.FusedMultiplyAdd(a.lanes.AsDouble(), b.lanes.AsDouble(), c.lanes.AsDouble()).As<double, T>());

    [MethodImpl(Inline)]
    public static V256<T> Min(V256<T> a, V256<T> b) => new(Vector256.Min(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V256<T> Max(V256<T> a, V256<T> b) => new(Vector256.Max(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V256<T> Abs(V256<T> a) => new(Vector256.Abs(a.lanes));

    [MethodImpl(Inline)]
    public static V256<T> Sqrt(V256<T> a) => new(Vector256.Sqrt(a.lanes));

    [MethodImpl(Inline)]
    public static V256<T> Round(V256<T> a) => new(typeof(T) == typeof(float)
        ? Vector256.Round(a.lanes.AsSingle()).As<float, T>()
        : Vector256.Round(a.lanes.AsDouble()).As<double, T>());

    [MethodImpl(Inline)]
    public static V256<T> Floor(V256<T> a) => new(typeof(T) == typeof(float)
        ? Vector256.Floor(a.lanes.AsSingle()).As<float, T>()
        : Vector256.Floor(a.lanes.AsDouble()).As<double, T>());

    [MethodImpl(Inline)]
    public static V256<T> Ceiling(V256<T> a) => new(typeof(T) == typeof(float)
        ? Vector256.Ceiling(a.lanes.AsSingle()).As<float, T>()
        : Vector256.Ceiling(a.lanes.AsDouble()).As<double, T>());

    [MethodImpl(Inline)]
    public static V256<T> Truncate(V256<T> a) => new(typeof(T) == typeof(float)
        ? Vector256.Truncate(a.lanes.AsSingle()).As<float, T>()
        : Vector256.Truncate(a.lanes.AsDouble()).As<double, T>());

    [MethodImpl(Inline)]
    public static V256<T> Scale(V256<T> x, V256<T> n)
    {
        if (!Avx512F.VL.IsSupported) return Exponents<V256<T>, T>.Scale(x, n);
        return new(typeof(T) == typeof(float)
            ? Avx512F.VL.Scale(x.lanes.AsSingle(), n.lanes.AsSingle()).As<float, T>()
            : Avx512F.VL.Scale(x.lanes.AsDouble(), n.lanes.AsDouble()).As<double, T>());
    }

    [MethodImpl(Inline)]
    public static T Fold<TOp>(V256<T> v, TOp f)
        where TOp : struct, IBinaryOperator =>
        V128<T>.Fold(f.Invoke<V128<T>, T>(V128<T>.From(v.lanes.GetLower()), V128<T>.From(v.lanes.GetUpper())), f);

    [MethodImpl(Inline)]
    internal static V256<T> From(Vector256<T> lanes) => new(lanes);
}
