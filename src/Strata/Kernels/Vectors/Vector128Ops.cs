using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Strata.Kernels;

/// <summary>128-bit vectors of float or double.</summary>
internal readonly unsafe struct Vector128Ops<T> : IVectorOps<Vector128<T>, T>
    where T : unmanaged
{
    public static int Width => Vector128<T>.Count;

    public static int TileRows => 6;

    public static Vector128<T> Load(T* source) => Vector128.Load(source);

    public static void Store(T* target, Vector128<T> value) => value.Store(target);

    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    public static Vector128<T> Add(Vector128<T> x, Vector128<T> y) => x + y;

    public static Vector128<T> Multiply(Vector128<T> x, Vector128<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    // Not MultiplyAddEstimate: it may round once or twice, as the tier of the code has it.
    public static Vector128<T> MultiplyAdd(Vector128<T> x, Vector128<T> y, Vector128<T> z)
    {
        if (!Fma.IsSupported && !AdvSimd.IsSupported) return x * y + z; // not fused: in software that takes a hundred times as long
        return typeof(T) == typeof(float)
            ? Vector128.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
            : Vector128.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();
    }

    public static Vector128<T> IfGreater(Vector128<T> x, Vector128<T> y, Vector128<T> then, Vector128<T> otherwise) =>
        Vector128.ConditionalSelect(Vector128.LessThanOrEqual(x, y) | ~Vector128.Equals(y, y), otherwise, then);

    public static Vector128<T> IfEqual(Vector128<T> x, Vector128<T> y, Vector128<T> then, Vector128<T> otherwise) =>
        Vector128.ConditionalSelect(Vector128.Equals(x, y), then, otherwise);

    public static Vector128<T> Relu(Vector128<T> x) => Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128<T>.Zero), Vector128<T>.Zero, x);

    // In a fixed order, whatever the tier of the code.
    public static T Sum(Vector128<T> x)
    {
        if (typeof(T) == typeof(float))
        {
            var f = x.AsSingle();
            return Unsafe.BitCast<float, T>((f[0] + f[2]) + (f[1] + f[3]));
        }

        var d = x.AsDouble();
        return Unsafe.BitCast<double, T>(d[0] + d[1]);
    }

    public static Vector128<T> LoadPart(T* source, int count)
    {
        var copy = Vector128<T>.Zero;
        Unsafe.CopyBlock(&copy, source, (uint)(count * sizeof(T)));
        return copy;
    }

    public static void StorePart(T* target, Vector128<T> value, int count) =>
        Unsafe.CopyBlock(target, &value, (uint)(count * sizeof(T)));
}
