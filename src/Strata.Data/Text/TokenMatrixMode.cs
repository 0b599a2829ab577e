namespace Strata.Data;

/// <summary>What <see cref="Tokenizer"/> writes for a word of a text.</summary>
public enum TokenMatrixMode
{
    /// <summary>1 if it is there.</summary>
    Binary,

    /// <summary>How often it is there: c.</summary>
    Count,

    /// <summary>c by the length of the text.</summary>
    Freq,

    /// <summary>(1 + ln c)·ln(1 + texts/(1 + texts with the word)).</summary>
    TfIdf,
}
