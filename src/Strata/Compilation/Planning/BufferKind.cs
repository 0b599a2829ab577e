namespace Strata.Compilation.Planning;

/// <summary>Whose memory a <see cref="Buffer"/> is.</summary>
internal enum BufferKind
{
    /// <summary>The plan's, shared with other buffers at other times.</summary>
    Arena,

    /// <summary>The caller's.</summary>
    Argument,

    /// <summary>The graph's.</summary>
    Constant,

    /// <summary>A variable's.</summary>
    Variable,

    /// <summary>The plan's, written by the host before each run.</summary>
    Host,

    /// <summary>Taken from the pool for each run and handed out: a result, or a new value of a variable.</summary>
    Result,
}
