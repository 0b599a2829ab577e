using System.Runtime.InteropServices;

namespace Strata.Kernels;

public partial class CpuKernels
{
    /// <summary>Copies all elements of <paramref name="x"/> to <paramref name="y"/>, which has as many of the same type.</summary>
    internal static unsafe void CopyBytes(Tensor x, Tensor y) =>
        NativeMemory.Copy(x.Pointer, y.Pointer, (nuint)(x.Size * x.DType.Size()));
}
