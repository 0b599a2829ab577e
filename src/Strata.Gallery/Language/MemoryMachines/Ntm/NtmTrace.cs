using Strata.Data;

namespace Strata.Gallery.Language.MemoryMachines;

/// <summary>What a machine did on n sequences of t steps.</summary>
/// <param name="Outputs">Its bits as probabilities [n, t, outputs].</param>
/// <param name="Reads">What it read [n, t, R·W].</param>
/// <param name="Writing">Where it wrote: weightings [n, t, H, N].</param>
/// <param name="Reading">Where it read: weightings [n, t, R, N].</param>
public sealed record NtmTrace(Tensor Outputs, Tensor Reads, Tensor Writing, Tensor Reading)
{
    /// <summary>The share of the steps from one answer of a <see cref="CopyTask"/> to the next at which the first read head moves on as the first write head
    /// did between the same two vectors: by their largest weights, and not by 0.</summary>
    public double SharedMoves
    {
        get
        {
            var vectors = (Outputs.Shape[1] - 2) / 2;
            var (written, read) = (Places(Writing[.., 1..(vectors + 1)]), Places(Reading[.., ^vectors..]));
            var (shared, moves) = (0, 0);
            for (var i = 0; i < written.Length; i++)
            {
                if (i % vectors == 0) continue;
                var (before, after) = (Move(written, i), Move(read, i));
                if (before == after && after != 0) shared++;
                moves++;
            }

            return (double)shared / moves;
        }
    }

    static long[] Places(Tensor weightings) => weightings[.., .., 0].ArgMax(-1).ToArray<long>();

    long Move(long[] places, int at)
    {
        var locations = Reading.Shape[^1];
        return (places[at] - places[at - 1] + locations) % locations;
    }
}
