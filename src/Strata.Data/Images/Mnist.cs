using System.Globalization;
using Strata.Formats;

namespace Strata.Data;

/// <summary>Data sets in the four IDX files of MNIST: handwritten digits (LeCun, Bottou, Bengio, Haffner 1998), and those that kept its
/// format. 28×28 grey, 60,000 to train and 10,000 to test in the originals.</summary>
public static class Mnist
{
    /// <summary>The ten kinds of clothing of Fashion-MNIST (Xiao, Rasul, Vollgraf 2017).</summary>
    public static IReadOnlyList<string> FashionClasses { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>Reads the four files, plain or gzip: <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c>,
    /// <c>t10k-labels-idx1-ubyte</c>.</summary>
    /// <param name="directory">The folder that holds them.</param>
    /// <param name="classes">The names of the classes; null for the digits 0 … 9.</param>
    /// <returns>Pictures [n, 28, 28, 1] float32 in [0, 1] and labels [n] int32.</returns>
    /// <exception cref="DataFileException">A file is missing, damaged, or does not fit the others.</exception>
    public static ImageDataset Load(string directory, IReadOnlyList<string>? classes = null)
    {
        classes ??= [.. Enumerable.Range(0, 10).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        string[] names = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];
        // Some copies have a dot where the originals have a dash.
        var paths = Array.ConvertAll(names, name => DataFolder.Find(directory, "MNIST/raw", name, name.Replace("-idx", ".idx", StringComparison.Ordinal)));
        if (paths.Contains(null))
            throw DataFolder.Missing(directory, "MNIST", names.Where((_, i) => paths[i] is null), "the MNIST or Fashion-MNIST distribution");
        return new(Split(paths[0]!, paths[1]!, classes.Count), Split(paths[2]!, paths[3]!, classes.Count), classes);
    }

    static ImageSplit Split(string imagesPath, string labelsPath, int classes)
    {
        var (images, labels) = (Idx.Read(imagesPath), Idx.Read(labelsPath));
        if (images.Rank != 3 || images.DType != DType.UInt8) throw new DataFileException(imagesPath, $"the file holds {images.Type}, expected uint8 [n, height, width]");
        if (labels.Rank != 1 || labels.DType != DType.UInt8) throw new DataFileException(labelsPath, $"the file holds {labels.Type}, expected uint8 [n]");
        if (images.Shape[0] != labels.Shape[0])
            throw new DataFileException(labelsPath, $"the file holds {labels.Shape[0]} labels, but {Path.GetFileName(imagesPath)} holds {images.Shape[0]} images");
        return new(ByteImages.ToUnit(images, [.. images.Shape.Span, 1]), ByteImages.ToLabels(labels.ToArray<byte>(), classes, labelsPath));
    }
}
