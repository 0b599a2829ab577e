using System.Runtime.InteropServices;
using Strata.Formats.Protobuf;
using Strata.Serialization;

namespace Strata.Formats.Onnx;

/// <summary>The messages of ONNX (onnx.proto3, IR version 8) that models need; field numbers are those of the specification. Faults are
/// <see cref="FormatException"/>s.</summary>
static class OnnxMessages
{
    const int IrVersion = 8, MaxRank = 16, MaxDepth = 8;

    // TensorProto.DataType
    static readonly (int Number, ElementType Type)[] types =
    [
        (1, ElementType.Float32), (2, ElementType.UInt8), (3, ElementType.Int8), (4, ElementType.UInt16), (5, ElementType.Int16), (6, ElementType.Int32),
        (7, ElementType.Int64), (9, ElementType.Bool), (10, ElementType.Float16), (11, ElementType.Float64), (12, ElementType.UInt32), (13, ElementType.UInt64), (16, ElementType.BFloat16),
    ];

    /// <summary>The format's number of a type.</summary>
    public static int Number(DType type) => Array.Find(types, t => t.Type == ElementTypes.Of(type)).Number;

    /// <summary>The tensor type that holds a type of the format.</summary>
    public static DType TypeOf(long number) => number switch
    {
        1 or 10 or 16 => DType.Float32,
        11 => DType.Float64,
        2 => DType.UInt8,
        3 or 4 or 5 or 6 => DType.Int32,
        7 or 12 or 13 => DType.Int64,
        9 => DType.Bool,
        _ => throw new FormatException($"elements of type number {number} are not supported"),
    };

    public static byte[] Write(OnnxGraph graph) => new ProtobufWriter()
        .Int(1, IrVersion)
        .String(2, "Strata")
        .Message(7, Graph(graph))
        .Message(8, new ProtobufWriter().String(1, "").Int(2, graph.Opset))
        .Written.ToArray();

    static ProtobufWriter Graph(OnnxGraph graph)
    {
        var body = new ProtobufWriter();
        foreach (var node in graph.Nodes) body.Message(1, Node(node));
        body.String(2, graph.Name);
        foreach (var (name, tensor) in graph.Initializers) body.Message(5, Tensor(name, tensor));
        foreach (var value in graph.Inputs) body.Message(11, Value(value));
        foreach (var value in graph.Outputs) body.Message(12, Value(value));
        return body;
    }

    static ProtobufWriter Node(OnnxNode node)
    {
        var to = new ProtobufWriter();
        foreach (var name in node.Inputs) to.String(1, name);
        foreach (var name in node.Outputs) to.String(2, name);
        to.String(4, node.Operator);
        foreach (var (name, value) in node.Attributes)
        {
            var attribute = new ProtobufWriter().String(1, name);
            to.Message(5, value switch
            {
                float f => attribute.Float(2, f).Int(20, 1),
                long i => attribute.Int(3, i).Int(20, 2),
                string s => attribute.String(4, s).Int(20, 3),
                Tensor t => attribute.Message(5, Tensor("", t)).Int(20, 4),
                OnnxGraph g => attribute.Message(6, Graph(g)).Int(20, 5),
                string[] ss => Strings(attribute, ss).Int(20, 8),
                float[] fs => attribute.Floats(7, fs).Int(20, 6),
                _ => attribute.Ints(8, (long[])value).Int(20, 7),
            });
        }

        return to;
    }

    static ProtobufWriter Strings(ProtobufWriter to, string[] texts)
    {
        foreach (var text in texts) to.String(9, text);
        return to;
    }

    static ProtobufWriter Tensor(string name, Tensor tensor)
    {
        var raw = new MemoryStream(checked((int)(tensor.Size * tensor.DType.Size())));
        Elements.Write(raw, tensor);
        return new ProtobufWriter().Ints(1, [.. tensor.Shape.Select(s => (long)s)]).Int(2, Number(tensor.DType)).String(8, name).Bytes(9, raw.GetBuffer().AsSpan(0, (int)raw.Length));
    }

