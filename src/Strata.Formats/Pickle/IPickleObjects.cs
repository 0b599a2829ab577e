namespace Strata.Formats.Pickle;

/// <summary>What the pickles of one kind of file are made of beside numbers, texts, tuples, lists and dictionaries. Every fault is a
/// <see cref="FormatException"/>, and what a call makes must not be larger than the bytes of the pickle that it is made of: a short pickle can
/// make the same call of the same arguments over and over.</summary>
interface IPickleObjects
{
    /// <summary>The name, if these files may refer to it; others are refused.</summary>
    PickleGlobal Known(string name);

    /// <summary>What a call of such a name gives.</summary>
    object? Call(string function, object?[] arguments);

    /// <summary>Gives what a call made its state.</summary>
    void Build(object? target, object? state);

    /// <summary>What an id stands for that lies outside the pickle.</summary>
    object? Persistent(object? id);
}
