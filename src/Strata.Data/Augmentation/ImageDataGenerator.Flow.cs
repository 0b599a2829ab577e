using Strata.Formats.Images;
using Strata.Random;

namespace Strata.Data;

public sealed partial class ImageDataGenerator
{
    const int Ahead = 2; // batches made while the model learns from another

    /// <summary>Batches of the pictures and targets in memory, changed anew each epoch.</summary>
    /// <param name="x">[n, height, width, channels].</param>
    /// <param name="y">[n, …].</param>
    /// <param name="batchSize">Pictures of a batch, at least 1.</param>
    /// <param name="shuffle">Whether the order is drawn anew each epoch.</param>
    /// <param name="seed">The seed of order and changes.</param>
    /// <param name="subset">Which part of the data.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Dataset<(Tensor X, Tensor Y)> Flow(Tensor x, Tensor y, int batchSize = 32, bool shuffle = true, long seed = 0, Subset subset = Subset.All)
    {
        if (x.Rank != 4) throw new ShapeException($"ImageDataGenerator.Flow: the pictures are {x.Type}, expected [n, height, width, channels].");
        if (y.Rank == 0 || y.Shape[0] != x.Shape[0]) throw new ShapeException($"ImageDataGenerator.Flow: there are {x.Shape[0]} pictures, but the targets are {y.Type}.");
        var (pictures, targets) = (x.DType == DType.Float32 ? x.Keep() : x.Cast(DType.Float32).Keep(), y.Keep());
        int[] all = [.. Enumerable.Range(0, x.Shape[0])];
        return Batches(Part(all, subset), i => (pictures.Gather(i), targets.Gather(i)), batchSize, shuffle, seed);
    }

    /// <summary>Batches of the pictures in a folder with one folder a class, decoded, changed and standardized on several threads ahead of the model.</summary>
    /// <param name="directory">The folder of the classes' folders.</param>
    /// <param name="targetSize">Height and width of the pictures; by default 256 × 256.</param>
    /// <param name="channels">1 (grey), 3 (RGB) or 4 (RGB, alpha).</param>
    /// <param name="classMode">What the targets are.</param>
    /// <param name="batchSize">Pictures of a batch, at least 1.</param>
    /// <param name="shuffle">Whether the order is drawn anew each epoch.</param>
    /// <param name="seed">The seed of order and changes.</param>
    /// <param name="subset">Which part of each class.</param>
    /// <param name="interpolation">How pictures are resized.</param>
    /// <exception cref="Formats.DataFileException">The folder is missing or holds no pictures; in the course of an epoch, a file is damaged.</exception>
    /// <exception cref="ArgumentException">There are more than two classes for <see cref="ClassMode.Binary"/>.</exception>
    public Dataset<(Tensor X, Tensor Y)> FlowFromDirectory(
        string directory, (int Height, int Width)? targetSize = null, int channels = 3, ClassMode classMode = ClassMode.Categorical,
        int batchSize = 32, bool shuffle = true, long seed = 0, Subset subset = Subset.All, Resampling interpolation = Resampling.Nearest)
    {
        var folder = new ImageFolder(directory, channels, targetSize ?? (256, 256), interpolation);
        (string, int)[] files = [.. folder.Files.GroupBy(f => f.Label).SelectMany(c => Part([.. c], subset))];
        return FromFiles(folder.Read, files, folder.Classes.Count, classMode, batchSize, shuffle, seed);
    }

    /// <summary>Batches of pictures that a table names with their classes, whose numbers are by alphabetical order.</summary>
    /// <param name="rows">Paths and classes.</param>
    /// <inheritdoc cref="FlowFromDirectory"/>
    /// <param name="targetSize"/><param name="channels"/><param name="classMode"/><param name="batchSize"/><param name="shuffle"/><param name="seed"/><param name="subset"/><param name="interpolation"/>
    public Dataset<(Tensor X, Tensor Y)> FlowFromTable(
        IEnumerable<(string Path, string Class)> rows, (int Height, int Width)? targetSize = null, int channels = 3, ClassMode classMode = ClassMode.Categorical,
        int batchSize = 32, bool shuffle = true, long seed = 0, Subset subset = Subset.All, Resampling interpolation = Resampling.Nearest)
    {
        var table = rows.ToArray();
        string[] classes = [.. table.Select(r => r.Class).Distinct().Order(StringComparer.Ordinal)];
        (string, int)[] files = [.. table.Select(r => (r.Path, Array.IndexOf(classes, r.Class)))];
        var (height, width) = targetSize ?? (256, 256);
        return FromFiles(path => ImageFile.Read(path).ToChannels(channels).Resize(height, width, interpolation), Part(files, subset), classes.Length, classMode, batchSize, shuffle, seed);
    }

    Dataset<(Tensor X, Tensor Y)> FromFiles(Func<string, Image> read, (string Path, int Label)[] files, int classes, ClassMode mode, int batchSize, bool shuffle, long seed)
    {
        if (mode == ClassMode.Binary && classes != 2) throw new ArgumentException($"ImageDataGenerator: ClassMode.Binary needs two classes, but there are {classes}.");
        return Batches(files, file =>
        {
            var x = ImageArrays.ImgToArray(read(file.Path));
            return (x, mode switch
            {
                ClassMode.Categorical => Tensor.Scalar(file.Label, DType.Int32).OneHot(classes),
                ClassMode.Binary => Tensor.From([(float)file.Label]),
                ClassMode.Sparse => Tensor.Scalar(file.Label, DType.Int32),
                _ => x,
            });
        }, batchSize, shuffle, seed, inputIsTarget: mode == ClassMode.Input);
    }

    Dataset<(Tensor X, Tensor Y)> Batches<T>(T[] items, Func<T, (Tensor X, Tensor Y)> load, int batchSize, bool shuffle, long seed, bool inputIsTarget = false)
    {
        Dataset<T> order = Dataset.From((IReadOnlyList<T>)items);
        if (shuffle) order = order.Shuffle(seed);
        return order.MapParallel((item, random) => Made(load(item), random, inputIsTarget), unchecked(seed + 1)).Batch(batchSize).Prefetch(Ahead);
    }

    (Tensor X, Tensor Y) Made((Tensor X, Tensor Y) pair, RandomStream random, bool inputIsTarget)
    {
        var x = Standardize(RandomTransform(pair.X, random)).Keep();
        return (x, inputIsTarget ? x : pair.Y.Keep());
    }

    T[] Part<T>(T[] all, Subset subset)
    {
        var validation = (int)(all.Length * ValidationSplit);
        return subset switch
        {
            Subset.Validation => all[..validation],
            Subset.Training => all[validation..],
            _ => all,
        };
    }
}
