using System.Runtime.InteropServices;

namespace Strata.Reinforcement;

/// <summary>The state of an environment at a moment, to which it can return any number of times. Environments name their fields once, in
/// <see cref="Env.Transfer"/>, and this either takes or gives them.</summary>
public sealed class EnvSnapshot
{
    readonly List<byte> bytes = [];
    int position = -1; // −1 while taking

    internal EnvSnapshot()
    {
    }

    /// <summary>Whether fields are given back, not taken.</summary>
    public bool Restores => position >= 0;

    /// <summary>Takes or gives one value.</summary>
    public void Value<T>(ref T value)
        where T : unmanaged => Values(new Span<T>(ref value));

    /// <summary>Takes or gives values whose number does not change.</summary>
    public void Values<T>(Span<T> values)
        where T : unmanaged
    {
        var raw = MemoryMarshal.AsBytes(values);
        if (!Restores)
        {
            bytes.AddRange(raw);
            return;
        }

        if (raw.Length > bytes.Count - position) throw new EnvironmentException("Restore: the snapshot is of another environment.");
        CollectionsMarshal.AsSpan(bytes).Slice(position, raw.Length).CopyTo(raw);
        position += raw.Length;
    }

    /// <summary>Takes or gives a list.</summary>
    public void List<T>(List<T> list)
        where T : unmanaged
    {
        var count = list.Count;
        Value(ref count);
        CollectionsMarshal.SetCount(list, count);
        Values(CollectionsMarshal.AsSpan(list));
    }

    internal void Rewind() => position = 0;
}
