using Strata.Random;

namespace Strata.Data.Tests.Generated;

public sealed class LexicalTranslationTests
{
    static readonly LexicalTranslation plain = new(new RandomStream(1)), swapping = new(new RandomStream(1), swap: true);

    [Fact]
    public void Words_are_mapped_one_to_one_and_eight_are_followed_by_a_particle()
    {
        var images = Enumerable.Range(4, 36).Select(w => plain.Translate(w).Target).ToArray();
        Assert.Equal(Enumerable.Range(4, 36), images.Select(t => t[0]).Order());
        Assert.Equal(8, images.Count(t => t.Length == 2 && t[1] == LexicalTranslation.Particle));
        Assert.Equal(28, images.Count(t => t.Length == 1));
        Assert.Equal(plain.Fertile.Order(), Enumerable.Range(4, 36).Where(w => images[w - 4].Length == 2));
    }

    [Fact]
    public void Each_token_is_aligned_with_its_word()
    {
        foreach (var pair in plain.Draw(50, 3, 9, new RandomStream(2)))
        {
            Assert.InRange(pair.Source.Length, 3, 9);
            Assert.Equal(pair.Target, pair.Source.SelectMany(w => plain.Translate(w).Target));
            Assert.Equal(pair.Alignment!, pair.Alignment!.Order());
            for (var t = 0; t < pair.Target.Length; t++) Assert.Contains(pair.Target[t], plain.Translate(pair.Source[pair.Alignment![t]]).Target);
        }
    }

    [Fact]
    public void Six_words_change_places_with_the_next()
    {
        Assert.Equal(6, swapping.Swapping.Count);
        var (first, other) = (swapping.Swapping.Min(), Enumerable.Range(4, 36).First(w => !swapping.Swapping.Contains(w) && !swapping.Fertile.Contains(w)));
        var (a, b) = (swapping.Translate(first).Target, swapping.Translate(other).Target);
        Assert.Equal([.. b, .. a, .. b], swapping.Translate(first, other, other).Target);
        Assert.Equal([.. b, .. a], swapping.Translate(other, first).Target); // the last has none after it
        Assert.Equal([1, .. Enumerable.Repeat(0, a.Length), 2], swapping.Translate(first, other, other).Alignment!);
        Assert.Empty(plain.Swapping);
    }

    [Fact]
    public void The_same_seed_gives_the_same_language_and_sentences()
    {
        Assert.Equal(plain.Translate(4, 5, 6).Target, new LexicalTranslation(new RandomStream(1)).Translate(4, 5, 6).Target);
        Assert.Equal(
            plain.Draw(5, 2, 4, new RandomStream(3)).Select(p => p.Source),
            plain.Draw(5, 2, 4, new RandomStream(3)).Select(p => p.Source));
        Assert.Equal("LexicalTranslation: 3 is no word; words are 4 … 39.", Assert.Throws<StrataException>(() => plain.Translate(5, 3)).Message);
    }
}
