using Strata.Kernels;

namespace Strata;

/// <summary>Where tensors live and operations run: a name and the kernels for it.</summary>
public sealed class Device
{
    Device(string name, CpuKernels kernels)
    {
        Name = name;
        Kernels = kernels;
    }

    /// <summary>The processor.</summary>
    public static Device Cpu { get; } = new("cpu", new CpuKernels());

    /// <summary>The name: <c>cpu</c>.</summary>
    public string Name { get; }

    internal CpuKernels Kernels { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
