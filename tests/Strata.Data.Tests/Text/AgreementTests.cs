namespace Strata.Data.Tests.Text;

public sealed class AgreementTests
{
    [Fact]
    public void Bleu_is_that_of_sacrebleu()
    {
        // The example of sacrebleu's README.
        var score = Bleu.OfCorpus(
            ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."],
            [
                ["The dog bit the man.", "The dog had bit the man."],
                ["It was not unexpected.", "No one was surprised."],
                ["The man bit him first.", "The man had bitten the dog."],
            ]);
        Assert.Equal(48.530827009929865, score.Score, 1e-10);
        Assert.Equal((17, 18), (score.HypothesisLength, score.ReferenceLength));
        Assert.Equal([100.0 * 14 / 17, 50, 100.0 * 5 / 11, 37.5], score.Precisions, (a, b) => Math.Abs(a - b) < 1e-10);
        Assert.Equal(Math.Exp(1 - (18.0 / 17)), score.BrevityPenalty, 1e-12);
    }

    [Fact]
    public void Bleu_of_the_papers_first_candidate() => Assert.Equal(
        50.45666840058485,
        Bleu.OfSentence(
            "It is a guide to action which ensures that the military always obeys the commands of the party",
            "It is a guide to action that ensures that the military will forever heed Party commands",
            "It is the guiding principle which guarantees the military forces always being under the command of the Party",
            "It is the practical guide for the army always to heed the directions of the party").Score,
        1e-9);

    [Fact]
    public void Precisions_of_0_are_smoothed_by_halves()
    {
        var score = Bleu.OfSentence("a b c d", "a x c y");
        Assert.Equal([50, 100 / 6.0, 12.5, 12.5], score.Precisions, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(Math.Pow(50 * (100 / 6.0) * 12.5 * 12.5, .25), score.Score, 1e-12);
        Assert.Equal(0, Bleu.OfSentence("a b", "c d").Score);
        Assert.Equal(0, Bleu.OfSentence("", "c d").Score);
        Assert.Equal(100, Bleu.OfSentence("a b c d e", "a b c d e").Score, 1e-12);
        Assert.Equal(100, Bleu.OfSentence("a b", "a b").Score, 1e-12); // no n-grams longer than 2
        Assert.Equal(0, Bleu.OfCorpus(["a b"], [["a b"]]).Score);
    }

    [Fact]
    public void Text_is_cut_as_by_mteval_13a()
    {
        Assert.Equal(["Hello", ",", "world", "!"], Bleu.Tokenize("Hello, world!"));
        Assert.Equal(["$", "3.5", "and", "1,000", "(", "x", ")", "."], Bleu.Tokenize("$3.5 and 1,000 (x)."));
        Assert.Equal(["1990", "-", "2000", "well-known", "it's"], Bleu.Tokenize("1990-2000 well-known it's"));
        Assert.Equal(["\"", "a", "&", "b", "\""], Bleu.Tokenize("&quot;a &amp; b&quot;"));
    }

    [Fact]
    public void The_edit_distance_counts_insertions_deletions_and_substitutions()
    {
        Assert.Equal(3, EditDistance.Of("kitten", "sitting"));
        Assert.Equal(2, EditDistance.Of("flaw", "lawn"));
        Assert.Equal(3, EditDistance.Of("", "abc"));
        Assert.Equal(0, EditDistance.Of("same", "same"));
        Assert.Equal(1, EditDistance.Of<int>([1, 2, 3], [1, 3]));
    }

    [Fact]
    public void Error_rates_count_over_all_texts_together()
    {
        Assert.Equal(2 / 7.0, EditDistance.WordErrorRate(["the cat sat", "on the red mat"], ["the cat sat", "on a mat"]), 1e-15);
        Assert.Equal(3 / 6.0, EditDistance.CharacterErrorRate(["kitten"], ["sitting"]), 1e-15);
        Assert.Throws<StrataException>(() => EditDistance.WordErrorRate([""], ["a"]));
        Assert.Throws<StrataException>(() => EditDistance.WordErrorRate(["a"], []));
    }

    [Fact]
    public void Perplexity_is_the_number_of_equal_choices()
    {
        Assert.Equal(8, Perplexity.Of([Math.Log(1 / 8.0), Math.Log(1 / 8.0)]), 1e-12);
        Assert.Equal(4, Perplexity.Of([Math.Log(.5), Math.Log(.125)]), 1e-12);
        Assert.Throws<StrataException>(() => Perplexity.Of([]));
    }
}
