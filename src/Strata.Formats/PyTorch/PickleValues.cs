namespace Strata.Formats.PyTorch;

/// <summary>A name that a pickle refers to: <c>torch._utils _rebuild_tensor_v2</c>. It is only ever compared with the names that the
/// interpreter knows; nothing is looked up or run.</summary>
sealed record PickleGlobal(string Name);

/// <summary>A tuple.</summary>
sealed record PickleTuple(object?[] Items);

/// <summary>A dictionary, its entries in their order.</summary>
sealed class PickleDictionary
{
    public List<(object? Key, object? Value)> Entries { get; } = [];
}

/// <summary>What a persistent id stands for: elements that lie outside the pickle.</summary>
/// <param name="Key">The name of the elements' record.</param>
/// <param name="Type">The type of an element.</param>
/// <param name="Count">The number of elements.</param>
sealed record TorchStorage(string Key, Serialization.ElementType Type, long Count);

/// <summary>A view of a storage: element (i, j, …) lies at Offset + i·Strides[0] + j·Strides[1] + …</summary>
sealed record TorchTensor(TorchStorage Storage, long Offset, Shape Shape, long[] Strides);
