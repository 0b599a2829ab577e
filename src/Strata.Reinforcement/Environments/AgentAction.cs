using System.Runtime.CompilerServices;

namespace Strata.Reinforcement;

/// <summary>What an agent does in a step: a number for a <see cref="Discrete"/> space, an array for the others. Both convert to it, so
/// that <c>env.Step(1)</c> and <c>env.Step([0.5f])</c> are written alike, and nothing is allocated.</summary>
[CollectionBuilder(typeof(AgentAction), nameof(Of))]
public readonly ref struct AgentAction
{
    /// <summary>The action of a number.</summary>
    public AgentAction(int index) => Index = index;

    /// <summary>The action of an array.</summary>
    /// <param name="values">Its numbers, row-major.</param>
    public AgentAction(ReadOnlySpan<float> values)
    {
        Index = -1;
        Values = values;
    }

    /// <summary>The number of a discrete action; −1 for an array.</summary>
    public int Index { get; }

    /// <summary>The numbers of an array; empty for a discrete action.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>The action of a number.</summary>
    public static implicit operator AgentAction(int index) => new(index);

    /// <summary>The action of an array.</summary>
    public static implicit operator AgentAction(ReadOnlySpan<float> values) => new(values);

    /// <summary>The action of an array.</summary>
    public static implicit operator AgentAction(Span<float> values) => new(values);

    /// <summary>The action of an array.</summary>
    public static implicit operator AgentAction(float[] values) => new(values);

    /// <summary>The action of an array, as a collection expression makes it.</summary>
    public static AgentAction Of(ReadOnlySpan<float> values) => new(values);

    /// <summary>Goes through the numbers of an array.</summary>
    public ReadOnlySpan<float>.Enumerator GetEnumerator() => Values.GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => Values.IsEmpty ? $"{Index}" : $"[{string.Join(", ", Values.ToArray())}]";
}
