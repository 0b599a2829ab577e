using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Kernels;

/// <summary>256-bit vectors of float or double.</summary>
internal readonly unsafe struct Vector256Ops<T> : IVectorOps<Vector256<T>, T>
    where T : unmanaged
{
    public static int Width => Vector256<T>.Count;

    public static int TileRows => 6;

    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    public static void Store(T* target, Vector256<T> value) => value.Store(target);

    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    public static Vector256<T> Add(Vector256<T> x, Vector256<T> y) => x + y;

    public static Vector256<T> Multiply(Vector256<T> x, Vector256<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> x, Vector256<T> y, Vector256<T> z) => typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Vector256.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    public static Vector256<T> IfGreater(Vector256<T> x, Vector256<T> y, Vector256<T> then, Vector256<T> otherwise) =>
        Vector256.ConditionalSelect(Vector256.LessThanOrEqual(x, y) | ~Vector256.Equals(y, y), otherwise, then);

    public static Vector256<T> IfEqual(Vector256<T> x, Vector256<T> y, Vector256<T> then, Vector256<T> otherwise) =>
        Vector256.ConditionalSelect(Vector256.Equals(x, y), then, otherwise);

    public static Vector256<T> Relu(Vector256<T> x) => Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<T>.Zero), Vector256<T>.Zero, x);

    public static T Sum(Vector256<T> x) => Vector128Ops<T>.Sum(x.GetLower() + x.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadPart(T* source, int count)
    {
        if (Avx.IsSupported)
            return typeof(T) == typeof(float)
                ? Avx.MaskLoad((float*)source, Mask(count).AsSingle()).As<float, T>()
                : Avx.MaskLoad((double*)source, Mask(count).AsDouble()).As<double, T>();
        var copy = Vector256<T>.Zero;
        Unsafe.CopyBlock(&copy, source, (uint)(count * sizeof(T)));
        return copy;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(T* target, Vector256<T> value, int count)
    {
        if (!Avx.IsSupported) Unsafe.CopyBlock(target, &value, (uint)(count * sizeof(T)));
        else if (typeof(T) == typeof(float)) Avx.MaskStore((float*)target, Mask(count).AsSingle(), value.AsSingle());
        else Avx.MaskStore((double*)target, Mask(count).AsDouble(), value.AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> Mask(int count) => typeof(T) == typeof(float)
        ? Vector256.GreaterThan(Vector256.Create(count), Vector256<int>.Indices).As<int, T>()
        : Vector256.GreaterThan(Vector256.Create((long)count), Vector256<long>.Indices).As<long, T>();
}
