using System.Text.RegularExpressions;

namespace Strata.Data;

/// <summary>The agreement of translations with references (Papineni et al. 2002), computed as sacrebleu does by default: its "13a" tokenizer, exponential smoothing of
/// precisions that are 0, counts summed over the corpus.</summary>
/// <param name="Score">0 … 100: the brevity penalty times the geometric mean of the precisions.</param>
/// <param name="Precisions">The share of n-grams, n = 1 … 4, that are in a reference, in percent.</param>
/// <param name="BrevityPenalty">e^(1 − r/c) where the translations (c tokens) are shorter than the references (r), else 1.</param>
/// <param name="HypothesisLength">c.</param>
/// <param name="ReferenceLength">r: for each translation the length of the reference nearest to its own, the shorter if two are as near.</param>
public sealed partial record Bleu(double Score, IReadOnlyList<double> Precisions, double BrevityPenalty, int HypothesisLength, int ReferenceLength)
{
    const int Order = 4;

    /// <summary>The agreement of a corpus.</summary>
    /// <param name="hypotheses">The translations.</param>
    /// <param name="references">For each translation its references.</param>
    /// <exception cref="StrataException">The lists are of different length, or a translation has no reference.</exception>
    public static Bleu OfCorpus(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references)
    {
        if (hypotheses.Count != references.Count) throw new StrataException($"Bleu: there are {hypotheses.Count} translations, but references for {references.Count}.");
        var statistics = new Statistics();
        for (var i = 0; i < hypotheses.Count; i++) statistics.Add(hypotheses[i], references[i]);
        return statistics.Result(Order);
    }

    /// <summary>The agreement of one sentence: as of a corpus, but with n only as far as the sentence has n-grams (sacrebleu's "effective order").</summary>
    /// <inheritdoc cref="OfCorpus"/>
    public static Bleu OfSentence(string hypothesis, params ReadOnlySpan<string> references)
    {
        var statistics = new Statistics();
        statistics.Add(hypothesis, references.ToArray());
        return statistics.Result(statistics.EffectiveOrder);
    }

    /// <summary>The tokens of a text as the mteval-v13a script makes them.</summary>
    public static string[] Tokenize(string text)
    {
        text = text.TrimEnd().Replace("<skipped>", "").Replace("-\n", "").Replace('\n', ' ');
        if (text.Contains('&')) text = text.Replace("&quot;", "\"").Replace("&amp;", "&").Replace("&lt;", "<").Replace("&gt;", ">");
        text = $" {text} ";
        text = Symbols().Replace(text, " $1 ");
        text = MarkAfterNonDigit().Replace(text, "$1 $2 ");
        text = MarkBeforeNonDigit().Replace(text, " $1 $2");
        text = DashAfterDigit().Replace(text, "$1 $2 ");
        return text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"([\{-\~\[-\` -\&\(-\+\:-\@\/])")]
    private static partial Regex Symbols();

    [GeneratedRegex(@"([^0-9])([\.,])")]
    private static partial Regex MarkAfterNonDigit();

    [GeneratedRegex(@"([\.,])([^0-9])")]
    private static partial Regex MarkBeforeNonDigit();

    [GeneratedRegex(@"([0-9])(-)")]
    private static partial Regex DashAfterDigit();

    sealed class Statistics
    {
        readonly long[] matches = new long[Order], totals = new long[Order];
        int hypothesisLength, referenceLength;

        public int EffectiveOrder => Math.Max(1, totals.Count(t => t > 0));

        public void Add(string hypothesis, IReadOnlyList<string> references)
        {
            if (references.Count == 0) throw new StrataException("Bleu: a translation has no reference.");
            var tokens = Tokenize(hypothesis);
            var others = references.Select(Tokenize).ToArray();
            hypothesisLength += tokens.Length;
            referenceLength += others.Select(r => r.Length).OrderBy(l => Math.Abs(l - tokens.Length)).ThenBy(l => l).First();
            for (var n = 1; n <= Order; n++)
            {
                totals[n - 1] += Math.Max(0, tokens.Length - n + 1);
                var allowed = new Dictionary<string, int>(StringComparer.Ordinal);
                foreach (var counts in others.Select(r => Grams(r, n)))
                    foreach (var (gram, count) in counts) allowed[gram] = Math.Max(count, allowed.GetValueOrDefault(gram));
                foreach (var (gram, count) in Grams(tokens, n)) matches[n - 1] += Math.Min(count, allowed.GetValueOrDefault(gram));
            }
        }

        public Bleu Result(int order)
        {
            var precisions = new double[Order];
            var smoothing = 1.0;
            for (var n = 0; n < Order && totals[n] > 0; n++)
            {
                if (matches[n] == 0) smoothing *= 2;
                precisions[n] = matches[n] == 0 ? 100 / (smoothing * totals[n]) : 100.0 * matches[n] / totals[n];
            }

            var brevity = hypothesisLength >= referenceLength ? 1 : hypothesisLength > 0 ? Math.Exp(1 - ((double)referenceLength / hypothesisLength)) : 0;
            var score = matches[0] == 0 || precisions.Take(order).Any(p => p == 0) ? 0 : brevity * Math.Exp(precisions.Take(order).Average(Math.Log));
            return new Bleu(score, precisions, brevity, hypothesisLength, referenceLength);
        }

        static Dictionary<string, int> Grams(string[] tokens, int n)
        {
            var counts = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i + n <= tokens.Length; i++)
            {
                var gram = string.Join(' ', tokens, i, n);
                counts[gram] = counts.GetValueOrDefault(gram) + 1;
            }

            return counts;
        }
    }
}
