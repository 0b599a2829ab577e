namespace Strata.Data.Tests.Text;

public sealed class PieceTests
{
    // The corpus of Sennrich et al. 2016.
    static readonly Dictionary<string, int> corpus = new() { ["low"] = 5, ["lower"] = 2, ["newest"] = 6, ["widest"] = 3 };

    [Fact]
    public void Byte_pair_encoding_joins_the_most_frequent_pairs()
    {
        var encoding = BytePairEncoding.Train(corpus, 100);
        Assert.Equal(
            [
                ("e", "s"), ("es", "t</w>"), ("l", "o"), ("e", "w"), ("ew", "est</w>"), ("n", "ewest</w>"), ("lo", "w</w>"),
                ("d", "est</w>"), ("i", "dest</w>"), ("w", "idest</w>"), ("e", "r</w>"), ("lo", "w"), ("low", "er</w>"),
            ],
            encoding.Merges);
        Assert.Equal(["newest</w>"], encoding.Encode("newest"));
        Assert.Equal(["low", "est</w>"], encoding.Encode("lowest"));
        Assert.Equal(["x", "low</w>"], encoding.Encode("xlow"));
        Assert.Equal("lowest xlow", BytePairEncoding.Decode(encoding.EncodeText(" lowest  xlow ")));
        Assert.Equal(encoding.Merges.Take(2), BytePairEncoding.Train(corpus.Reverse(), 2).Merges);
        Assert.Empty(encoding.Encode(""));
    }

    [Fact]
    public void A_repeated_symbol_is_joined_from_the_left()
    {
        var encoding = BytePairEncoding.Train([new("aaaa", 3)], 1);
        Assert.Equal(("a", "a"), encoding.Merges[0]);
        Assert.Equal(["aa", "a", "a</w>"], encoding.Encode("aaaa"));
    }

    [Fact]
    public void Characters_of_two_units_stay_whole() => Assert.Equal(["😀", "é</w>"], new BytePairEncoding([]).Encode("😀é"));

    [Fact]
    public void WordPiece_joins_the_pairs_that_occur_most_often_together()
    {
        var words = new Dictionary<string, int> { ["hug"] = 10, ["pug"] = 5, ["pun"] = 12, ["bun"] = 4, ["hugs"] = 5 };
        // gs: 5/(20·5) is more than any other; then ug, of those with 1/36 the first in order.
        Assert.Equal(["##g", "##gs", "##n", "##s", "##u", "##ug", "b", "h", "p"], WordPiece.Train(words, 9).Pieces);
        Assert.Equal(["hugs"], WordPiece.Train(words, 1000).Encode("hugs"));
        Assert.Equal(["b", "##ug"], WordPiece.Train(words, 9).Encode("bug"));
    }

    [Fact]
    public void WordPiece_takes_the_longest_piece_from_the_left()
    {
        var pieces = new WordPiece(["un", "##aff", "##able", "##a", "runn", "##ing"]);
        Assert.Equal(["un", "##aff", "##able"], pieces.Encode("unaffable"));
        Assert.Equal(["[UNK]"], pieces.Encode("unx"));
        Assert.Equal(["un", "##a", "[UNK]"], pieces.EncodeText("una able"));
        Assert.Equal("unaffable running", WordPiece.Decode(["un", "##aff", "##able", "runn", "##ing"]));
        Assert.Equal(["[UNK]"], new WordPiece(["a", "##a"], maxLength: 3).Encode("aaaa"));
    }
}
