namespace Strata.Nn;

/// <summary>Where and how often training saves all that it needs to go on to the bit: weights, the optimizer's state, random streams, the place in the
/// data, logs and what callbacks remember. A path alone saves after each epoch and takes up a run that it finds.</summary>
/// <param name="Path">The file. It is replaced as a whole, so a run that is killed leaves the last complete one.</param>
public sealed record Checkpointing(string Path)
{
    /// <summary>Save after every so many steps of an epoch and at the end, too; null saves after each epoch.</summary>
    public int? EverySteps { get; init; }

    /// <summary>Whether to go on with the run in the file, if there is one; otherwise training begins anew and replaces it.</summary>
    public bool Resume { get; init; } = true;

    /// <summary>Saving to a path after each epoch.</summary>
    public static implicit operator Checkpointing(string path) => new(path);

    internal void Write(State state) => TensorFile.Write(Path, state);

    internal State Read() => TensorFile.Read(Path);
}
