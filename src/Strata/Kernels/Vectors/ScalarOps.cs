using System.Numerics;

namespace Strata.Kernels;

/// <summary>The portable "vector" of one element: plain scalar arithmetic.</summary>
internal readonly unsafe struct ScalarOps<T> : IVectorOps<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Width => 1;

    public static int TileRows => 4;

    public static T Load(T* source) => *source;

    public static T LoadPart(T* source, int count) => *source;

    public static void Store(T* target, T value) => *target = value;

    public static void StorePart(T* target, T value, int count) => *target = value;

    public static T Broadcast(T value) => value;

    public static T Add(T x, T y) => x + y;

    public static T Multiply(T x, T y) => x * y;

    public static T MultiplyAdd(T x, T y, T z) => x * y + z; // not fused: in software that takes a hundred times as long

    public static T IfGreater(T x, T y, T then, T otherwise) => x <= y || T.IsNaN(y) ? otherwise : then;

    public static T IfEqual(T x, T y, T then, T otherwise) => x == y ? then : otherwise;

    public static T Relu(T x) => x < T.Zero ? T.Zero : x;

    public static T Sum(T x) => x;
}
