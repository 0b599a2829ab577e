namespace Strata.Data;

/// <summary>How probable it is to keep a word in <see cref="SkipGrams"/>, from its rank by frequency alone.</summary>
public static class SamplingTable
{
    const double Gamma = 0.577; // Euler's constant as Keras rounds it

    /// <summary>min(1, √(factor·r(ln r + γ) + …)) for the words of rank r = 0, 1, …, of which the first counts as rank 1: under Zipf's law the frequency of
    /// rank r is 1/(r(ln r + γ) + ½ − 1/(12r)), and word2vec keeps a word with probability min(1, √(factor/frequency)).</summary>
    /// <param name="size">The number of words.</param>
    /// <param name="factor">The factor.</param>
    public static double[] Of(int size, double factor = 1e-5)
    {
        var table = new double[size];
        for (var i = 0; i < size; i++)
        {
            var r = Math.Max(1.0, i);
            var inverse = (r * (Math.Log(r) + Gamma)) + 0.5 - (1 / (12 * r));
            table[i] = Math.Min(1, Math.Sqrt(factor * inverse));
        }

        return table;
    }
}
