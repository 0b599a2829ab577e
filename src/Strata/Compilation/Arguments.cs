using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Strata.Compilation;

/// <summary>The arguments of a call, taken apart: the tensors in them and the rest, which is part of the signature.</summary>
internal sealed class Arguments
{
    readonly List<Tensor> tensors = [];
    readonly List<object?> rest = [];

    public ReadOnlySpan<Tensor> Tensors => CollectionsMarshal.AsSpan(tensors);

    public TensorType[] Types => [.. tensors.Select(x => x.Type)];

    /// <summary>What is no tensor, with the lengths of arrays.</summary>
    public object?[] Rest => [.. rest];

    /// <summary>Adds a value: a tensor, an array or list of tensors, null, a tuple of these, or a constant of the host.</summary>
    public void Add(object? value)
    {
        switch (value)
        {
            case Tensor tensor:
                tensors.Add(tensor);
                break;
            case IReadOnlyList<Tensor> list:
                rest.Add(list.Count);
                for (var i = 0; i < list.Count; i++) tensors.Add(list[i]);
                break;
            case ITuple tuple:
                for (var i = 0; i < tuple.Length; i++) Add(tuple[i]);
                break;
            default:
                rest.Add(value);
                break;
        }
    }

    public void Clear()
    {
        tensors.Clear();
        rest.Clear();
    }

    /// <summary>Whether the arguments have this signature.</summary>
    public bool Fit(TensorType[] types, object?[] others)
    {
        if (tensors.Count != types.Length || rest.Count != others.Length) return false;
        for (var i = 0; i < types.Length; i++)
            if (tensors[i].Type != types[i]) return false;
        for (var i = 0; i < others.Length; i++)
            if (!Equals(rest[i], others[i])) return false;
        return true;
    }
}
