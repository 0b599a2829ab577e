using System.Runtime.ExceptionServices;
using Strata.Formats;
using Strata.Formats.Images;
using Strata.Threading;

namespace Strata.Data;

/// <summary>Pictures (PNG, JPEG, BMP, Netpbm) in one folder a class: <c>cats/1.jpg, cats/2.png, dogs/1.jpg</c>, … Classes and files are in ordinal order of their
/// names, so all pictures of a class follow each other: shuffle before training.</summary>
public sealed class ImageFolder
{
    readonly List<(string Path, int Label)> files = [];
    readonly (int Height, int Width)? size;
    readonly Resampling filter;

    /// <summary>Lists the pictures without reading them.</summary>
    /// <param name="directory">The folder of the classes' folders. Names that begin with a dot and files without an ending of <see cref="ImageFile.Extensions"/> are passed over.</param>
    /// <param name="channels">What pictures are converted to: 1 (grey), 3 (RGB) or 4 (RGB, alpha).</param>
    /// <param name="size">What pictures are resized to; none: they keep their sizes.</param>
    /// <param name="filter">How they are resized.</param>
    /// <exception cref="DataFileException">The folder is missing or there is no picture in any folder in it.</exception>
    /// <exception cref="ArgumentException"><paramref name="channels"/> is another number, or a size is below 1.</exception>
    public ImageFolder(string directory, int channels = 3, (int Height, int Width)? size = null, Resampling filter = Resampling.Bilinear)
    {
        if (size is { } s && (s.Height < 1 || s.Width < 1)) throw new ArgumentException($"ImageFolder: the size must be at least 1, not {s.Height} × {s.Width}.", nameof(size));
        if (channels is not (1 or 3 or 4)) throw new ArgumentException($"ImageFolder: channels must be 1, 3 or 4, not {channels}.", nameof(channels));
        if (!System.IO.Directory.Exists(directory)) throw new DataFileException(directory, "there is no such folder");
        (Directory, Channels, this.size, this.filter) = (directory, channels, size, filter);
        Classes = [.. System.IO.Directory.GetDirectories(directory).Select(d => Path.GetFileName(d)!).Where(d => !d.StartsWith('.')).Order(StringComparer.Ordinal)];
        for (var label = 0; label < Classes.Count; label++)
            files.AddRange(System.IO.Directory.GetFiles(Path.Combine(directory, Classes[label]))
                .Where(f => ImageFile.Extensions.Contains(Path.GetExtension(f).ToLowerInvariant()) && !Path.GetFileName(f).StartsWith('.'))
                .Order(StringComparer.Ordinal)
                .Select(f => (f, label)));
        if (files.Count == 0) throw new DataFileException(directory, "there are no pictures, expected one folder a class with PNG, JPEG, BMP or Netpbm files in it");
    }

    /// <summary>The folder of the classes' folders.</summary>
    public string Directory { get; }

    /// <summary>What pictures are converted to: 1 (grey), 3 (RGB) or 4 (RGB, alpha) channels.</summary>
    public int Channels { get; }

    /// <summary>The names of the classes' folders; a label is a place in this list.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The pictures' paths and labels.</summary>
    public IReadOnlyList<(string Path, int Label)> Files => files;

    /// <summary>The pictures one after the other, decoded several at a time when they are asked for: [height, width, channels] float32 in [0, 1], and
    /// labels, int32. Shuffle before, not after, a <c>Map</c>: here only paths are moved about.</summary>
    /// <param name="shuffle">The seed of an order drawn anew each epoch; null keeps the order of <see cref="Files"/>.</param>
    public Dataset<(Tensor X, Tensor Y)> Stream(long? shuffle = null)
    {
        Dataset<(string Path, int Label)> order = Dataset.From(Files);
        if (shuffle is { } seed) order = order.Shuffle(seed);
        return order.MapParallel(f => (Read(f.Path).ToTensor().Keep(), Tensor.Scalar(f.Label, DType.Int32).Keep()), Workers.Threads);
    }

    /// <summary>All pictures in memory; they must have one size.</summary>
    /// <exception cref="DataFileException">A file is damaged or its picture has another size than the first.</exception>
    public ImageSplit Load()
    {
        var first = Read(files[0].Path);
        var size = first.Height * first.Width * Channels;
        var pixels = new float[checked(files.Count * size)];
        try
        {
            Parallel.For(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = Workers.Threads }, i =>
            {
                var image = i == 0 ? first : Read(files[i].Path);
                if ((image.Height, image.Width) != (first.Height, first.Width))
                    throw new DataFileException(files[i].Path, $"the picture is {image.Width}×{image.Height}, but {files[0].Path} is {first.Width}×{first.Height}; pictures loaded together must have one size");
                image.CopyTo(pixels.AsSpan(i * size, size));
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<DataFileException>().FirstOrDefault() is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
        }

        return new(Tensor.From(pixels, [files.Count, first.Height, first.Width, Channels]), Tensor.From([.. files.Select(f => f.Label)], [files.Count]));
    }

    /// <summary>One picture with the channels and the size of this folder's.</summary>
    /// <exception cref="DataFileException">The file is missing or damaged.</exception>
    public Image Read(string path)
    {
        var image = ImageFile.Read(path).ToChannels(Channels);
        return size is { } s ? image.Resize(s.Height, s.Width, filter) : image;
    }
}
