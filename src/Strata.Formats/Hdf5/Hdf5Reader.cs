using System.Text;
using Strata.Serialization;

namespace Strata.Formats.Hdf5;

/// <summary>Walks the groups of an HDF5 file and reads the arrays in them. Every fault is a <see cref="FormatException"/> whose message is a clause without the file's
/// name. Work and memory are bounded by the length of the file, however its parts refer to each other.</summary>
sealed class Hdf5Reader(Hdf5Bytes bytes)
{
    const int DataspaceMessage = 0x01, LinkInfoMessage = 0x02, DatatypeMessage = 0x03, LinkMessage = 0x06, LayoutMessage = 0x08, SymbolTableMessage = 0x11;
    const int MostDepth = 32;

    readonly Dictionary<string, Tensor> found = [];
    long elements; // bytes of arrays so far

    /// <summary>What every file begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Reads all arrays.</summary>
    public Dictionary<string, Tensor> Read()
    {
        Walk(Root(), "", 0);
        return found;
    }

    // The superblock stands at the front, or behind what another program put there: at 512, 1024, 2048, …
    long Root()
    {
        var at = 0L;
        while (at + 8 <= bytes.Length && !bytes.Is(at, Signature)) at = at == 0 ? 512 : at * 2;
        if (at + 8 > bytes.Length) throw new FormatException("it is no HDF5 file: it does not begin as these do");
        var version = bytes.Byte(at + 8);
        if (version > 3) throw new FormatException($"its superblock has the version {version}; 0 to 3 are read");
        bytes.Sizes = version < 2 ? (bytes.Byte(at + 13), bytes.Byte(at + 14)) : (bytes.Byte(at + 9), bytes.Byte(at + 10));
        if (bytes.Sizes is not (4 or 8, 4 or 8)) throw new FormatException($"its addresses have {bytes.Sizes.Offset} bytes and its lengths {bytes.Sizes.Length}; 4 and 8 are read");
        var offset = bytes.Sizes.Offset;
        bytes.Base = at; // as the library does, whatever the base address says
        if (version >= 2) return bytes.Address(at + 12 + (3 * offset));
        var entry = at + (version == 0 ? 24 : 28) + (4 * offset); // the root's place in a group
        return bytes.Address(entry + offset);
    }

    void Walk(long header, string path, int depth)
    {
        if (depth > MostDepth) throw new FormatException($"it is damaged: its groups are nested more than {MostDepth} deep");
        (int Type, long At, long Size)[] messages = [.. new Hdf5Header(bytes, header).Messages()];
        (long At, long Size)? space = null, type = null, layout = null;
        foreach (var (kind, at, size) in messages)
        {
            switch (kind)
            {
                case SymbolTableMessage:
                    Tree(bytes.Address(at), bytes.Address(at + bytes.Sizes.Offset), path, depth, int.MaxValue);
                    break;
                case LinkInfoMessage when bytes.Address(at + 2 + ((bytes.Byte(at + 1) & 1) * 8)) != Hdf5Bytes.Undefined:
                    throw new FormatException($"the group '{path}' has its members in a fractal heap, which is not read; files of h5py's default (libver='earliest') are");
                case LinkMessage:
                    Link(at, path, depth);
                    break;
                case DataspaceMessage:
                    space = (at, size);
                    break;
                case DatatypeMessage:
                    type = (at, size);
                    break;
                case LayoutMessage:
                    layout = (at, size);
                    break;
            }
        }

        if (space is { } s && type is { } t && layout is { } l) Array(path, s.At, t.At, l.At);
    }

    // ---- Groups ----

    void Enter(string name, long header, string path, int depth)
    {
        bytes.Count();
        Walk(header, path == "" ? name : $"{path}/{name}", depth + 1);
    }

    // A tree of version 1 whose leaves list the members of a group.
    void Tree(long tree, long heap, string path, int depth, int level)
    {
        bytes.Require(tree, "TREE"u8);
        if (bytes.Byte(tree + 4) != 0 || bytes.Byte(tree + 5) >= level) throw new FormatException($"it is damaged: the tree of the group '{path}' is of another kind");
        var (own, count) = (bytes.Byte(tree + 5), bytes.UInt16(tree + 6));
        var (offset, length) = bytes.Sizes;
        bytes.Require(heap, "HEAP"u8);
        var names = bytes.Address(heap + 8 + (2 * length));
        for (var i = 0; i < count; i++)
        {
            var child = bytes.Address(tree + 8 + (2 * offset) + length + ((long)i * (length + offset)));
            bytes.Count();
            if (own > 0) Tree(child, heap, path, depth, own);
            else Members(child, names, path, depth);
        }
    }

