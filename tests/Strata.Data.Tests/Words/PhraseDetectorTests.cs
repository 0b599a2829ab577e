using Strata.Random;

namespace Strata.Data.Tests.Words;

public sealed class PhraseDetectorTests
{
    // 100 words: new 10 times, york 8 times, 8 times together: (8 − 5)/(10·8)·100 = 3.75.
    static readonly string[][] sentences =
    [
        .. Enumerable.Repeat((string[])["in", "new", "york"], 8), ["new", "shoes"], ["new", "in"], .. Enumerable.Repeat((string[])["in", "the", "end", "x"], 18),
    ];

    [Fact]
    public void The_score_is_that_of_equation_6_times_the_length()
    {
        var corpus = WordCorpus.Of(sentences);
        Assert.Equal(100, corpus.Length);
        var detector = new PhraseDetector(corpus, discount: 5, threshold: 3.7);
        Assert.Equal(3.75, detector.Phrases[("new", "york")], 1e-12);
        Assert.DoesNotContain(("in", "new"), detector.Phrases.Keys); // (8 − 5)/(27·10)·100 = 1.11
        Assert.DoesNotContain(("new", "york"), new PhraseDetector(corpus, discount: 5, threshold: 3.75).Phrases.Keys);
        Assert.DoesNotContain(("new", "shoes"), detector.Phrases.Keys);
        Assert.Contains(("new", "shoes"), new PhraseDetector(corpus, discount: 0, threshold: 3.7).Phrases.Keys); // 1/10·100 = 10
    }

    [Fact]
    public void A_word_that_ends_a_phrase_does_not_begin_another()
    {
        var corpus = WordCorpus.Of(Enumerable.Repeat((string[])["a", "b", "c"], 10).Concat(Enumerable.Repeat((string[])["x"], 70)));
        var detector = new PhraseDetector(corpus, threshold: 1);
        Assert.Equal(2, detector.Phrases.Count); // a b and b c
        Assert.Equal(["a_b", "c", "b_c", "a", "a_b"], detector.Join(["a", "b", "c", "b", "c", "a", "a", "b"]));
        Assert.Equal(["x", "a_b", "c"], detector.Join(corpus).Words.Decode([0, 1, 2]));
    }

    [Fact]
    public void A_second_pass_makes_longer_phrases_and_sentences_keep_their_ends()
    {
        var corpus = WordCorpus.Of(Enumerable.Repeat((string[])["a", "b", "c"], 10).Concat(Enumerable.Repeat((string[])["x"], 70)));
        var once = new PhraseDetector(corpus, threshold: 1).Join(corpus);
        var twice = new PhraseDetector(once, threshold: 1).Join(once);
        Assert.Equal(["x", "a_b_c"], twice.Words.Decode([0, 1]));
        Assert.Equal([70, 10], twice.Counts.ToArray());
        Assert.Equal([1, -1, 1, -1], twice.Tokens.ToArray()[..4]);
    }

    [Fact]
    public void Planted_phrases_are_planted()
    {
        var (corpus, phrases) = PlantedPhrases.Draw(200_000, 2_000, 20, chance: 50, new RandomStream(1));
        Assert.Equal(20, phrases.Count);
        Assert.Equal(40, phrases.SelectMany(p => (string[])[p.First, p.Second]).Distinct().Count());
        var scores = new PhraseDetector(corpus, discount: 0, threshold: 0).Phrases;
        Assert.InRange(phrases.Average(p => scores[p]), 40, 60);
    }
}
