namespace Strata.Data;

/// <summary>Labeled pictures in memory: a data set of pairs (picture, label) whose tensors are also there as a whole.</summary>
public sealed class ImageSplit : MemoryDataset<(Tensor X, Tensor Y)>
{
    /// <summary>Pairs pictures with their labels.</summary>
    /// <param name="images">[n, height, width, channels] float32, usually in [0, 1].</param>
    /// <param name="labels">[n] int32: the place of each picture's class among the classes.</param>
    /// <exception cref="ShapeException">Shapes or types are others.</exception>
    public ImageSplit(Tensor images, Tensor labels)
        : this(images, labels, Check(images, labels))
    {
    }

    ImageSplit(Tensor images, Tensor labels, (Rows X, Rows Y) rows)
        : base(rows.X.Count, i => (rows.X.Row(i), rows.Y.Row(i)), indices => (rows.X.Gather(indices), rows.Y.Gather(indices))) =>
        (Images, Labels) = (images, labels);

    /// <summary>The pictures [n, height, width, channels], float32.</summary>
    public Tensor Images { get; }

    /// <summary>The labels [n], int32.</summary>
    public Tensor Labels { get; }

    static (Rows X, Rows Y) Check(Tensor images, Tensor labels)
    {
        if (images.Rank != 4 || images.DType != DType.Float32)
            throw new ShapeException($"ImageSplit: the images are {images.Type}, expected float32 [n, height, width, channels].");
        if (labels.Rank != 1 || labels.DType != DType.Int32) throw new ShapeException($"ImageSplit: the labels are {labels.Type}, expected int32 [n].");
        return (new Rows(images), new Rows(labels, images));
    }
}
