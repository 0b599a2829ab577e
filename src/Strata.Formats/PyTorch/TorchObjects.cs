using Strata.Formats.Pickle;
using Strata.Serialization;

namespace Strata.Formats.PyTorch;

/// <summary>The names that a state dictionary's pickle may refer to, and what calling them gives.</summary>
sealed class TorchObjects : IPickleObjects
{
    public static readonly TorchObjects Instance = new();

    static readonly Dictionary<string, ElementType> storages = new()
    {
        ["torch FloatStorage"] = ElementType.Float32,
        ["torch DoubleStorage"] = ElementType.Float64,
        ["torch HalfStorage"] = ElementType.Float16,
        ["torch BFloat16Storage"] = ElementType.BFloat16,
        ["torch LongStorage"] = ElementType.Int64,
        ["torch IntStorage"] = ElementType.Int32,
        ["torch ShortStorage"] = ElementType.Int16,
        ["torch CharStorage"] = ElementType.Int8,
        ["torch ByteStorage"] = ElementType.UInt8,
        ["torch BoolStorage"] = ElementType.Bool,
    };

    static readonly HashSet<string> functions =
    [
        "collections OrderedDict", "collections defaultdict", "torch._utils _rebuild_tensor", "torch._utils _rebuild_tensor_v2",
        "torch._utils _rebuild_parameter", "torch Size", "builtins dict", "__builtin__ dict",
    ];

    /// <summary>The name, if it is one of a state dictionary's.</summary>
    /// <exception cref="FormatException">It is another.</exception>
    public PickleGlobal Known(string name) => functions.Contains(name) || storages.ContainsKey(name)
        ? new PickleGlobal(name)
        : throw new FormatException($"the pickle refers to '{name.Replace(' ', '.')}', which is refused: a state dictionary holds tensors and numbers alone, and nothing is run");

    /// <summary>The elements that a persistent id ('storage', type, key, device, count[, view]) names.</summary>
    public object Persistent(object? id)
    {
        if (id is not PickleTuple { Items: ["storage", PickleGlobal type, string key, string, long count, .. var view] }
            || view.Length > 1 || count < 0 || !storages.TryGetValue(type.Name, out var element))
            throw new FormatException("the pickle has a persistent id that is no storage");
        return view is [PickleTuple] ? throw new FormatException("the pickle has a view of a storage, as versions of PyTorch before 0.4 wrote") : new TorchStorage(key, element, count);
    }

    /// <summary>What a call gives.</summary>
    public object? Call(string function, object?[] arguments) => (function, arguments) switch
    {
        ("collections OrderedDict" or "builtins dict" or "__builtin__ dict", []) => new PickleDictionary(),
        ("collections OrderedDict", [List<object?> pairs]) => Dictionary(pairs),
        ("collections defaultdict", [] or [_]) => new PickleDictionary(),
        ("torch Size", [PickleTuple sizes]) => sizes,
        ("torch._utils _rebuild_parameter", [TorchTensor data, ..]) => data,
        ("torch._utils _rebuild_tensor" or "torch._utils _rebuild_tensor_v2", [TorchStorage storage, long offset, PickleTuple sizes, PickleTuple strides, ..]) =>
            View(storage, offset, sizes.Items, strides.Items),
        _ => throw new FormatException($"the pickle calls '{function.Replace(' ', '.')}' with arguments that it does not take"),
    };

    /// <summary>The attributes of a state dictionary (its _metadata) say nothing about the tensors.</summary>
    public void Build(object? target, object? state)
    {
        if (target is not PickleDictionary) throw new FormatException("BUILD: it sets attributes of what is no dictionary");
    }

    static PickleDictionary Dictionary(List<object?> pairs)
    {
        var made = new PickleDictionary();
        foreach (var pair in pairs)
            made.Entries.Add(pair switch
            {
                PickleTuple { Items: [var key, var value] } => (key, value),
                List<object?> and [var key, var value] => (key, value),
                _ => throw new FormatException("the pickle makes a dictionary of what are no pairs"),
            });
        pairs.Clear(); // a list is used once; calls that shared a long one could grow a small file without bound
        return made;
    }

    /// <exception cref="FormatException">The view reaches outside its storage.</exception>
    static TorchTensor View(TorchStorage storage, long offset, object?[] sizes, object?[] strides)
    {
        if (sizes.Length != strides.Length || sizes.Length > 64) throw new FormatException("the pickle has a tensor whose sizes and strides differ in number");
        var (axes, steps) = (new int[sizes.Length], new long[sizes.Length]);
        var last = (Int128)offset;
        for (var i = 0; i < axes.Length; i++)
        {
            if (sizes[i] is not (long and >= 0 and <= int.MaxValue and var size)) throw new FormatException($"the pickle has a tensor with the size {sizes[i] ?? "None"}");
            if (strides[i] is not (long and >= 0 and var step)) throw new FormatException($"the pickle has a tensor with the stride {strides[i] ?? "None"}");
            (axes[i], steps[i]) = ((int)size, step);
            last += (Int128)(size - 1) * step;
        }

        Shape shape;
        try
        {
            shape = Shape.Of(axes);
        }
        catch (StrataException e)
        {
            throw new FormatException(e.Message.TrimEnd('.'), e);
        }

        if (offset < 0 || (shape.Size > 0 && last >= storage.Count))
            throw new FormatException($"the pickle has a tensor {shape} that reaches outside its storage '{storage.Key}' of {storage.Count} elements");
        return new(storage, offset, shape, steps);
    }
}
