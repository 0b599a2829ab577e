namespace Strata.Serialization;

/// <summary>The types of elements in files of arrays. Those that a tensor does not have widen to the next that holds every value.</summary>
internal enum ElementType
{
    Bool,
    UInt8,
    Int8,
    UInt16,
    Int16,
    UInt32,
    Int32,
    UInt64,
    Int64,
    Float16,
    BFloat16,
    Float32,
    Float64,
}

internal static class ElementTypes
{
    /// <summary>Bytes of one element in a file.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Bool or ElementType.UInt8 or ElementType.Int8 => 1,
        ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.UInt32 or ElementType.Int32 or ElementType.Float32 => 4,
        _ => 8,
    };

    public static ElementType Of(DType type) => type switch
    {
        DType.Bool => ElementType.Bool,
        DType.UInt8 => ElementType.UInt8,
        DType.Int32 => ElementType.Int32,
        DType.Int64 => ElementType.Int64,
        DType.Float32 => ElementType.Float32,
        _ => ElementType.Float64,
    };
}
