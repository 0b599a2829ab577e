using Strata.Formats.Pickle;

namespace Strata.Formats.Arrays;

/// <summary>The names that NumPy's pickle of an array of objects refers to, in the spellings of NumPy 1 and 2: the array, made empty and then given its
/// state, and its type.</summary>
sealed class ArrayObjects : IPickleObjects
{
    public static readonly ArrayObjects Instance = new();

    const string Reconstruct = "numpy.core.multiarray _reconstruct", Reconstruct2 = "numpy._core.multiarray _reconstruct";
    const string Array = "numpy ndarray", Type = "numpy dtype", Encode = "_codecs encode";

    // The header of the file has told the type already; nothing is asked of this one.
    static readonly PickleGlobal type = new(Type);

    public PickleGlobal Known(string name) => name is Reconstruct or Reconstruct2 or Array or Type or Encode
        ? new PickleGlobal(name)
        : throw new FormatException($"the pickle refers to '{name.Replace(' ', '.')}', which is refused: an array of lists of integers needs NumPy's own names alone, and nothing is run");

    public object? Call(string function, object?[] arguments) => (function, arguments) switch
    {
        (Reconstruct or Reconstruct2, [PickleGlobal { Name: Array }, PickleTuple, _]) => new PickledArray(),
        (Type, [string, ..]) => type,
        // Bytes under protocol 2, which has none: the one letter that _reconstruct is called with.
        (Encode, [string { Length: <= 1 } letter, string]) => letter,
        _ => throw new FormatException($"the pickle calls '{function.Replace(' ', '.')}' with arguments that it does not take"),
    };

    public void Build(object? target, object? state)
    {
        if (target is PickledArray array && state is PickleTuple { Items: [long, PickleTuple, PickleGlobal { Name: Type }, bool, var elements] }) array.Elements = elements as List<object?>;
        else if (!ReferenceEquals(target, type)) throw new FormatException("BUILD: it sets the state of what is no array, or no state of an array");
    }

    public object? Persistent(object? id) => throw new FormatException("the pickle has a persistent id, which an array has not");
}
