using Strata.Kernels.Elementwise;

namespace Strata.Kernels;

/// <summary>The kernels of the processor: for each operation that has one of its own a method on tensors, in a file named like the
/// operation. A method here chooses the element type and the shape of the walk; the loops below it work on pointers.</summary>
/// <remarks>Inputs are read with <see cref="Read{T}"/>; the output is a fresh tensor, filled through <see cref="Write{T}"/>.</remarks>
public partial class CpuKernels
{
    readonly OperatorRecorder? recorder;

    /// <summary>The kernels, or a stand-in that runs nothing and tells <paramref name="recorder"/> which element-wise operator would have run.</summary>
    internal CpuKernels(OperatorRecorder? recorder = null) => this.recorder = recorder;

    /// <summary>The elements of an input of an operation.</summary>
    public ReadOnlySpan<T> Read<T>(Tensor input)
        where T : unmanaged => input.AsSpan<T>();

    /// <summary>The elements of the output of the operation that is running, to be filled.</summary>
    public Span<T> Write<T>(Tensor output)
        where T : unmanaged => output.Writable<T>();
}
