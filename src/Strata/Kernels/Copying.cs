using System.Runtime.InteropServices;

namespace Strata.Kernels;

public partial class CpuKernels
{
    /// <summary>Copies all elements of <paramref name="x"/> to <paramref name="y"/>, which has as many of the same type.</summary>
    internal static unsafe void CopyBytes(Tensor x, Tensor y) =>
        NativeMemory.Copy(x.Pointer, y.Pointer, (nuint)(x.Size * x.DType.Size()));

    /// <summary>The same for a kernel that works in place where <paramref name="y"/> lies where <paramref name="x"/> does.</summary>
    internal static unsafe void CopyUnlessSame(Tensor x, Tensor y)
    {
        if (x.Pointer != y.Pointer) CopyBytes(x, y);
    }
}
