using Strata.Data;
using Strata.Nn;

namespace Strata.Gallery.Language.Translation;

/// <summary>What a translation system is trained on and judged by.</summary>
/// <param name="Source">The source's tokens.</param>
/// <param name="Target">The target's tokens.</param>
/// <param name="Train">To learn from.</param>
/// <param name="Unseen">To judge by: with which perplexity they are translated.</param>
/// <param name="Tests">To judge by: how they are translated.</param>
public sealed record TranslationTask(
    Vocabulary Source, Vocabulary Target, IReadOnlyList<SentencePair> Train, IReadOnlyList<SentencePair> Unseen, IReadOnlyList<TranslationTask.Test> Tests)
{
    // Pairs of about equal length share a batch; each boundary is a shape that a step is planned for.
    static readonly int[] boundaries = [8, 12, 16, 20, 25, 32, 50];

    /// <summary>A sentence to be translated.</summary>
    /// <param name="Words">The sentence.</param>
    /// <param name="Pair">Its numbers, those of the first reference, and their alignment if it is known.</param>
    /// <param name="References">Its translations by people.</param>
    public sealed record Test(string[] Words, SentencePair Pair, IReadOnlyList<string> References);

    /// <summary>A generated language.</summary>
    public static TranslationTask Generated(SentencePair[] train, SentencePair[] unseen)
    {
        var (source, target) = (LexicalTranslation.SourceVocabulary, LexicalTranslation.TargetVocabulary);
        return new(source, target, train, unseen, [.. unseen.Select(p => new Test(source.Decode(p.Source), p, [string.Join(' ', target.Decode(p.Target))]))]);
    }

    /// <summary>Real text, with the most frequent words of each language and &lt;unk&gt; for all others.</summary>
    /// <param name="text">The text.</param>
    /// <param name="sourceWords">How many words of the source are known.</param>
    /// <param name="targetWords">How many words of the target are known.</param>
    /// <param name="longest">The most words of a sentence to learn from.</param>
    public static TranslationTask Of(ParallelText text, int sourceWords, int targetWords, int longest = 50)
    {
        var source = Words(text.Train.Select(p => p.Source), sourceWords);
        var target = Words(text.Train.Select(p => p.Target), targetWords);
        var tests = text.Test.GroupBy(p => string.Join(' ', p.Source)).Select(g =>
            new Test(g.First().Source, Numbers(g.First()), [.. g.Select(p => string.Join(' ', p.Target))]));
        return new(source, target, [.. Short(text.Train).Select(Numbers)], [.. Short(text.Test).Select(Numbers)], [.. tests]);

        static Vocabulary Words(IEnumerable<string[]> texts, int count) => Vocabulary.Of(texts, ["<pad>", "<begin>", "<end>"], "<unk>", maxSize: count + 4);
        IEnumerable<ParallelText.Pair> Short(IEnumerable<ParallelText.Pair> pairs) => pairs.Where(p => p.Source.Length <= longest && p.Target.Length < longest);
        SentencePair Numbers(ParallelText.Pair pair) => new(source.Encode(pair.Source), target.Encode(pair.Target));
    }

    /// <summary>The same with all sources read from their ends.</summary>
    public TranslationTask Reversed() => this with
    {
        Train = [.. Train.Select(p => p.Reversed())],
        Unseen = [.. Unseen.Select(p => p.Reversed())],
        Tests = [.. Tests.Select(t => t with { Words = [.. Enumerable.Reverse(t.Words)], Pair = t.Pair.Reversed() })],
    };

    /// <summary>The batches to learn from.</summary>
    public IBatches Batches(int batch, long seed) => new BucketedPairs(Train, boundaries, batch, seed);

    /// <summary>The batches to judge by.</summary>
    public IBatches UnseenBatches(int batch = 128) => new BucketedPairs(Unseen, boundaries, batch);

    /// <summary>The agreement of translations of the first tests with the references.</summary>
    public Bleu Agreement(IReadOnlyList<string> translations) => Bleu.OfCorpus(translations, [.. Tests.Take(translations.Count).Select(t => t.References)]);

    /// <summary>The share of translations of the first tests that are a reference.</summary>
    public double Exact(IReadOnlyList<string> translations) => translations.Select((t, i) => Tests[i].References.Contains(t) ? 1.0 : 0).Average();

    /// <summary>The share of unseen sentences of which a model that is told the words so far takes every word, and the end, for the most probable.</summary>
    public double TeacherForced(EncoderDecoder model)
    {
        var (right, count) = (0.0, 0);
        foreach (var batch in UnseenBatches().Epoch(0))
        {
            var (guesses, targets) = (model.Apply(batch.Inputs)[0].ArgMax(-1), batch.Targets[0].Cast(DType.Int64));
            right += (guesses.EqualTo(targets) | targets.EqualTo(SentencePair.Padding)).All(1).Cast(DType.Float32).Sum().Item();
            count += batch.Count;
        }

        return right / count;
    }

    /// <summary>Tokens as text.</summary>
    public string Text(IEnumerable<int> tokens) => string.Join(' ', Target.Decode(tokens));

    /// <summary>Translations of the first tests.</summary>
    /// <param name="translator">Who translates.</param>
    /// <param name="count">How many.</param>
    /// <param name="width">Of the beam.</param>
    public string[] Translate(Translator translator, int count, int width) => [.. Tests.Take(count).Select(t => Text(translator.Translate(t.Pair.Source, width)[0].Tokens))];
}
