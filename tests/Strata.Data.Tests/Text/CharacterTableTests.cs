namespace Strata.Data.Tests.Text;

public sealed class CharacterTableTests
{
    readonly CharacterTable table = new("0123456789+ ");

    [Fact]
    public void Decoding_what_was_encoded_gives_it_back()
    {
        string[] texts = ["61+22", "5+7  ", "     "];
        Assert.Equal(texts, table.Decode(table.Encode(texts)));
    }

    [Fact]
    public void A_text_is_one_hot_in_the_order_of_the_codes()
    {
        var x = new CharacterTable("bab").Encode(["ab"]);
        Assert.Equal(Shape.Of([1, 2, 2]), x.Shape);
        Assert.Equal([1, 0, 0, 1], x.ToArray<float>());
    }

    [Fact]
    public void No_texts_have_no_vectors() => Assert.Empty(table.Decode(table.Encode([])));

    [Fact]
    public void A_character_that_is_missing_is_named() => Assert.Equal(
        "CharacterTable: 'x' in '6x1' is not in the table.",
        Assert.Throws<StrataException>(() => table.Encode(["6x1"])).Message);

    [Fact]
    public void Texts_of_several_lengths_are_refused() => Assert.Equal(
        "CharacterTable: '10' has 2 characters, but '1' has 1; pad the texts to one length.",
        Assert.Throws<StrataException>(() => table.Encode(["1", "10"])).Message);

    [Fact]
    public void Probabilities_of_another_alphabet_are_refused() =>
        Assert.Throws<ShapeException>(() => table.Decode(Tensor.Zeros([1, 2, 3])));
}