    void Members(long node, long names, string path, int depth)
    {
        bytes.Require(node, "SNOD"u8);
        var (offset, count) = (bytes.Sizes.Offset, bytes.UInt16(node + 6));
        for (var i = 0; i < count; i++)
        {
            var entry = node + 8 + ((long)i * ((2 * offset) + 24));
            if (bytes.UInt32(entry + (2 * offset)) == 2) continue; // a symbolic link, to what has another path
            Enter(bytes.Text(names + bytes.Number(entry, offset)), bytes.Address(entry + offset), path, depth);
        }
    }

    // A member of a group of the newer form, in the group's own header.
    void Link(long at, string path, int depth)
    {
        var (flags, next) = (bytes.Byte(at + 1), at + 2);
        var kind = (flags & 8) != 0 ? bytes.Byte(next++) : 0;
        if ((flags & 4) != 0) next += 8; // when it was made
        if ((flags & 16) != 0) next++; // the characters of its name
        var size = 1 << (flags & 3);
        var length = bytes.Number(next, size);
        var name = Encoding.UTF8.GetString(bytes.Span(next + size, length));
        if (kind == 0) Enter(name, bytes.Address(next + size + length), path, depth);
    }

    // ---- Arrays ----

    void Array(string path, long space, long type, long layout)
    {
        if (Element(path, type) is not var (element, bigEndian)) return;
        if (Sizes(space) is not { } shape) return;
        var size = shape.Aggregate(1L, (product, s) => s == 0 || product <= long.MaxValue / 8 / s ? product * s : throw TooLarge()) * element.Size();
        elements += size;
        if (elements > bytes.Length) throw TooLarge();
        var at = size == 0 ? 0 : Place(path, layout, size);
        found[path] = Elements.Read(bytes.Stream(at, size), element, Shape.Of([.. shape.Select(s => checked((int)s))]), bigEndian);

        FormatException TooLarge() => new($"it is damaged: the arrays up to '{path}' have more bytes than the file");
    }

    // The sizes of the axes; null: no array at all.
    long[]? Sizes(long at)
    {
        var (version, rank) = (bytes.Byte(at), bytes.Byte(at + 1));
        if (version is not (1 or 2)) throw new FormatException($"a dataspace has the version {version}; 1 and 2 are read");
        if (version == 2 && bytes.Byte(at + 3) == 2) return null;
        var sizes = new long[rank];
        for (var i = 0; i < rank; i++) sizes[i] = bytes.Size(at + (version == 1 ? 8 : 4) + ((long)i * bytes.Sizes.Length));
        return System.Array.TrueForAll(sizes, s => s is >= 0 and <= int.MaxValue) ? sizes : throw new FormatException($"an array has the sizes {string.Join(", ", sizes)}");
    }

    // The type of the elements; null where they are no numbers.
    (ElementType Type, bool BigEndian)? Element(string path, long at)
    {
        var (kind, bits, size) = (bytes.Byte(at) & 15, bytes.Byte(at + 1), bytes.UInt32(at + 4));
        ElementType? type = (kind, size, (bits & 8) != 0) switch
        {
            (0, 1, false) => ElementType.UInt8,
            (0, 1, true) => ElementType.Int8,
            (0, 2, false) => ElementType.UInt16,
            (0, 2, true) => ElementType.Int16,
            (0, 4, false) => ElementType.UInt32,
            (0, 4, true) => ElementType.Int32,
            (0, 8, false) => ElementType.UInt64,
            (0, 8, true) => ElementType.Int64,
            (1, 2, _) => bytes.Byte(at + 13) == 8 ? ElementType.BFloat16 : ElementType.Float16, // the bits of the exponent
            (1, 4, _) => ElementType.Float32,
            (1, 8, _) => ElementType.Float64,
            (0 or 1, _, _) => throw new FormatException($"'{path}' has numbers of {size} bytes; 1 to 8 are read"),
            _ => null,
        };
        return type is { } t ? (t, (bits & 1) != 0) : null;
    }

    // Where the elements lie: one after the other, in the header or elsewhere.
    long Place(string path, long at, long size)
    {
        var version = bytes.Byte(at);
        if (version is not (3 or 4)) throw new FormatException($"the layout of '{path}' has the version {version}; 3 and 4 are read");
        var (place, length) = bytes.Byte(at + 1) switch
        {
            0 => (at + 4, bytes.UInt16(at + 2)),
            1 => (bytes.Address(at + 2), bytes.Size(at + 2 + bytes.Sizes.Offset)),
            _ => throw new FormatException($"'{path}' is chunked or compressed, which is not read; written again without chunks it is"),
        };
        if (place == Hdf5Bytes.Undefined) throw new FormatException($"'{path}' has no elements in the file");
        return length >= size ? place : throw new FormatException($"it is damaged: '{path}' needs {size} bytes and has {length}");
    }
}
