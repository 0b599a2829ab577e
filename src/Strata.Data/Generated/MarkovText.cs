using Strata.Random;

namespace Strata.Data;

/// <summary>Text of a Markov chain of order 2 whose entropy is known. After the words a, b the row (b + 7·(a mod 3)) mod V of a table says which
/// six words follow, with probabilities .40 .25 .15 .10 .06 .04; with probability 0.1 any word follows instead, all alike.</summary>
public sealed class MarkovText
{
    const double Noise = 0.1;
    static readonly double[] shares = [.40, .25, .15, .10, .06, .04];
    readonly int[][] successors; // of each row, all different

    /// <summary>Draws the table.</summary>
    /// <param name="vocabulary">V, the number of words; 6 at least.</param>
    /// <param name="random">Whence.</param>
    public MarkovText(int vocabulary, RandomStream random)
    {
        if (vocabulary < shares.Length) throw new StrataException($"MarkovText: there must be {shares.Length} words at least, not {vocabulary}.");
        successors = new int[vocabulary][];
        for (var row = 0; row < vocabulary; row++)
        {
            var words = Enumerable.Range(0, vocabulary).ToArray();
            random.Shuffle<int>(words);
            successors[row] = words[..shares.Length];
        }
    }

    /// <summary>V, the number of words.</summary>
    public int Vocabulary => successors.Length;

    /// <summary>The perplexity of a model that knows the table: e to the entropy of the next word, which is the same after all words.</summary>
    public double TruePerplexity
    {
        get
        {
            var any = Noise / Vocabulary;
            var entropy = -(Vocabulary - shares.Length) * any * Math.Log(any);
            foreach (var share in shares)
            {
                var p = ((1 - Noise) * share) + any;
                entropy -= p * Math.Log(p);
            }

            return Math.Exp(entropy);
        }
    }

    /// <summary>The probability of each word after the words <paramref name="a"/>, <paramref name="b"/>.</summary>
    public double[] Following(int a, int b)
    {
        var p = new double[Vocabulary];
        Array.Fill(p, Noise / Vocabulary);
        var row = Row(a, b);
        for (var i = 0; i < shares.Length; i++) p[row[i]] += (1 - Noise) * shares[i];
        return p;
    }

    /// <summary>Words in 0 … V − 1, one after the other.</summary>
    /// <param name="count">How many.</param>
    /// <param name="random">Whence.</param>
    public int[] Draw(int count, RandomStream random)
    {
        var (a, b) = (random.NextInt(Vocabulary), random.NextInt(Vocabulary));
        var words = new int[count];
        for (var i = 0; i < count; i++)
        {
            (a, b) = (b, random.NextDouble() < Noise ? random.NextInt(Vocabulary) : Successor(Row(a, b), random.NextDouble()));
            words[i] = b;
        }

        return words;
    }

    int[] Row(int a, int b) => successors[(b + (7 * (a % 3))) % Vocabulary];

    static int Successor(int[] row, double u)
    {
        var i = 0;
        while (i < shares.Length - 1 && u >= shares[i]) u -= shares[i++];
        return row[i];
    }
}
