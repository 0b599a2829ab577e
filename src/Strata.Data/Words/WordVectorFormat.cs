namespace Strata.Data;

/// <summary>The two forms of a file of word vectors.</summary>
public enum WordVectorFormat
{
    /// <summary>A line a word: the word and its numbers with spaces between them (<c>.txt</c>, <c>.vec</c>).</summary>
    Text,

    /// <summary>Each word, a space, its numbers as float32 with the low byte first, and a line break (<c>.bin</c>).</summary>
    Binary,
}