    static ProtobufWriter Value(OnnxValue value)
    {
        var shape = new ProtobufWriter();
        foreach (var size in value.Sizes!) shape.Message(1, size is { } known ? new ProtobufWriter().Int(1, known) : new ProtobufWriter().String(2, "N"));
        return new ProtobufWriter().String(1, value.Name).Message(2, new ProtobufWriter().Message(1, new ProtobufWriter().Int(1, value.Type).Message(2, shape)));
    }

    public static OnnxGraph Read(ReadOnlySpan<byte> file)
    {
        var graph = new OnnxGraph { Opset = 0 };
        var seen = false;
        for (var model = new ProtobufReader(file); model.Next();)
        {
            switch (model.Field)
            {
                case 7:
                    if (seen) throw new FormatException("there is a second graph");
                    seen = true;
                    ReadGraph(model.Message(), graph, 0);
                    break;
                case 8:
                    var (domain, version) = ("", 0L);
                    for (var import = model.Message(); import.Next();)
                        if (import.Field == 1) domain = import.String();
                        else if (import.Field == 2) version = import.Int();
                    if (domain is "" or "ai.onnx") graph.Opset = version;
                    break;
            }
        }

        if (!seen) throw new FormatException("not an ONNX file: it holds no graph");
        if (graph.Opset is < 7 or > 30) throw new FormatException($"the operators have version {graph.Opset}, expected 7 to 30");
        return graph;
    }

    static void ReadGraph(ProtobufReader from, OnnxGraph graph, int depth)
    {
        if (depth > MaxDepth) throw new FormatException($"loops lie {depth} deep, more than {MaxDepth}");
        while (from.Next())
        {
            switch (from.Field)
            {
                case 1:
                    graph.Nodes.Add(ReadNode(from.Message(), depth));
                    break;
                case 2:
                    graph.Name = from.String();
                    break;
                case 5:
                    var (name, tensor) = ReadTensor(from.Message());
                    if (!graph.Initializers.TryAdd(name, tensor)) throw new FormatException($"the constant '{name}' comes twice");
                    break;
                case 11:
                    graph.Inputs.Add(ReadValue(from.Message()));
                    break;
                case 12:
                    graph.Outputs.Add(ReadValue(from.Message()));
                    break;
                case 15:
                    throw new FormatException("sparse constants are not supported");
            }
        }
    }

    static OnnxNode ReadNode(ProtobufReader from, int depth)
    {
        var (inputs, outputs, attributes, name, domain) = (new List<string>(), new List<string>(), new Dictionary<string, object>(), "", "");
        while (from.Next())
            switch (from.Field)
            {
                case 1: inputs.Add(from.String()); break;
                case 2: outputs.Add(from.String()); break;
                case 4: name = from.String(); break;
                case 5: ReadAttribute(from.Message(), attributes, depth); break;
                case 7: domain = from.String(); break;
            }

        return domain is "" or "ai.onnx" ? new(name, inputs, outputs, attributes) : throw new FormatException($"the operator {name} is of '{domain}', expected a standard one");
    }

    static void ReadAttribute(ProtobufReader from, Dictionary<string, object> to, int depth)
    {
        var (name, single, type) = ("", (object?)null, 0L);
        var (ints, floats, strings) = (new List<long>(), new List<float>(), new List<string>());
        while (from.Next())
            switch (from.Field)
            {
                case 1: name = from.String(); break;
                case 2: single = from.Float(); break;
                case 3: single = from.Int(); break;
                case 4: single = from.String(); break;
                case 5: single = ReadTensor(from.Message()).Tensor; break;
                case 6:
                    var graph = new OnnxGraph();
                    ReadGraph(from.Message(), graph, depth + 1);
                    single = graph;
                    break;
                case 11: throw new FormatException($"the attribute '{name}' is a list of graphs, which is not supported");
                case 7: from.AddFloats(floats); break;
                case 8: from.AddInts(ints); break;
                case 9: strings.Add(from.String()); break;
                case 20: type = from.Int(); break;
            }

        // A value of zero may be left out of the file.
        object? value = type switch
        {
            1 => single ?? 0f,
            2 => single ?? 0L,
            3 => single ?? "",
            6 => floats.ToArray(),
            7 => ints.ToArray(),
            8 => strings.ToArray(),
            _ => single ?? (ints.Count > 0 ? ints.ToArray() : floats.Count > 0 ? floats.ToArray() : null),
        };
        to[name] = value ?? throw new FormatException($"the attribute '{name}' has no value");
    }

