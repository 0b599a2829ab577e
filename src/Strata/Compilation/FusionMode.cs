namespace Strata;

/// <summary>How chains of element-wise operations run in a plan.</summary>
public enum FusionMode
{
    /// <summary>As one pass over memory: by an interpreter of tiles at first, by an emitted loop as soon as it is compiled in the background, where the runtime can.</summary>
    Auto,

    /// <summary>One after the other, as they were written.</summary>
    Off,

    /// <summary>As one pass over memory by an interpreter that walks tiles of the size of the cache. Needs no code at run time.</summary>
    Interpret,

    /// <summary>As one pass over memory by loops that are emitted before the first run. Where the runtime cannot emit code, as <see cref="Interpret"/>.</summary>
    Emit,
}
