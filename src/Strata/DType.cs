namespace Strata;

/// <summary>The element type of a tensor. The order is the order of promotion within a kind.</summary>
public enum DType : byte
{
    /// <summary>A truth value, one byte that is 0 or 1.</summary>
    Bool,

    /// <summary>An unsigned 8-bit integer.</summary>
    UInt8,

    /// <summary>A signed 32-bit integer.</summary>
    Int32,

    /// <summary>A signed 64-bit integer.</summary>
    Int64,

    /// <summary>IEEE single precision: the default, unless <see cref="Configuration.FloatType"/> says otherwise.</summary>
    Float32,

    /// <summary>IEEE double precision.</summary>
    Float64,
}

/// <summary>Facts about element types and the rule by which two of them promote.</summary>
public static class DTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this DType type) => type switch
    {
        DType.Bool or DType.UInt8 => 1,
        DType.Int32 or DType.Float32 => 4,
        _ => 8,
    };

    /// <summary>Whether the type is float32 or float64: what can be differentiated.</summary>
    public static bool IsFloating(this DType type) => type >= DType.Float32;

    /// <summary>Whether the type is uint8, int32 or int64.</summary>
    public static bool IsInteger(this DType type) => type is DType.UInt8 or DType.Int32 or DType.Int64;

    /// <summary>The name used in messages: <c>float32</c>, <c>int64</c>, …</summary>
    public static string Name(this DType type) => type switch
    {
        DType.Bool => "bool",
        DType.UInt8 => "uint8",
        DType.Int32 => "int32",
        DType.Int64 => "int64",
        DType.Float32 => "float32",
        _ => "float64",
    };

    /// <summary>The type of a result of two types: the higher kind wins (bool, then integers, then floats) and within a kind the wider
    /// type; so int64 with float32 gives float32, as in PyTorch and JAX. A C# number never widens a tensor: see
    /// <see cref="PromoteScalar"/>.</summary>
    public static DType Promote(DType a, DType b) => a > b ? a : b;

    /// <summary>The type in which fractions of numbers of this type are computed: itself, or of integers and truth values
    /// <see cref="Configuration.FloatType"/>.</summary>
    public static DType ToFloating(this DType type) => type.IsFloating() ? type : Configuration.FloatType;

    /// <summary>The type of a result of a tensor and a C# number: the tensor's type, except that a number with a fraction lifts integers
    /// and truth values to <see cref="Configuration.FloatType"/>, and a whole number lifts truth values to int32.</summary>
    public static DType PromoteScalar(DType tensor, double number) =>
        tensor.IsFloating() ? tensor
        : number != Math.Floor(number) || double.IsInfinity(number) ? Configuration.FloatType
        : tensor == DType.Bool ? DType.Int32
        : tensor;

    /// <summary>The element type that the C# type <typeparamref name="T"/> stands for.</summary>
    /// <exception cref="ShapeException">No element type corresponds to <typeparamref name="T"/>.</exception>
    public static DType Of<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? DType.Float32
        : typeof(T) == typeof(double) ? DType.Float64
        : typeof(T) == typeof(int) ? DType.Int32
        : typeof(T) == typeof(long) ? DType.Int64
        : typeof(T) == typeof(byte) ? DType.UInt8
        : typeof(T) == typeof(bool) ? DType.Bool
        : throw new ShapeException($"Tensor: {typeof(T).Name} is not an element type; use float, double, int, long, byte or bool.");
}
