using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Kernels;

/// <summary>512-bit vectors of float or double.</summary>
internal readonly unsafe struct Vector512Ops<T> : IVectorOps<Vector512<T>, T>
    where T : unmanaged
{
    public static int Width => Vector512<T>.Count;

    public static int TileRows => 12;

    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    public static void Store(T* target, Vector512<T> value) => value.Store(target);

    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    public static Vector512<T> Add(Vector512<T> x, Vector512<T> y) => x + y;

    public static Vector512<T> Multiply(Vector512<T> x, Vector512<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> x, Vector512<T> y, Vector512<T> z) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    public static Vector512<T> IfGreater(Vector512<T> x, Vector512<T> y, Vector512<T> then, Vector512<T> otherwise) =>
        Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, y) | ~Vector512.Equals(y, y), otherwise, then);

    public static Vector512<T> IfEqual(Vector512<T> x, Vector512<T> y, Vector512<T> then, Vector512<T> otherwise) =>
        Vector512.ConditionalSelect(Vector512.Equals(x, y), then, otherwise);

    public static Vector512<T> Relu(Vector512<T> x) => Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<T>.Zero), Vector512<T>.Zero, x);

    public static T Sum(Vector512<T> x) => Vector256Ops<T>.Sum(x.GetLower() + x.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadPart(T* source, int count)
    {
        if (Avx512F.IsSupported)
            return typeof(T) == typeof(float)
                ? Avx512F.MaskLoad((float*)source, Mask(count).AsSingle(), Vector512<float>.Zero).As<float, T>()
                : Avx512F.MaskLoad((double*)source, Mask(count).AsDouble(), Vector512<double>.Zero).As<double, T>();
        var copy = Vector512<T>.Zero;
        Unsafe.CopyBlock(&copy, source, (uint)(count * sizeof(T)));
        return copy;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(T* target, Vector512<T> value, int count)
    {
        if (!Avx512F.IsSupported) Unsafe.CopyBlock(target, &value, (uint)(count * sizeof(T)));
        else if (typeof(T) == typeof(float)) Avx512F.MaskStore((float*)target, Mask(count).AsSingle(), value.AsSingle());
        else Avx512F.MaskStore((double*)target, Mask(count).AsDouble(), value.AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> Mask(int count) => typeof(T) == typeof(float)
        ? Vector512.GreaterThan(Vector512.Create(count), Vector512<int>.Indices).As<int, T>()
        : Vector512.GreaterThan(Vector512.Create((long)count), Vector512<long>.Indices).As<long, T>();
}
