using System.Numerics;

namespace Strata.Data.Tests.Text;

public sealed class TokenizerTests
{
    static readonly string[] mat = ["the cat sat on the mat"];

    [Fact]
    public void Words_are_numbered_by_falling_frequency_and_first_appearance()
    {
        var tokenizer = Fitted(new Tokenizer(), mat);
        Assert.Equal(new Dictionary<string, int> { ["the"] = 1, ["cat"] = 2, ["sat"] = 3, ["on"] = 4, ["mat"] = 5 }, tokenizer.WordIndex);
        Assert.Equal([1, 2, 3, 4, 1, 5], tokenizer.TextsToSequences(mat)[0]);
        Assert.Equal([5, 2], tokenizer.TextsToSequences(["Mat? dog; CAT!"])[0]);
        Assert.Equal("the cat sat on the mat", tokenizer.SequencesToTexts([[1, 2, 3, 4, 1, 5]])[0]);
        Assert.Equal(2, tokenizer.WordCounts["the"]);
        Assert.Equal(1, tokenizer.WordDocuments["the"]);
        Assert.Equal(1, tokenizer.DocumentCount);
    }

    [Fact]
    public void Text_is_cut_at_punctuation_but_not_at_apostrophes()
    {
        Assert.Equal(["don't", "stop", "me", "now"], Tokenizer.TextToWordSequence("Don't stop--me,\tnow!\n"));
        Assert.Equal(["A", "b"], Tokenizer.TextToWordSequence("A,,b", filters: "", lower: false, split: ","));
    }

    [Fact]
    public void NumWords_keeps_the_most_frequent_but_one()
    {
        Assert.Equal([1, 2, 1], Fitted(new Tokenizer(numWords: 3), mat).TextsToSequences(mat)[0]);
        Assert.Equal([2, 3, 1, 1, 2, 1], Fitted(new Tokenizer(numWords: 4, oovToken: "?"), mat).TextsToSequences(mat)[0]);
        var unknown = Fitted(new Tokenizer(oovToken: "?"), mat);
        Assert.Equal(1, unknown.WordIndex["?"]);
        Assert.Equal([1, 3], unknown.TextsToSequences(["dog cat"])[0]);
        Assert.Equal("? cat", unknown.SequencesToTexts([[1, 3]])[0]);
    }

    [Fact]
    public void Characters_can_be_the_tokens()
    {
        var tokenizer = Fitted(new Tokenizer(charLevel: true), ["abba c"]);
        Assert.Equal([1, 2, 2, 1, 3, 4], tokenizer.TextsToSequences(["abba c"])[0]);
    }

    [Fact]
    public void Matrices_hold_what_the_mode_says()
    {
        var tokenizer = Fitted(new Tokenizer(), ["a a b", "b c"]); // a 1, b 2, c 3
        float[] Row(TokenMatrixMode mode) => tokenizer.TextsToMatrix(["a a b"], mode).ToArray<float>();
        Assert.Equal([0, 1, 1, 0], Row(TokenMatrixMode.Binary));
        Assert.Equal([0, 2, 1, 0], Row(TokenMatrixMode.Count));
        Assert.Equal([0, 2 / 3f, 1 / 3f, 0], Row(TokenMatrixMode.Freq));
        Assert.Equal([0, (float)((1 + Math.Log(2)) * Math.Log(1 + (2 / 2.0))), (float)Math.Log(1 + (2 / 3.0)), 0], Row(TokenMatrixMode.TfIdf));
        Assert.Equal(Shape.Of(1, 2), Fitted(new Tokenizer(numWords: 2), mat).TextsToMatrix(mat).Shape);
    }

    [Fact]
    public void Json_gives_the_same_tokenizer_back()
    {
        var tokenizer = Fitted(new Tokenizer(numWords: 5, oovToken: "?", lower: false), ["The cat's the \"cat\"", "dog"]);
        var copy = Tokenizer.FromJson(tokenizer.ToJson());
        Assert.Equal(tokenizer.WordIndex, copy.WordIndex);
        Assert.Equal(tokenizer.WordDocuments, copy.WordDocuments);
        Assert.Equal(tokenizer.DocumentCount, copy.DocumentCount);
        Assert.Equal(tokenizer.TextsToSequences(["the cat The owl"]), copy.TextsToSequences(["the cat The owl"]));
        Assert.Equal(tokenizer.ToJson(), copy.ToJson());
        foreach (var broken in (string[])["", "[]", "{}", "{\"version\": 1}", "{\"version\": 9}"]) Assert.Throws<StrataException>(() => Tokenizer.FromJson(broken));
    }

    [Fact]
    public void A_file_of_version_1_is_read_and_a_later_one_is_told()
    {
        var kept = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Text", "Version1", "tokenizer.json"));
        var tokenizer = Tokenizer.FromJson(kept);
        Assert.Equal([2, 4, 2, 1], tokenizer.TextsToSequences(["the cat The owl"]).Single());
        Assert.Equal(2, tokenizer.DocumentCount);
        Assert.Equal(
            "Tokenizer: the file's version is 2; this program reads 1.",
            Assert.Throws<StrataException>(() => Tokenizer.FromJson(kept.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal))).Message);
    }

    [Fact]
    public void Hashes_are_the_remainders_of_md5()
    {
        // The digests of RFC 1321: "a" and "abc".
        var a = BigInteger.Parse("00cc175b9c0f1b6a831c399e269772661", System.Globalization.NumberStyles.HexNumber);
        var abc = BigInteger.Parse("0900150983cd24fb0d6963f7d28e17f72", System.Globalization.NumberStyles.HexNumber);
        Assert.Equal([(int)(a % 99) + 1, (int)(abc % 99) + 1], HashingTrick.Of("A abc", 100));
        Assert.Equal([1, 1], HashingTrick.Of("x y", 2));
    }

    [Fact]
    public void A_vocabulary_numbers_tokens_and_knows_what_it_does_not_know()
    {
        var vocabulary = Vocabulary.Of([["b", "a", "b"], ["c", "b", "a"]], special: ["<pad>"], unknown: "<unk>", minFrequency: 2);
        Assert.Equal(4, vocabulary.Count);
        Assert.Equal([2, 3, 1], vocabulary.Encode(["b", "a", "c"]));
        Assert.Equal(["<pad>", "b"], vocabulary.Decode([0, 2]));
        Assert.Equal("Vocabulary: 'z' is not in it.", Assert.Throws<StrataException>(() => new Vocabulary(["a"])["z"]).Message);
        Assert.Throws<StrataException>(() => vocabulary[4]);
        Assert.Throws<StrataException>(() => new Vocabulary(["a", "a"]));
        Assert.Equal(2, Vocabulary.Of([["a", "b", "c"]], maxSize: 2).Count);
    }

    static Tokenizer Fitted(Tokenizer tokenizer, string[] texts)
    {
        tokenizer.FitOnTexts(texts);
        return tokenizer;
    }
}
