using Strata.Formats;

namespace Strata.Data.Tests.Words;

public sealed class WordCorpusTests
{
    static string Text(WordCorpus corpus) => string.Join(' ', corpus.Tokens.ToArray().Select(t => t < 0 ? "|" : corpus.Words[t]));

    [Fact]
    public void Words_are_numbered_by_falling_frequency_and_rare_ones_left_out()
    {
        var corpus = WordCorpus.Of([["b", "a", "rare"], ["rare2"], ["a", "c", "a", "b", "c"], []], minCount: 2);
        Assert.Equal("b a | a c a b c |", Text(corpus));
        Assert.Equal(["a", "b", "c"], corpus.Words.Decode([0, 1, 2])); // b stands before c
        Assert.Equal([3, 2, 2], corpus.Counts.ToArray());
        Assert.Equal(7, corpus.Length);
        Assert.Equal("a | a a |", Text(corpus.WithMinCount(3)));
    }

    [Fact]
    public void A_line_of_a_file_is_a_sentence_whatever_the_white_space()
    {
        using var folder = new TemporaryFolder();
        var first = folder.Write("first", "der  Bär\tschläft\r\n\n ja ");
        var second = folder.WriteGzip("second.gz", "und\u00A0schläft"); // a space that does not break is white space, too
        Assert.Equal("der Bär schläft | ja | und schläft |", Text(WordCorpus.Read([first, second], minCount: 1)));
    }

    [Fact]
    public void Words_that_blocks_of_the_file_cut_are_whole()
    {
        using var folder = new TemporaryFolder();
        var words = Enumerable.Range(0, 40_000).Select(i => $"word{i}").ToArray();
        var corpus = WordCorpus.Read(folder.Write("text", string.Join(' ', words)), minCount: 1);
        Assert.Equal(words, corpus.Words.Decode(Enumerable.Range(0, words.Length)));
    }

    [Fact]
    public void What_is_no_text_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.EndsWith("there is no word in it.", Assert.Throws<DataFileException>(() => WordCorpus.Read(folder.Write("empty", "\n \n"))).Message);
        Assert.EndsWith("a word has more than 1000 characters; expected words with white space between them.", Assert.Throws<DataFileException>(() => WordCorpus.Read(folder.Write("long", new string('x', 100_000)))).Message);
        Assert.Equal("WordCorpus: none of the 2 words occurs 5 times or more.", Assert.Throws<StrataException>(() => WordCorpus.Read(folder.Write("rare", "a b"))).Message);
    }

    [Fact]
    public void The_rule_of_the_program_keeps_all_up_to_2618_times_the_threshold()
    {
        const double T = 1e-4;
        var golden = Math.Pow((1 + Math.Sqrt(5)) / 2, 2);
        Assert.Equal(1, Subsampling.KeepProbability(golden * T * 0.9999, T));
        Assert.InRange(Subsampling.KeepProbability(golden * T * 1.0001, T), 0.9999, 0.999999);
        Assert.Equal(0.11, Subsampling.KeepProbability(100 * T, T), 1e-12);
        Assert.Equal(0.1, Subsampling.KeepProbability(100 * T, T, SubsamplingRule.Paper), 1e-12);
        Assert.Equal(1, Subsampling.KeepProbability(0.5, 0));
        Assert.Equal([0.75, 1], Subsampling.KeepProbabilities(WordCorpus.Of([["a", "a", "a", "a", "b"]]), 0.2).Select(p => Math.Round(p, 12)));
    }

    // χ² with 4 degrees of freedom exceeds 18.5 once in a thousand times.
    [Fact]
    public void An_alias_table_draws_in_proportion_to_the_weights()
    {
        double[] weights = [.. new long[] { 1000, 300, 50, 7, 0, 1 }.Select(c => Math.Pow(c, 0.75))];
        var table = new AliasTable(weights);
        var random = new System.Random(1);
        var counts = new int[weights.Length];
        const int Draws = 200_000;
        for (var i = 0; i < Draws; i++) counts[table.Draw((ulong)random.NextInt64() << 1)]++;
        Assert.Equal(0, counts[4]);
        var total = weights.Sum();
        Assert.InRange(weights.Zip(counts).Where(p => p.First > 0).Sum(p => Math.Pow(p.Second - (Draws * p.First / total), 2) / (Draws * p.First / total)), 0, 18.5);
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Equal(0, new AliasTable([3]).Draw((ulong)random.NextInt64())));
    }

    [Fact]
    public void Weights_that_are_no_distribution_are_refused()
    {
        Assert.Equal("AliasTable: a weight is -1; weights are at least 0 and finite.", Assert.Throws<StrataException>(() => new AliasTable([1, -1])).Message);
        Assert.Equal("AliasTable: the sum of the weights must be positive and finite.", Assert.Throws<StrataException>(() => new AliasTable([0, 0])).Message);
        Assert.Throws<StrataException>(() => new AliasTable([]));
    }
}
