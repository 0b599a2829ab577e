using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Strata.Serialization;

namespace Strata.Formats.PyTorch;

/// <summary>Writes PyTorch's zip format: <c>archive/data.pkl</c> with a pickle of protocol 2 and a stored record <c>archive/data/n</c> a tensor.</summary>
static class TorchWriter
{
    const string Folder = "archive/";

    public static void Write(Stream to, IReadOnlyList<KeyValuePair<string, Tensor>> tensors)
    {
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        Record("data.pkl", record => record.Write(Pickle(tensors)));
        Record("byteorder", record => record.Write("little"u8));
        for (var i = 0; i < tensors.Count; i++) Record($"data/{i}", record => Elements.Write(record, tensors[i].Value));
        Record("version", record => record.Write("3\n"u8));

        void Record(string name, Action<Stream> write)
        {
            var entry = zip.CreateEntry(Folder + name, CompressionLevel.NoCompression);
            entry.LastWriteTime = new DateTime(1980, 1, 1); // the same tensors give the same file
            using var record = entry.Open();
            write(record);
        }
    }

    /// <summary>OrderedDict((name, _rebuild_tensor_v2(storage, 0, sizes, strides, False, OrderedDict())), …).</summary>
    static byte[] Pickle(IReadOnlyList<KeyValuePair<string, Tensor>> tensors)
    {
        var to = new MemoryStream();
        to.Write([0x80, 2]);
        Global("collections", "OrderedDict");
        to.Write(")R("u8);
        for (var i = 0; i < tensors.Count; i++)
        {
            var (name, tensor) = tensors[i];
            Text(name);
            Global("torch._utils", "_rebuild_tensor_v2");
            to.Write("(("u8);
            Text("storage");
            Global("torch", StorageName(tensor.DType));
            Text($"{i}");
            Text("cpu");
            Integer(tensor.Size);
            to.Write("tQ"u8);
            Integer(0);
            Sizes(tensor.Shape.Select(s => (long)s));
            Sizes(Strides(tensor.Shape));
            to.WriteByte(0x89);
            Global("collections", "OrderedDict");
            to.Write(")RtR"u8);
        }

        to.Write("u."u8);
        return to.ToArray();

        void Global(string module, string name) => to.Write(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));

        void Text(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Span<byte> head = stackalloc byte[5];
            head[0] = (byte)'X';
            BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
            to.Write(head);
            to.Write(bytes);
        }

        void Integer(long value)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            if (value <= int.MaxValue)
            {
                to.WriteByte((byte)'J');
                to.Write(bytes[..4]);
            }
            else
            {
                to.Write([0x8A, 8]); // LONG1
                to.Write(bytes);
            }
        }

        void Sizes(IEnumerable<long> sizes)
        {
            to.WriteByte((byte)'(');
            foreach (var size in sizes) Integer(size);
            to.WriteByte((byte)'t');
        }
    }

    static long[] Strides(Shape shape)
    {
        var strides = new long[shape.Rank];
        var step = 1L;
        for (var i = strides.Length - 1; i >= 0; step *= Math.Max(shape[i--], 1)) strides[i] = step;
        return strides;
    }

    static string StorageName(DType type) => type switch
    {
        DType.Float32 => "FloatStorage",
        DType.Float64 => "DoubleStorage",
        DType.Int32 => "IntStorage",
        DType.Int64 => "LongStorage",
        DType.UInt8 => "ByteStorage",
        _ => "BoolStorage",
    };
}
