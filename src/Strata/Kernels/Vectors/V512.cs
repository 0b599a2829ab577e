using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Strata.Kernels.Elementwise;

namespace Strata.Kernels.Vectors;

/// <summary>A 512-bit vector.</summary>
internal readonly unsafe struct V512<T> : IVector<V512<T>, T>
    where T : unmanaged, INumber<T>
{
    const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    readonly Vector512<T> lanes;

    [MethodImpl(Inline)]
    V512(Vector512<T> lanes) => this.lanes = lanes;

    public static int Count
    {
        [MethodImpl(Inline)]
        get => Vector512<T>.Count;
    }

    [MethodImpl(Inline)]
    public static V512<T> Load(T* p) => new(Vector512.Load(p));

    [MethodImpl(Inline)]
    public void Store(T* p) => lanes.Store(p);

    [MethodImpl(Inline)]
    public static V512<T> First(int n) => new(Vector512.LessThan(Vector512<T>.Indices, Vector512.Create(T.CreateTruncating(n))));

    [MethodImpl(Inline)]
    public static V512<T> LoadFirst(T* p, int n)
    {
        if (Avx512F.IsSupported && typeof(T) == typeof(float))
            return new(Avx512F.MaskLoad((float*)p, First(n).lanes.AsSingle(), Vector512<float>.Zero).As<float, T>());
        if (Avx512F.IsSupported && typeof(T) == typeof(double))
            return new(Avx512F.MaskLoad((double*)p, First(n).lanes.AsDouble(), Vector512<double>.Zero).As<double, T>());
        var buffer = Vector512<T>.Zero;
        Unsafe.CopyBlockUnaligned(&buffer, p, (uint)(n * sizeof(T)));
        return new(buffer);
    }

    [MethodImpl(Inline)]
    public void StoreFirst(T* p, int n)
    {
        if (Avx512F.IsSupported && typeof(T) == typeof(float)) Avx512F.MaskStore((float*)p, First(n).lanes.AsSingle(), lanes.AsSingle());
        else if (Avx512F.IsSupported && typeof(T) == typeof(double)) Avx512F.MaskStore((double*)p, First(n).lanes.AsDouble(), lanes.AsDouble());
        else
        {
            var buffer = lanes;
            Unsafe.CopyBlockUnaligned(p, &buffer, (uint)(n * sizeof(T)));
        }
    }

    [MethodImpl(Inline)]
    public static V512<T> LoadMask(byte* p)
    {
        if (sizeof(T) == 4)
        {
            var words = Vector256.WidenLower(Vector128.Load(p).ToVector256Unsafe());
            return new(Vector512.GreaterThan(Vector512.WidenLower(words.ToVector512Unsafe()).AsInt32(), Vector512<int>.Zero).As<int, T>());
        }

        if (sizeof(T) == 8)
        {
            var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)p).AsByte());
            var doubles = Vector256.WidenLower(words.ToVector256Unsafe());
            return new(Vector512.GreaterThan(Vector512.WidenLower(doubles.ToVector512Unsafe()).AsInt64(), Vector512<long>.Zero).As<long, T>());
        }

        return new(Vector512.GreaterThan(Vector512.Load(p), Vector512<byte>.Zero).As<byte, T>());
    }

    [MethodImpl(Inline)]
    public void StoreMask(byte* p)
    {
        if (sizeof(T) == 1) (lanes.AsByte() & Vector512<byte>.One).Store(p);
        else Masks.Store(Vector512.ExtractMostSignificantBits(lanes), p, Count);
    }

    [MethodImpl(Inline)]
    public static implicit operator V512<T>(T value) => new(Vector512.Create(value));

    [MethodImpl(Inline)]
    public static V512<T> Of(double value) => typeof(T) == typeof(float)
        ? new(Vector512.Create((float)value).As<float, T>())
        : new(Vector512.Create(value).As<double, T>());

    [MethodImpl(Inline)]
    public static V512<T> operator +(V512<T> a, V512<T> b) => new(a.lanes + b.lanes);

    [MethodImpl(Inline)]
    public static V512<T> operator -(V512<T> a, V512<T> b) => new(a.lanes - b.lanes);

    [MethodImpl(Inline)]
    public static V512<T> operator *(V512<T> a, V512<T> b) => new(a.lanes * b.lanes);

    [MethodImpl(Inline)]
    public static V512<T> operator /(V512<T> a, V512<T> b) => new(a.lanes / b.lanes);

    [MethodImpl(Inline)]
    public static V512<T> operator -(V512<T> a) => new(-a.lanes);

    [MethodImpl(Inline)]
    public static V512<T> operator &(V512<T> a, V512<T> b) => new(a.lanes & b.lanes);

    [MethodImpl(Inline)]
    public static V512<T> operator |(V512<T> a, V512<T> b) => new(a.lanes | b.lanes);

    [MethodImpl(Inline)]
    public static V512<T> operator ^(V512<T> a, V512<T> b) => new(a.lanes ^ b.lanes);

    [MethodImpl(Inline)]
    public static V512<T> operator ~(V512<T> a) => new(~a.lanes);

    [MethodImpl(Inline)]
    public static V512<T> operator <<(V512<T> a, int n) => new(sizeof(T) == 8
        ? (a.lanes.AsUInt64() << n).As<ulong, T>()
        : (a.lanes.AsUInt32() << n).As<uint, T>());

    [MethodImpl(Inline)]
    public static V512<T> operator >>>(V512<T> a, int n) => new(sizeof(T) == 8
        ? (a.lanes.AsUInt64() >>> n).As<ulong, T>()
        : (a.lanes.AsUInt32() >>> n).As<uint, T>());

    [MethodImpl(Inline)]
    public static V512<T> operator <(V512<T> a, V512<T> b) => new(Vector512.LessThan(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V512<T> operator <=(V512<T> a, V512<T> b) => new(Vector512.LessThanOrEqual(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V512<T> operator >(V512<T> a, V512<T> b) => new(Vector512.GreaterThan(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V512<T> operator >=(V512<T> a, V512<T> b) => new(Vector512.GreaterThanOrEqual(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V512<T> Equal(V512<T> a, V512<T> b) => new(Vector512.Equals(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V512<T> Select(V512<T> mask, V512<T> a, V512<T> b) => new(Vector512.ConditionalSelect(mask.lanes, a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V512<T> IfLess(V512<T> a, V512<T> b, V512<T> then, V512<T> otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(a.lanes, b.lanes), then.lanes, otherwise.lanes));

    [MethodImpl(Inline)]
    public static bool Any(V512<T> mask) => mask.lanes.AsByte() != Vector512<byte>.Zero;

    [MethodImpl(Inline)]
    public static V512<T> Fma(V512<T> a, V512<T> b, V512<T> c) => new(typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(a.lanes.AsSingle(), b.lanes.AsSingle(), c.lanes.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(a.lanes.AsDouble(), b.lanes.AsDouble(), c.lanes.AsDouble()).As<double, T>());

    [MethodImpl(Inline)]
    public static V512<T> Min(V512<T> a, V512<T> b) => new(Vector512.Min(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V512<T> Max(V512<T> a, V512<T> b) => new(Vector512.Max(a.lanes, b.lanes));

    [MethodImpl(Inline)]
    public static V512<T> Abs(V512<T> a) => new(Vector512.Abs(a.lanes));

    [MethodImpl(Inline)]
    public static V512<T> Sqrt(V512<T> a) => new(Vector512.Sqrt(a.lanes));

    [MethodImpl(Inline)]
    public static V512<T> Round(V512<T> a) => new(typeof(T) == typeof(float)
        ? Vector512.Round(a.lanes.AsSingle()).As<float, T>()
        : Vector512.Round(a.lanes.AsDouble()).As<double, T>());

    [MethodImpl(Inline)]
    public static V512<T> Floor(V512<T> a) => new(typeof(T) == typeof(float)
        ? Vector512.Floor(a.lanes.AsSingle()).As<float, T>()
        : Vector512.Floor(a.lanes.AsDouble()).As<double, T>());

    [MethodImpl(Inline)]
    public static V512<T> Ceiling(V512<T> a) => new(typeof(T) == typeof(float)
        ? Vector512.Ceiling(a.lanes.AsSingle()).As<float, T>()
        : Vector512.Ceiling(a.lanes.AsDouble()).As<double, T>());

    [MethodImpl(Inline)]
    public static V512<T> Truncate(V512<T> a) => new(typeof(T) == typeof(float)
        ? Vector512.Truncate(a.lanes.AsSingle()).As<float, T>()
        : Vector512.Truncate(a.lanes.AsDouble()).As<double, T>());

    [MethodImpl(Inline)]
    public static V512<T> Scale(V512<T> x, V512<T> n)
    {
        if (!Avx512F.IsSupported) return Exponents<V512<T>, T>.Scale(x, n);
        return new(typeof(T) == typeof(float)
            ? Avx512F.Scale(x.lanes.AsSingle(), n.lanes.AsSingle()).As<float, T>()
            : Avx512F.Scale(x.lanes.AsDouble(), n.lanes.AsDouble()).As<double, T>());
    }

    [MethodImpl(Inline)]
    public static T Fold<TOp>(V512<T> v, TOp f)
        where TOp : struct, IBinaryOperator =>
        V256<T>.Fold(f.Invoke<V256<T>, T>(V256<T>.From(v.lanes.GetLower()), V256<T>.From(v.lanes.GetUpper())), f);
}
