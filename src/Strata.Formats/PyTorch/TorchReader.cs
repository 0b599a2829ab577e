using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;
using Strata.Formats.Pickle;
using Strata.Serialization;

namespace Strata.Formats.PyTorch;

/// <summary>Reads one file: the pickle first, then the elements of each storage. Every fault is a <see cref="FormatException"/>.</summary>
sealed class TorchReader(Stream file)
{
    const int MostBytesPerByte = 8; // of tensors a byte of the file: widening doubles or quadruples, weights may be shared
    const int MaxDepth = 32;
    static readonly BigInteger legacyMagic = BigInteger.Parse("119547037146038801333356");

    readonly Dictionary<string, (TorchStorage Storage, byte[] Elements)> storages = [];
    readonly Dictionary<string, Tensor> tensors = [];
    long budget = 65536 + (file.Length * MostBytesPerByte), visits = 1024 + file.Length;

    public Dictionary<string, Tensor> Read(string? root)
    {
        Span<byte> start = stackalloc byte[4];
        var count = file.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        file.Position = 0;
        if (count == 4 && start.SequenceEqual("PK\x3\x4"u8)) ReadZip(root);
        else ReadLegacy(root);
        return tensors;
    }

    void ReadZip(string? root)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var records = new Dictionary<string, ZipArchiveEntry>();
        foreach (var entry in zip.Entries) records.TryAdd(entry.FullName, entry);
        var pickle = zip.Entries.FirstOrDefault(e => e.FullName.EndsWith("/data.pkl", StringComparison.Ordinal))
            ?? throw new FormatException("the zip archive holds no 'data.pkl', as PyTorch's do");
        if (zip.Entries.Any(e => e.FullName.EndsWith("/constants.pkl", StringComparison.Ordinal)))
            throw new FormatException("the file is a TorchScript program, expected a state dictionary; save model.state_dict()");
        var folder = pickle.FullName[..^"data.pkl".Length];
        if (records.TryGetValue(folder + "byteorder", out var order) && !Content(order).AsSpan().SequenceEqual("little"u8))
            throw new FormatException("the file's byte order is big-endian, expected little-endian");
        var value = new PickleReader(new MemoryStream(Content(pickle)), TorchObjects.Instance).Read();
        Collect(Entry(value, root), "", 0, storage => records.TryGetValue($"{folder}data/{storage.Key}", out var record)
            ? Content(record)
            : throw new FormatException($"the zip archive holds no 'data/{storage.Key}', which a tensor needs"));
    }

    static byte[] Content(ZipArchiveEntry entry)
    {
        // PyTorch stores without compression; so no record can be larger than the file.
        if (entry.CompressedLength != entry.Length) throw new FormatException($"'{entry.FullName}' is compressed, expected stored bytes as PyTorch writes them");
        using var stream = entry.Open();
        var bytes = new byte[entry.Length];
        stream.ReadExactly(bytes);
        return Crc32.Of(bytes) == entry.Crc32 ? bytes : throw new FormatException($"'{entry.FullName}' is damaged: its CRC is {Crc32.Of(bytes):X8}, the file says {entry.Crc32:X8}");
    }

    /// <summary>Three pickles (a magic number, the version, the writer's machine), the value, the keys of its storages in order; then for each
    /// storage the number of its elements, and they.</summary>
    void ReadLegacy(string? root)
    {
        var pickles = new PickleReader(file, TorchObjects.Instance);
        if (file.Length == 0 || file.ReadByte() != 0x80) throw new FormatException("not a PyTorch file: it is neither a zip archive nor a pickle");
        file.Position = 0;
        if (pickles.Read() is not BigInteger magic || magic != legacyMagic) throw new FormatException("not a PyTorch file: it begins with another pickle");
        if (pickles.Read() is not 1001L) throw new FormatException("the legacy format's version is not 1001");
        if (pickles.Read() is not PickleDictionary machine) throw new FormatException("the legacy header is damaged");
        if (machine.Entries.Contains(("little_endian", false))) throw new FormatException("the file's byte order is big-endian, expected little-endian");
        var value = pickles.Read();
        if (pickles.Read() is not List<object?> keys) throw new FormatException("the list of storages is damaged");
        // A storage's type is known where a tensor uses it, so their places are found first.
        var types = new Dictionary<string, TorchStorage>();
        Walk(value, 0, tensor => types.TryAdd(tensor.Storage.Key, tensor.Storage));
        var elements = new Dictionary<string, byte[]>();
        var head = new byte[8];
        foreach (var key in keys)
        {
            if (key is not string name || !types.TryGetValue(name, out var storage)) throw new FormatException("there is a storage that no tensor uses, whose length is therefore unknown");
            if (file.ReadAtLeast(head, 8, throwOnEndOfStream: false) < 8) throw new FormatException("the file is truncated");
            var count = BinaryPrimitives.ReadInt64LittleEndian(head);
            if (count != storage.Count) throw new FormatException($"storage '{name}' has {count} elements, but its tensor says {storage.Count}");
            if (count > (file.Length - file.Position) / storage.Type.Size()) throw new FormatException($"the file is truncated: storage '{name}' needs {count} elements");
            if (count * storage.Type.Size() > Array.MaxLength) throw new FormatException($"storage '{name}' has {count} elements, more than fit into memory at once");
            var bytes = new byte[count * storage.Type.Size()];
            file.ReadExactly(bytes);
            if (!elements.TryAdd(name, bytes)) throw new FormatException($"storage '{name}' comes twice");
        }

        Collect(Entry(value, root), "", 0, storage => elements.TryGetValue(storage.Key, out var bytes) ? bytes : throw new FormatException($"the file has no storage '{storage.Key}'"));
    }

    static object? Entry(object? value, string? root)
    {
        if (root is null) return value;
        if (value is PickleDictionary dictionary)
            foreach (var (key, inner) in dictionary.Entries)
                if (key is string name && name == root) return inner;
        var keys = (value as PickleDictionary)?.Entries.Take(20).Select(e => e.Key as string ?? "?") ?? [];
        throw new FormatException($"there is no entry '{root}', only {string.Join(", ", keys.Select(k => $"'{k}'"))}");
    }

    void Walk(object? value, int depth, Action<TorchTensor> see)
    {
        Visit(depth);
        if (value is TorchTensor tensor) see(tensor);
        foreach (var (_, inner) in Inner(value)) Walk(inner, depth + 1, see);
    }

    void Collect(object? value, string path, int depth, Func<TorchStorage, byte[]> elements)
    {
        Visit(depth);
        if (value is TorchTensor tensor)
        {
            Spend(64 + (2L * path.Length));
            Spend(tensor.Shape.Size, Width(tensor.Storage.Type));
            if (!tensors.TryAdd(path, Dense(tensor, elements))) throw new FormatException($"the name '{path}' comes twice");
        }

        foreach (var (name, inner) in Inner(value))
            if (inner is TorchTensor or PickleDictionary or List<object?> or PickleTuple)
            {
                Spend(2L * (path.Length + name.Length));
                Collect(inner, path.Length == 0 ? name : $"{path}.{name}", depth + 1, elements);
            }
    }

    static IEnumerable<(string Name, object? Value)> Inner(object? value) => value switch
    {
        PickleDictionary dictionary => dictionary.Entries.Select(e => (e.Key is string or long ? $"{e.Key}" : throw new FormatException("a dictionary has a key that is neither text nor number"), e.Value)),
        List<object?> list => list.Select((v, i) => ($"{i}", v)),
        PickleTuple tuple => tuple.Items.Select((v, i) => ($"{i}", v)),
        _ => [],
    };

    // Values may be shared: a small pickle can hold 2^n paths, or a circle.
    void Visit(int depth)
    {
        if (depth > MaxDepth) throw new FormatException($"its values lie more than {MaxDepth} deep in each other");
        if (--visits < 0) throw new FormatException("its values are shared more often than a state dictionary's");
    }

    static int Width(ElementType type) => type is ElementType.UInt8 or ElementType.Bool ? 1 : Math.Max(type.Size(), 4);

    void Spend(long count, int size = 1)
    {
        budget = count > budget ? -1 : budget - (count * size);
        if (budget < 0) throw new FormatException($"its tensors and their names need more than {MostBytesPerByte} times the file's length in memory");
    }

    Tensor Dense(TorchTensor view, Func<TorchStorage, byte[]> elements)
    {
        var size = view.Storage.Type.Size();
        if (!storages.TryGetValue(view.Storage.Key, out var stored))
        {
            stored = (view.Storage, elements(view.Storage));
            if (stored.Elements.Length / size < view.Storage.Count)
                throw new FormatException($"storage '{view.Storage.Key}' has {stored.Elements.Length} bytes, but its tensor says {view.Storage.Count} elements of {size}");
            storages.Add(view.Storage.Key, stored);
        }
        else if (stored.Storage != view.Storage)
        {
            throw new FormatException($"storage '{view.Storage.Key}' has two types or sizes");
        }

        var (bytes, start) = (stored.Elements, (int)view.Offset * size);
        var count = (int)view.Shape.Size * size;
        if (view.Shape.Size > 0 && !IsDense(view)) (bytes, start) = (Gathered(view, bytes, size), 0);
        return Elements.Read(count == 0 ? Stream.Null : new MemoryStream(bytes, start, count), view.Storage.Type, view.Shape);
    }

    static bool IsDense(TorchTensor view)
    {
        var step = 1L;
        for (var i = view.Strides.Length - 1; i >= 0; step *= view.Shape[i--])
            if (view.Shape[i] != 1 && view.Strides[i] != step) return false;
        return true;
    }

    static byte[] Gathered(TorchTensor view, byte[] from, int size)
    {
        var to = new byte[view.Shape.Size * size];
        var index = new int[view.Shape.Rank];
        var at = view.Offset;
        for (var o = 0; o < to.Length; o += size)
        {
            from.AsSpan((int)(at * size), size).CopyTo(to.AsSpan(o));
            for (var axis = index.Length - 1; axis >= 0; axis--)
            {
                at += view.Strides[axis];
                if (++index[axis] < view.Shape[axis]) break;
                at -= view.Strides[axis] * index[axis];
                index[axis] = 0;
            }
        }

        return to;
    }
}
