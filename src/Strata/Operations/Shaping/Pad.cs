using Strata.Operations;

namespace Strata;

public sealed partial class Tensor
{
    /// <summary>This tensor with <paramref name="amounts"/>[i] = (before, after) elements of <paramref name="value"/> added along axis i.</summary>
    /// <exception cref="ShapeException">An amount is negative, or there is not one pair for each axis.</exception>
    public Tensor Pad(ReadOnlySpan<(int Before, int After)> amounts, double value = 0)
    {
        CheckPadding(amounts);
        var extents = new Extent[Rank];
        Span<int> sizes = stackalloc int[Rank];
        for (var i = 0; i < Rank; i++)
        {
            extents[i] = new Extent(amounts[i].Before, Shape[i]);
            sizes[i] = Extent.Longer((long)amounts[i].Before + Shape[i] + amounts[i].After, "Pad");
        }

        return new PlaceSlice(Shape.Of(sizes), new ValueList<Extent>(extents), value).Apply(this);
    }

    /// <summary>This tensor with <paramref name="amounts"/>[i] = (before, after) elements added along axis i, taken as <paramref name="mode"/> says.</summary>
    /// <exception cref="ShapeException">An amount is negative, there is not one pair for each axis, or an axis has too few elements for the mode.</exception>
    public Tensor Pad(ReadOnlySpan<(int Before, int After)> amounts, PadMode mode)
    {
        if (mode == PadMode.Constant) return Pad(amounts);
        CheckPadding(amounts);
        var padded = this;
        for (var i = 0; i < Rank; i++)
        {
            var (before, after) = amounts[i];
            if (before == 0 && after == 0) continue;
            var size = Shape[i];
            var most = mode switch { PadMode.Edge => size == 0 ? 0 : int.MaxValue, PadMode.Reflect => size - 1, _ => size };
            if (before > most || after > most)
                throw new ShapeException($"Pad: ({before}, {after}) elements cannot be taken from axis {i} of {Shape} in mode {mode}, which allows {Math.Max(most, 0)}.");
            var sources = new int[Extent.Longer((long)before + size + after, "Pad")];
            for (var j = 0; j < sources.Length; j++) sources[j] = Source(j - before, size, mode);
            padded = padded.Gather(From(sources), i);
        }

        return padded;

        static int Source(int j, int size, PadMode mode) => mode switch
        {
            PadMode.Edge => Math.Clamp(j, 0, size - 1),
            PadMode.Wrap => (j + size) % size,
            PadMode.Reflect => j < 0 ? -j : j >= size ? (2 * size) - 2 - j : j,
            _ => j < 0 ? -1 - j : j >= size ? (2 * size) - 1 - j : j,
        };
    }

    void CheckPadding(ReadOnlySpan<(int Before, int After)> amounts)
    {
        if (amounts.Length != Rank) throw new ShapeException($"Pad: {amounts.Length} pairs of amounts were given for the {Rank} axes of {Shape}.");
        foreach (var (before, after) in amounts)
            if (before < 0 || after < 0) throw new ShapeException($"Pad: the amounts ({before}, {after}) must be 0 or more; cut with a slice.");
    }
}
