using Strata.Random;

namespace Strata.Data;

/// <summary>Random streams by place instead of by history: the stream of (seed, epoch) and of (seed, epoch, index), each independent of all
/// others, so that any place of a data set can be reached at once.</summary>
static class EpochRandom
{
    public static RandomStream Of(long seed, long epoch) => At(new RandomKey((ulong)seed, 0), epoch);

    public static RandomStream Of(long seed, long epoch, long index) => At(Of(seed, epoch).State, index);

    /// <summary>The child that the <paramref name="index"/>-th call of <see cref="RandomStream.Split()"/> gives.</summary>
    static RandomStream At(RandomKey parent, long index) => new RandomStream(parent with { Draw = (ulong)index }).Split();
}
