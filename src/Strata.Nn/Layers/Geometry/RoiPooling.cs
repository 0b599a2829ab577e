using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>The largest values in a grid of cells laid over regions of feature maps (Girshick 2015, section 2.1);  features [n, h, w, c] and regions
/// [n, r, 4] → y [n, r, height, width, c].</summary>
/// <remarks>A region is (top, left, bottom, right) in pixels of the image, both ends inclusive; it is multiplied by the scale, rounded and cut at the
/// map's borders. Cell k of H covers the rows ⌊k·extent/H⌋ … ⌈(k + 1)·extent/H⌉ − 1 of the region's. There is no gradient for the regions.</remarks>
/// <param name="height">Rows of the grid.</param>
/// <param name="width">Columns of the grid.</param>
/// <param name="scale">Cells of the map a pixel of the image: 1/16 for VGG-16.</param>
public sealed class RoiPooling(int height, int width, double scale = 1) : Layer
{
    readonly int height = height > 0 && width > 0 ? height : throw new ArgumentOutOfRangeException(nameof(height), $"RoiPooling: the grid ({height}, {width}) must be at least 1.");

    internal static RoiPooling FromConfig(Config c) => new(c.Int("height"), c.Int("width"), c.Double("scale"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["height"], config["width"], config["scale"]) = (height, width, scale);

    /// <summary>The largest values in the cells of the regions.</summary>
    /// <exception cref="LayerException">The shapes do not fit.</exception>
    public Tensor Apply(Tensor features, Tensor regions) => Apply([features, regions])[0];

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        if (x is not [var features, var regions]) throw new ShapeException($"it takes features and regions, but got {x.Length} inputs.");
        if (features.Rank != 4 || regions.Rank != 3 || regions.Shape[2] != 4 || regions.Shape[0] != features.Shape[0])
            throw new ShapeException($"features {features.Shape} and regions {regions.Shape} do not fit; they must be [n, h, w, c] and [n, r, 4].");
        var (n, h, w, c) = (features.Shape[0], features.Shape[1], features.Shape[2], features.Shape[3]);
        var r = regions.Shape[1];
        var places = ((regions.Cast(DType.Float32) * scale) + 0.5).Floor();

        // First along the rows: [n, r, height, w·c], then along the columns of that.
        var (rows, inRows) = Cells(places[.., .., 0], places[.., .., 2], h, height);
        var image = Tensor.Arange(n).Reshape(n, 1, 1, 1);
        var banded = Largest(features.Reshape(n * h, w * c), (image * h) + rows, inRows);
        var (columns, inColumns) = Cells(places[.., .., 1], places[.., .., 3], w, width);
        var band = Tensor.Arange(n * r * height).Reshape(n, r, height, 1, 1);
        return [Largest(banded.Reshape(n * r * height * w, c), (band * w) + columns.ExpandDims(2), inColumns.ExpandDims(2))];
    }

    // For each region and each of the cells along one axis: the places [n, r, cells, k] that the cell covers, and which of the k count.
    static (Tensor Places, Tensor Counts) Cells(Tensor first, Tensor last, int length, int cells)
    {
        var start = first.Clip(0, length - 1).ExpandDims(-1);
        var extent = last.Clip(0, length - 1).ExpandDims(-1) - start + 1;
        extent = Tensor.Maximum(extent, 1);
        var cell = Tensor.Arange(0.0, cells);
        var from = start + (extent * cell / cells).Floor();
        var to = start + (extent * (cell + 1) / cells).Ceiling();
        var longest = ((length + cells - 1) / cells) + 1; // of ⌈(k + 1)·e/H⌉ − ⌊k·e/H⌋ for e up to the length
        var places = from.ExpandDims(-1) + Tensor.Arange(0.0, longest);
        return (places.Clip(0, length - 1).Cast(DType.Int32), places < Tensor.Minimum(to, length).ExpandDims(-1));
    }

    // The largest of the rows of a table at places […, k] where counts; 0 where none does.
    static Tensor Largest(Tensor table, Tensor places, Tensor counts)
    {
        counts = counts.ExpandDims(-1);
        var values = Tensor.Where(counts, table.Gather(places), double.NegativeInfinity).Max(-2);
        return Tensor.Where(counts.Any(-2), values, 0);
    }
}
