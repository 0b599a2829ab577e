namespace Strata.Data;

/// <summary>How occurrences of frequent words are thinned out (Mikolov et al. 2013, 1310.4546, section 2.3).</summary>
public enum SubsamplingRule
{
    /// <summary>Keeps with min(1, (√(f/t) + 1)·t/f), as the published program does; nothing below 2.618·t is dropped.</summary>
    Program,

    /// <summary>Keeps with min(1, √(t/f)), equation (5) of the paper.</summary>
    Paper,
}

/// <summary>The probability with which an occurrence of a word is kept.</summary>
public static class Subsampling
{
    /// <summary>The probability for a word of one frequency.</summary>
    /// <param name="frequency">f, the word's share of the text.</param>
    /// <param name="threshold">t; 0 keeps everything.</param>
    /// <param name="rule">The formula.</param>
    public static double KeepProbability(double frequency, double threshold, SubsamplingRule rule = SubsamplingRule.Program)
    {
        if (threshold <= 0 || frequency <= 0) return 1;
        var root = Math.Sqrt(threshold / frequency);
        return Math.Min(1, rule == SubsamplingRule.Program ? root + (root * root) : root);
    }

    /// <summary>The probability for each word of a corpus.</summary>
    public static double[] KeepProbabilities(WordCorpus corpus, double threshold, SubsamplingRule rule = SubsamplingRule.Program)
    {
        double length = corpus.Length;
        return [.. corpus.Counts.ToArray().Select(c => KeepProbability(c / length, threshold, rule))];
    }
}