    static (string Name, Tensor Tensor) ReadTensor(ProtobufReader from)
    {
        var (name, number, sizes, ints, floats, doubles, unsigned) = ("", 0L, new List<long>(), new List<long>(), new List<float>(), new List<double>(), new List<long>());
        byte[]? raw = null;
        while (from.Next())
            switch (from.Field)
            {
                case 1: from.AddInts(sizes); break;
                case 2: number = from.Int(); break;
                case 4: from.AddFloats(floats); break;
                case 5 or 7: from.AddInts(ints); break;
                case 8: name = from.String(); break;
                case 9: raw = from.Bytes().ToArray(); break;
                case 10: from.AddDoubles(doubles); break;
                case 11: from.AddInts(unsigned); break;
                case 13: throw new FormatException($"the elements of '{name}' lie in another file, which is not supported");
            }

        if (sizes.Count > MaxRank) throw new FormatException($"the constant '{name}' has {sizes.Count} axes, more than {MaxRank}");
        var shape = Shape.Of([.. sizes.Select(s => s is >= 0 and <= int.MaxValue ? (int)s : throw new FormatException($"the constant '{name}' has the size {s}"))]);
        var dtype = TypeOf(number);
        var type = Array.Find(types, t => t.Number == number).Type;
        if (raw is not null)
        {
            if (raw.Length % type.Size() != 0 || raw.Length / type.Size() != shape.Size) throw new FormatException($"the constant '{name}' of {shape} has {raw.Length} bytes");
            return (name, Elements.Read(new MemoryStream(raw), type, shape));
        }

        // Without raw bytes the elements stand in the list of their kind; half floats as the bits of integers.
        ints.AddRange(unsigned);
        var count = dtype switch { DType.Float32 when number == 1 => floats.Count, DType.Float64 => doubles.Count, _ => ints.Count };
        if (count != shape.Size) throw new FormatException($"the constant '{name}' of {shape} has {count} elements");
        return (name, (number, dtype) switch
        {
            (1, _) => Strata.Tensor.From(CollectionsMarshal.AsSpan(floats), shape),
            (10, _) => Strata.Tensor.From([.. ints.Select(v => (float)BitConverter.UInt16BitsToHalf((ushort)v))], shape),
            (16, _) => Strata.Tensor.From([.. ints.Select(v => BitConverter.Int32BitsToSingle((int)v << 16))], shape),
            (_, DType.Float64) => Strata.Tensor.From(CollectionsMarshal.AsSpan(doubles), shape),
            (_, DType.Int64) => Strata.Tensor.From(CollectionsMarshal.AsSpan(ints), shape),
            (_, DType.Int32) => Strata.Tensor.From([.. ints.Select(v => (int)v)], shape),
            (_, DType.UInt8) => Strata.Tensor.From([.. ints.Select(v => (byte)v)], shape),
            _ => Strata.Tensor.From([.. ints.Select(v => v != 0)], shape),
        });
    }

    static OnnxValue ReadValue(ProtobufReader from)
    {
        var (name, type, sizes) = ("", 0, (List<long?>?)null);
        while (from.Next())
            if (from.Field == 1) name = from.String();
            else if (from.Field == 2)
                for (var any = from.Message(); any.Next();)
                {
                    if (any.Field != 1) throw new FormatException($"'{name}' is no tensor");
                    for (var tensor = any.Message(); tensor.Next();)
                        if (tensor.Field == 1) type = (int)tensor.Int();
                        else if (tensor.Field == 2)
                        {
                            sizes = [];
                            for (var shape = tensor.Message(); shape.Next();)
                            {
                                if (shape.Field != 1) continue;
                                long? size = null;
                                for (var dim = shape.Message(); dim.Next();)
                                    if (dim.Field == 1) size = dim.Int();
                                sizes.Add(size);
                            }
                        }
                }

        return new(name, type, sizes is null ? null : [.. sizes]);
    }
}
