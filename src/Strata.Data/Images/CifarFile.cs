using Strata.Formats;

namespace Strata.Data;

/// <summary>The binary version of CIFAR-10 and CIFAR-100 (Krizhevsky 2009): records of one or two labels and 32×32 bytes of red, of green and of
/// blue, each row by row.</summary>
static class CifarFile
{
    const int Side = 32, Plane = Side * Side, Pixels = 3 * Plane;

    /// <summary>Reads files one after the other.</summary>
    /// <param name="paths">The files, plain or gzip.</param>
    /// <param name="labels">Labels a record.</param>
    /// <param name="label">Which of them is asked for.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="DataFileException">A file is missing, damaged, or not made of such records.</exception>
    public static ImageSplit Read(IEnumerable<string> paths, int labels, int label, int classes)
    {
        var (images, targets) = (new List<Tensor>(), new List<Tensor>());
        foreach (var path in paths)
        {
            var records = ReadRecords(path, labels + Pixels);
            var count = records.Length / (labels + Pixels);
            var ofRecord = new byte[count];
            for (var i = 0; i < count; i++) ofRecord[i] = records[i * (labels + Pixels) + label];
            targets.Add(ByteImages.ToLabels(ofRecord, classes, path));
            images.Add(Tensor.Create<float, byte[]>([count, Side, Side, 3], records, (to, records) =>
            {
                for (var i = 0; i < count; i++)
                {
                    var from = records.AsSpan(i * (labels + Pixels) + labels, Pixels);
                    var image = to.Slice(i * Pixels, Pixels);
                    for (var p = 0; p < Plane; p++)
                    for (var c = 0; c < 3; c++)
                        image[3 * p + c] = from[c * Plane + p] / 255f;
                }
            }));
        }

        return new(Tensor.Concatenate([.. images]), Tensor.Concatenate([.. targets]));
    }

    static byte[] ReadRecords(string path, int record)
    {
        using var file = DataFile.Open(path);
        var content = new MemoryStream();
        var part = new byte[16 * record]; // as much at a time as is there, so a file's claims allocate nothing
        for (var count = file.Read(part); count > 0; count = file.Read(part))
        {
            if (content.Length + count > Array.MaxLength) throw new DataFileException(path, $"the file has more than {Array.MaxLength} bytes");
            content.Write(part, 0, count);
        }

        if (content.Length == 0 || content.Length % record != 0)
            throw new DataFileException(path, $"the file has {content.Length} bytes, expected records of {record} bytes (is it truncated, or another kind of file?)");
        return content.ToArray();
    }
}
