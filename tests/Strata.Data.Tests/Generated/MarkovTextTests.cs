using Strata.Random;

namespace Strata.Data.Tests.Generated;

public sealed class MarkovTextTests
{
    readonly MarkovText markov = new(30, new RandomStream(1));

    [Fact]
    public void Six_words_share_what_is_not_left_to_all()
    {
        var p = markov.Following(4, 7);
        Assert.Equal(1, p.Sum(), 1e-12);
        Assert.Equal(24, p.Count(v => Math.Abs(v - (0.1 / 30)) < 1e-12));
        Assert.Equal((0.9 * 0.4) + (0.1 / 30), p.Max(), 1e-12);
    }

    [Fact]
    public void The_word_before_the_last_counts_by_its_remainder()
    {
        Assert.Equal(markov.Following(4, 7), markov.Following(1, 7));
        Assert.Equal(markov.Following(4, 7), markov.Following(0, 14)); // row 7 + 7·1 = 14 + 0
        Assert.NotEqual(markov.Following(4, 7), markov.Following(5, 7));
    }

    [Fact]
    public void Who_knows_the_table_is_as_unsure_as_said()
    {
        var words = markov.Draw(20_000, new RandomStream(2));
        var sum = 0.0;
        for (var i = 2; i < words.Length; i++) sum += Math.Log(markov.Following(words[i - 2], words[i - 1])[words[i]]);
        Assert.Equal(markov.TruePerplexity, Math.Exp(-sum / (words.Length - 2)), 0.02 * markov.TruePerplexity);
    }

    [Fact]
    public void Too_few_words_are_refused() => Assert.Equal(
        "MarkovText: there must be 6 words at least, not 5.",
        Assert.Throws<StrataException>(() => new MarkovText(5, new RandomStream(1))).Message);
}
