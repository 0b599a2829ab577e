namespace Strata.Data;

/// <summary>An end of a sequence.</summary>
public enum SequenceEnd
{
    /// <summary>Before the first item.</summary>
    Pre,

    /// <summary>After the last item.</summary>
    Post,
}
