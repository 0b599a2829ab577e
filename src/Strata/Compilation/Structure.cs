using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Strata.Compilation;

/// <summary>Puts other tensors into arguments and results of compiled functions.</summary>
internal static class Structure
{
    /// <summary>The value with each tensor replaced, in the order of <see cref="Arguments.Add"/>.</summary>
    public static T Map<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(T value, Func<Tensor, Tensor> f) => value switch
    {
        null => value,
        Tensor tensor => (T)(object)f(tensor),
        Tensor[] array => (T)(object)Array.ConvertAll(array, x => f(x)),
        IReadOnlyList<Tensor> list => (T)(object)list.Select(f).ToArray(),
        ValueTuple<Tensor, Tensor> pair => (T)(object)(f(pair.Item1), f(pair.Item2)),
        ITuple tuple => Tuple<T>(tuple, f),
        _ => value,
    };

    // A value tuple keeps its public constructor: the type parameter asks for it.
    static T Tuple<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(ITuple tuple, Func<Tensor, Tensor> f)
    {
        var items = new object?[tuple.Length];
        for (var i = 0; i < items.Length; i++)
            items[i] = tuple[i] is ITuple
                ? throw new StrataException($"Compiled: {typeof(T)} holds a tuple in a tuple; arguments and results are tensors, arrays of tensors and tuples of these.")
                : Map(tuple[i], f);
        return (T)typeof(T).GetConstructors()[0].Invoke(items);
    }
}
