namespace Strata.Compilation.Planning;

/// <summary>A stretch of memory that tensors of a plan live in.</summary>
/// <param name="kind">Whose memory it is.</param>
/// <param name="bytes">Its size.</param>
internal sealed class Buffer(BufferKind kind, long bytes)
{
    public BufferKind Kind { get; set; } = kind;

    public long Bytes { get; } = bytes;

    /// <summary>The node that first writes it; −1: it is there before.</summary>
    public int First { get; set; } = -1;

    /// <summary>The last node that takes it; <see cref="int.MaxValue"/>: it is needed after the run.</summary>
    public int Last { get; set; } = -1;

    /// <summary>Where it lies in the arena.</summary>
    public long Offset { get; set; }

    /// <summary>The variable whose memory it is.</summary>
    public Variable? Variable { get; init; }
}
