namespace Strata.Formats.Hdf5;

/// <summary>The header of an object: its messages, which may lie in several blocks, in either of the format's two forms.</summary>
sealed class Hdf5Header(Hdf5Bytes bytes, long at)
{
    const int Continuation = 0x10, MostBlocks = 1024;
    const int Shared = 2; // the message stands elsewhere

    /// <summary>Kind, place and size of each message.</summary>
    public IEnumerable<(int Kind, long At, long Size)> Messages()
    {
        if (at == Hdf5Bytes.Undefined) throw new FormatException("it is damaged: an object has no header");
        var isNew = bytes.Is(at, "OHDR"u8);
        if (!isNew && bytes.Byte(at) != 1) throw new FormatException($"it is damaged: no header of an object is at {at}");
        var flags = isNew ? bytes.Byte(at + 5) : 0;
        var prefix = isNew ? 4 + (flags & 4) / 2 : 8; // of a message: kind, size, flags
        var blocks = new Queue<(long At, long Size)>();
        blocks.Enqueue(isNew ? FirstOfNew(flags) : (at + 16, bytes.UInt32(at + 8)));
        for (var count = 0; blocks.TryDequeue(out var block); count++)
        {
            if (count == MostBlocks) throw new FormatException("it is damaged: the header of an object has no end");
            var (next, end) = (block.At, block.At + block.Size);
            while (next + prefix <= end)
            {
                bytes.Count();
                var kind = isNew ? bytes.Byte(next) : bytes.UInt16(next);
                var size = bytes.UInt16(next + (isNew ? 1 : 2));
                var own = bytes.Byte(next + (isNew ? 3 : 4));
                var data = next + prefix;
                next = data + size;
                if (next > end) throw new FormatException("it is damaged: a message is longer than the header that it is in");
                if (kind == Continuation) blocks.Enqueue(Continued(data, isNew));
                else if ((own & Shared) == 0) yield return (kind, data, size);
                else if (kind is 1 or 3) throw new FormatException("a type that several arrays share is not read");
            }
        }
    }

    (long At, long Size) FirstOfNew(int flags)
    {
        var next = at + 6 + ((flags & 32) / 2) + ((flags & 16) / 4); // times, and limits of attributes
        var size = 1 << (flags & 3);
        return (next + size, bytes.Number(next, size));
    }

    (long At, long Size) Continued(long data, bool isNew)
    {
        var (block, size) = (bytes.Address(data), bytes.Size(data + bytes.Sizes.Offset));
        if (size < 0 || size > bytes.Length) throw new FormatException("it is damaged: a part of a header is longer than the file");
        if (!isNew) return (block, size);
        bytes.Require(block, "OCHK"u8);
        return (block + 4, size - 8); // without the mark and the checksum
    }
}
