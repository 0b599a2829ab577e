namespace Strata.Data;

/// <summary>How many questions word vectors answered rightly.</summary>
/// <param name="Sections">By kind of question.</param>
public sealed record AnalogyScore(IReadOnlyList<AnalogySectionScore> Sections)
{
    /// <summary>Questions answered rightly.</summary>
    public int Right => Sections.Sum(s => s.Right);

    /// <summary>Questions asked: those whose four words all have vectors.</summary>
    public int Asked => Sections.Sum(s => s.Asked);

    /// <summary>Questions with a word that has no vector.</summary>
    public int LeftOut => Sections.Sum(s => s.LeftOut);

    /// <summary>The share of the questions asked that were answered rightly; NaN if none was asked.</summary>
    public double Accuracy => (double)Right / Asked;
}

/// <summary>The answers to questions of one kind.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Right">Questions answered rightly.</param>
/// <param name="Asked">Questions whose four words all have vectors.</param>
/// <param name="LeftOut">The other questions.</param>
public sealed record AnalogySectionScore(string Name, int Right, int Asked, int LeftOut);
