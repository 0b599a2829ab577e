using Strata.Formats;

namespace Strata.Data.Tests.Text;

public sealed class SentencePairTests
{
    static readonly SentencePair pair = new([7, 8, 9], [4, 5], [2, 0]);

    [Fact]
    public void Reversing_twice_is_the_identity()
    {
        var reversed = pair.Reversed();
        Assert.Equal([9, 8, 7], reversed.Source);
        Assert.Equal([4, 5], reversed.Target);
        Assert.Equal([0, 2], reversed.Alignment!);
        Assert.Equal(pair.Source, reversed.Reversed().Source);
        Assert.Equal(pair.Alignment, reversed.Reversed().Alignment);
    }

    [Fact]
    public void A_batch_tells_the_model_the_tokens_before_those_it_must_give()
    {
        var batch = BucketedPairs.Of([pair, new([6], [5, 4, 4])]);
        Assert.Equal([7, 8, 9, 0, 6, 0, 0, 0], batch.Inputs[0].ToArray<int>());
        Assert.Equal([1, 4, 5, 0, 1, 5, 4, 4], batch.Inputs[1].ToArray<int>());
        Assert.Equal([4, 5, 2, 0, 5, 4, 4, 2], batch.Targets[0].ToArray<int>());
    }

    [Fact]
    public void Pairs_of_about_one_length_share_a_batch()
    {
        var pairs = new BucketedPairs([pair, new([6], [5, 4, 4]), new([4], [4]), new([4, 4], [4])], [2, 3], batchSize: 2);
        Assert.Equal(3, pairs.BatchCount);
        Assert.Equal([Shape.Of(2, 2), Shape.Of(1, 3), Shape.Of(1, 4)], pairs.Epoch(0).Select(b => b.Inputs[0].Shape).OrderBy(s => s[1]));
        Assert.Equal("BucketedPairs: the boundaries 3, 2 must be positive and ascend. (Parameter 'boundaries')", Assert.Throws<ArgumentException>(() => new BucketedPairs([pair], [3, 2])).Message);
    }

    [Fact]
    public void Parallel_texts_are_read_from_two_files_each()
    {
        using var folder = new TemporaryFolder();
        folder.Write("train.en", "a b.\n\nc\n");
        folder.Write("train.fr", "x y z .\nleft out\nw\n");
        foreach (var name in (string[])["val", "test_2016_flickr"])
        {
            folder.WriteGzip(name + ".en.gz", "a\n");
            folder.WriteGzip(name + ".fr.gz", "x\n");
        }

        var text = ParallelText.Load(folder.Path, "en", "fr");
        Assert.Equal(["a", "b", "."], text.Train.First().Source);
        Assert.Equal(["a b . = x y z .", "c = w"], text.Train.Select(p => $"{string.Join(' ', p.Source)} = {string.Join(' ', p.Target)}"));
        Assert.Single(text.Train.Skip(1));
        Assert.Single(text.Test);

        folder.Write("train.fr", "x\n");
        Assert.Contains("it ends at line 1, but 'train.en' goes on", Assert.Throws<DataFileException>(() => text.Train.Count()).Message);
        Assert.Contains("a parallel text needs train.de, valid.de, test.de", Missing("de"));

        string Missing(string other) => Assert.Throws<DataFileException>(() => ParallelText.Load(folder.Path, other, other)).Message.Replace(", train.de,", ",").Replace(", valid.de,", ",").Replace(", test.de (", " (");
    }

    [Fact]
    public void A_table_of_pairs_is_parted_by_its_source_sentences()
    {
        using var folder = new TemporaryFolder();
        folder.Write("eng-fra.tsv", string.Concat(Enumerable.Range(0, 400).Select(i => $"s{i / 2}\tt{i}\n")));
        var text = ParallelText.Load(folder.Path, "en", "fr");
        Assert.Equal(["s0", "s0", "s50", "s50", "s100", "s100", "s150", "s150"], text.Test.Select(p => p.Source[0]));
        Assert.Equal(["s1", "s1", "s101", "s101"], text.Validation.Select(p => p.Source[0]));
        Assert.Equal(388, text.Train.Count());
        Assert.DoesNotContain(text.Train, p => p.Source[0] is "s0" or "s50" or "s1");
        folder.Write("eng-fra.tsv", "no tab\n");
        Assert.Contains("line 1 has no tab", Assert.Throws<DataFileException>(() => text.Train.Count()).Message);
    }

    [Fact]
    public void The_alignment_error_rate_counts_links()
    {
        // Och and Ney's formula by hand: A = {(0,0), (1,1), (2,2)}, S = {(0,0), (1,1)}, P = S ∪ {(2,1)}.
        var rate = new AlignmentErrorRate();
        Assert.Equal(double.NaN, rate.Value);
        rate.Add([(0, 0), (1, 1), (2, 2)], [(0, 0), (1, 1)], [(2, 1)]);
        Assert.Equal(1 - (4.0 / 5), rate.Value, 1e-12);
        rate.Add([0, 1, 1], [0, 1, 2]); // 2 of 3 right
        Assert.Equal(1 - ((4.0 + 4) / (5 + 6)), rate.Value, 1e-12);
        var perfect = new AlignmentErrorRate();
        perfect.Add([2, 1], [2, 1]);
        Assert.Equal(0, perfect.Value);
    }
}
