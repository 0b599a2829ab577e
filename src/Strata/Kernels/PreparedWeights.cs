namespace Strata.Kernels;

/// <summary>The right factor of matrix products, or the filter of convolutions, in the order in which the kernels read it: for weights that serve many calls
/// without change, as in inference.</summary>
/// <param name="Packed">The elements; their order is the kernels' business.</param>
/// <param name="Level">The vector width that the order is for. At another one the kernels go by the weights themselves.</param>
/// <param name="Algorithm">For filters: the algorithm that the elements are transformed for.</param>
internal sealed record PreparedWeights(Tensor Packed, SimdLevel Level, WinogradChoice Algorithm = WinogradChoice.None)
{
    /// <summary>The elements if they serve at the level in force, else null.</summary>
    public unsafe T* Pointer<T>()
        where T : unmanaged => Level == Simd.Level ? (T*)Packed.Pointer : null;
}
