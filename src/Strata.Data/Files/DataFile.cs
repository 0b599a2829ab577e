using System.Buffers.Binary;
using System.IO.Compression;
using Strata.Formats;

namespace Strata.Data;

/// <summary>A file of a data set opened for reading from the front, decompressed on the way if it begins as gzip does. Every fault becomes a
/// <see cref="DataFileException"/> that names the file.</summary>
sealed class DataFile : IDisposable
{
    // Deflate makes at most 1032 bytes of one: a header that claims more than the file can hold is refused before memory is asked for.
    const int MostBytesPerByte = 1032;

    readonly Stream stream;
    readonly uint? sizeAtEnd; // gzip's last four bytes: the decompressed size modulo 2³², of a file of one member
    long done;

    DataFile(string path, Stream stream, long mostBytes, uint? sizeAtEnd) =>
        (Path, this.stream, MostBytes, this.sizeAtEnd) = (path, stream, mostBytes, sizeAtEnd);

    public string Path { get; }

    /// <summary>An upper bound of the bytes that can be read.</summary>
    public long MostBytes { get; }

    /// <exception cref="DataFileException">There is no such file, or it cannot be opened.</exception>
    public static DataFile Open(string path)
    {
        var file = OpenedFile.Read(path);
        Span<byte> ends = stackalloc byte[4];
        if (file.Length < 18 || file.ReadByte() != 0x1F || file.ReadByte() != 0x8B)
        {
            file.Position = 0;
            return new(path, file, file.Length, null);
        }

        file.Seek(-4, SeekOrigin.End);
        file.ReadExactly(ends);
        file.Position = 0;
        return new(path, new GZipStream(file, CompressionMode.Decompress), file.Length * MostBytesPerByte, BinaryPrimitives.ReadUInt32LittleEndian(ends));
    }

    /// <summary>The decompressed bytes.</summary>
    public Stream Content => new Guarded(this);

    /// <summary>Fills <paramref name="to"/> as far as the file goes.</summary>
    /// <returns>The number of bytes read.</returns>
    public int Read(Span<byte> to)
    {
        try
        {
            var count = stream.ReadAtLeast(to, to.Length, throwOnEndOfStream: false);
            done += count;
            // GZipStream ends without a word where a truncated file does.
            if (count < to.Length && sizeAtEnd is { } size && (uint)done != size)
                throw new DataFileException(Path, $"the compressed file is truncated after {done} bytes of content");
            return count;
        }
        catch (InvalidDataException e)
        {
            throw new DataFileException(Path, $"the compressed file is damaged ({e.Message.TrimEnd('.')})", e);
        }
    }

    public void Dispose() => stream.Dispose();

    /// <summary>The view for readers of text, with the same errors.</summary>
    sealed class Guarded(DataFile file) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer) => file.Read(buffer);

        public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
