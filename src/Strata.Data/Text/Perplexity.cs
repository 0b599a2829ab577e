namespace Strata.Data;

/// <summary>How many equally probable tokens a model hesitates between: e to the mean of −ln p over all tokens.</summary>
public static class Perplexity
{
    /// <summary>The perplexity of the logarithms of the probabilities that a model gave to the tokens that came.</summary>
    /// <exception cref="StrataException">There are none.</exception>
    public static double Of(ReadOnlySpan<double> logProbabilities)
    {
        if (logProbabilities.Length == 0) throw new StrataException("Perplexity: there are no tokens.");
        var sum = 0.0;
        foreach (var p in logProbabilities) sum += p;
        return Math.Exp(-sum / logProbabilities.Length);
    }
}
