using System.Runtime.InteropServices;

namespace Strata.Reinforcement;

/// <summary>Observations as tensors.</summary>
public static class Observations
{
    /// <summary>A tensor of raw memory.</summary>
    /// <param name="bytes">The elements, row-major, in the machine's byte order.</param>
    /// <param name="shape">The shape of the tensor.</param>
    /// <param name="type">The type of the elements.</param>
    public static Tensor ToTensor(ReadOnlySpan<byte> bytes, Shape shape, DType type) => type switch
    {
        DType.UInt8 => Tensor.From(bytes, shape),
        DType.Float32 => Tensor.From(MemoryMarshal.Cast<byte, float>(bytes), shape),
        DType.Float64 => Tensor.From(MemoryMarshal.Cast<byte, double>(bytes), shape),
        DType.Int32 => Tensor.From(MemoryMarshal.Cast<byte, int>(bytes), shape),
        _ => Tensor.From(MemoryMarshal.Cast<byte, long>(bytes), shape),
    };

    /// <summary>The current observation of an environment as a batch of one.</summary>
    public static Tensor ToTensor(this Env env) => ToTensor(env.ObservationBytes, env.ObservationSpace.Shape.Batch(1), env.ObservationSpace.DType);

    /// <summary>The shape with an axis of examples before it.</summary>
    internal static Shape Batch(this Shape shape, int count) => [count, .. shape];
}
