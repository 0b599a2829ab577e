using System.Runtime.InteropServices;
using Strata.Memory;
using Strata.Nn;

namespace Strata.Serving;

/// <summary>A model that is run on batches of few sizes, each with a plan of its own that is made ahead.</summary>
sealed class ServedModel
{
    readonly Func<Tensor[], Tensor[]> infer;

    /// <param name="model">Its weights exist.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="maxBatch">The most examples at once.</param>
    /// <param name="fixedBatch">The only number of examples that it can take; null: any.</param>
    public ServedModel(Model model, string name, int maxBatch, int? fixedBatch)
    {
        Name = name;
        Inputs = [.. model.InputNames.Zip(model.InputTypes, (input, type) => new Port(input, type))];
        BatchSizes = fixedBatch is { } only ? [only] : SizesUpTo(maxBatch);
        infer = Compiled.Function((Tensor[] x) => model.Apply(x));
        Outputs = Warm(model.OutputNames);
    }

    public string Name { get; }

    public IReadOnlyList<Port> Inputs { get; }

    public IReadOnlyList<Port> Outputs { get; }

    /// <summary>The numbers of examples that the model is run on, ascending; a batch is filled up with zeros to the next of them.</summary>
    public IReadOnlyList<int> BatchSizes { get; }

    public int MaxBatch => BatchSizes[^1];

    /// <summary>The least of <see cref="BatchSizes"/> that holds so many examples.</summary>
    public int SizeFor(int examples)
    {
        var i = 0;
        while (BatchSizes[i] < examples) i++;
        return BatchSizes[i];
    }

    /// <summary>Runs the model.</summary>
    /// <param name="inputs">For each input the elements of a batch.</param>
    /// <param name="size">One of <see cref="BatchSizes"/>.</param>
    /// <param name="take">Gets the number of each output and its elements.</param>
    public void Run(byte[][] inputs, int size, Action<int, ReadOnlySpan<byte>> take)
    {
        using var scope = new TensorScope();
        var outputs = infer([.. inputs.Select((x, i) => ToTensor(x.AsSpan(0, size * Inputs[i].Bytes), Batch(Inputs[i].Type, size)))]);
        for (var i = 0; i < outputs.Length; i++) take(i, Bytes(outputs[i]));
    }

    // 1, 2, 3, 4, 6, 8, 12, 16, …: at most a third of a batch is filling, and few plans are made.
    static List<int> SizesUpTo(int max)
    {
        var sizes = new List<int>();
        for (var size = 1; size < max; size *= 2)
        {
            sizes.Add(size);
            if (size > 1 && size * 3 / 2 < max) sizes.Add(size * 3 / 2);
        }

        sizes.Add(max);
        return sizes;
    }

    /// <summary>Makes the plans; what the model gives tells its outputs.</summary>
    List<Port> Warm(IReadOnlyList<string> names)
    {
        List<Port> ports = [];
        foreach (var size in BatchSizes)
        {
            using var scope = new TensorScope();
            var outputs = infer([.. Inputs.Select(i => Tensor.Zeros(Batch(i.Type, size).Shape, i.Type.DType))]);
            foreach (var y in outputs)
                if (y.Rank == 0 || y.Shape[0] != size) throw new StrataException($"Serving: '{Name}' gives {y.Type} for {size} examples; only a model whose outputs have an axis of examples can be served.");
            ports = [.. outputs.Select((y, i) => new Port(names.Count == outputs.Length ? names[i] : $"output_{i + 1}", new TensorType(y.Shape[1..], y.DType)))];
        }

        return ports;
    }

    static TensorType Batch(TensorType example, int size) => example with { Shape = [size, .. example.Shape] };

    /// <summary>A tensor of the given elements.</summary>
    public static Tensor ToTensor(ReadOnlySpan<byte> bytes, TensorType type) => type.DType switch
    {
        DType.Float32 => Tensor.From(MemoryMarshal.Cast<byte, float>(bytes), type.Shape),
        DType.Float64 => Tensor.From(MemoryMarshal.Cast<byte, double>(bytes), type.Shape),
        DType.Int32 => Tensor.From(MemoryMarshal.Cast<byte, int>(bytes), type.Shape),
        DType.Int64 => Tensor.From(MemoryMarshal.Cast<byte, long>(bytes), type.Shape),
        DType.UInt8 => Tensor.From(bytes, type.Shape),
        _ => Tensor.From(bytes, type.Shape).NotEqualTo(0), // any other byte than 0 is true
    };

    /// <summary>The elements of a tensor, which must be kept in use meanwhile.</summary>
    public static ReadOnlySpan<byte> Bytes(Tensor tensor) => tensor.DType switch
    {
        DType.Float32 => MemoryMarshal.AsBytes(tensor.AsSpan<float>()),
        DType.Float64 => MemoryMarshal.AsBytes(tensor.AsSpan<double>()),
        DType.Int32 => MemoryMarshal.AsBytes(tensor.AsSpan<int>()),
        DType.Int64 => MemoryMarshal.AsBytes(tensor.AsSpan<long>()),
        DType.UInt8 => tensor.AsSpan<byte>(),
        _ => MemoryMarshal.AsBytes(tensor.AsSpan<bool>()),
    };
}
