using System.IO.Compression;

namespace Strata.Formats.Arrays;

/// <summary>Reads and writes NumPy's <c>.npz</c> files: zip archives of <see cref="Npy"/> files, as <c>numpy.savez</c> and
/// <c>numpy.savez_compressed</c> make them.</summary>
public static class Npz
{
    // Deflate makes at most 1032 bytes of one.
    const int MostBytesPerByte = 1032;

    // Every byte of a pickle may become an object; lists of words shrink to a half or a third, none by so much.
    const int MostPickleBytesPerByte = 32, FreePickleBytes = 1 << 18;
    const string Extension = ".npy";

    /// <summary>Reads all arrays of a file under their names, without the ending <c>.npy</c>.</summary>
    /// <exception cref="DataFileException">The file is missing or damaged, or an array in it is, or holds elements that a tensor cannot.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        using var file = OpenedFile.Read(path);
        return Read(file, path, withLists: false).Tensors;
    }

    /// <summary>Reads all arrays of a file's bytes.</summary>
    /// <exception cref="DataFileException">The archive or an array in it is damaged or holds elements that a tensor cannot.</exception>
    public static IReadOnlyDictionary<string, Tensor> Decode(byte[] file) => Read(new MemoryStream(file), "npz archive", withLists: false).Tensors;

    /// <summary>Reads all arrays of a file of which some are arrays [n] of objects that are lists of integers, see <see cref="Npy.ReadLists(string)"/>.</summary>
    /// <exception cref="DataFileException">The file is missing or damaged, or an array in it is, or holds elements that are neither of a tensor's nor such
    /// lists, or the lists take more than 256 KiB and 32 times the file's length as NumPy writes them.</exception>
    public static NpzContent ReadWithLists(string path)
    {
        using var file = OpenedFile.Read(path);
        return Read(file, path, withLists: true);
    }

    /// <summary>Reads all arrays of a file's bytes as <see cref="ReadWithLists"/> does.</summary>
    /// <exception cref="DataFileException">The archive or an array in it is damaged or holds elements that are neither of a tensor's nor such lists.</exception>
    public static NpzContent DecodeWithLists(byte[] file) => Read(new MemoryStream(file), "npz archive", withLists: true);

    /// <summary>Writes arrays under their names, replacing a file that exists; the file is never seen half-written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arrays">Names and arrays; the names differ.</param>
    /// <param name="compress">Whether the arrays are deflated.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> arrays, bool compress = false) => OpenedFile.Replace(path, to =>
    {
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, tensor) in arrays)
        {
            using var entry = zip.CreateEntry(name + Extension, compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression).Open();
            Npy.Write(entry, tensor);
        }
    });

    static NpzContent Read(Stream file, string source, bool withLists)
    {
        long? pickleBytes = withLists ? FreePickleBytes + (file.Length * MostPickleBytesPerByte) : null; // of all arrays together: the entries of a hostile archive may be one place
        var (names, tensors, lists) = (new HashSet<string>(), new Dictionary<string, Tensor>(), new Dictionary<string, int[][]>());
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in zip.Entries)
            {
                if (!entry.FullName.EndsWith(Extension, StringComparison.Ordinal)) throw new DataFileException(source, $"the archive holds '{entry.FullName}', expected only .npy files");
                using var content = new CheckedStream(entry.Open());
                var bytes = Math.Min(entry.CompressedLength, file.Length);
                var (tensor, ofLists) = Npy.ReadAny(content, $"{source}/{entry.FullName}", bytes * MostBytesPerByte, pickleBytes);
                if (content.Crc != entry.Crc32) throw new DataFileException(source, $"'{entry.FullName}' is damaged: its CRC is {content.Crc:X8}, the file says {entry.Crc32:X8}");
                var name = entry.FullName[..^Extension.Length];
                if (!names.Add(name)) throw new DataFileException(source, $"the archive holds '{entry.FullName}' twice");
                if (tensor is not null)
                {
                    tensors.Add(name, tensor);
                    continue;
                }

                lists.Add(name, ofLists!);
                pickleBytes -= content.Count;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new DataFileException(source, $"the zip archive is damaged ({e.Message.TrimEnd('.')})", e);
        }

        return new(tensors, lists);
    }

    /// <summary>Computes the check of what is read, which <see cref="ZipArchive"/> does not.</summary>
    sealed class CheckedStream(Stream inner) : Stream
    {
        public uint Crc { get; private set; }

        public long Count { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var count = inner.Read(buffer);
            (Crc, Count) = (Crc32.Of(buffer[..count], Crc), Count + count);
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
