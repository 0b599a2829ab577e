using Strata.Kernels;
using Strata.Memory;

namespace Strata.Operations;

/// <summary>The packed form of a weight, made anew when the weight has changed. It is told by its memory: a variable that gets a new value gets other memory or
/// another <see cref="Storage.Generation"/> of the same.</summary>
internal sealed class WeightCache
{
    volatile Entry? entry;

    /// <summary>The packed weights; null on the first run after a change, for weights that change with each run are not worth packing, and where there is nothing to pack.</summary>
    public PreparedWeights? Get(CpuKernels k, Contraction contraction, Tensor a, Tensor b, Tensor y)
    {
        var storage = b.Storage!;
        if (entry is not { } now || now.Storage != storage || now.Generation != storage.Generation || now.Level != Simd.Level)
        {
            entry = new Entry(storage, storage.Generation, Simd.Level, false, null);
            return null;
        }

        if (!now.IsPacked) entry = now = now with { IsPacked = true, Packed = contraction.Prepare(k, a, b, y) };
        return now.Packed;
    }

    sealed record Entry(Storage Storage, int Generation, SimdLevel Level, bool IsPacked, PreparedWeights? Packed);
}
