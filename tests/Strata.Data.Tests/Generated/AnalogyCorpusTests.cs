using Strata.Random;

namespace Strata.Data.Tests.Generated;

public sealed class AnalogyCorpusTests
{
    [Fact]
    public void Sentences_and_questions_are_as_described()
    {
        var (corpus, questions) = AnalogyCorpus.Draw(2_000, new RandomStream(1));
        Assert.Equal(480, corpus.Words.Count);
        Assert.Equal(2_000 * 11, corpus.Length);
        Assert.Equal(2_000, corpus.Tokens.ToArray().Count(t => t == WordCorpus.EndOfSentence));
        Assert.Equal(2 * 2 * 16 * 15, questions.Count);
        Assert.All(questions.Sections.SelectMany(s => s.Questions), q => Assert.All([q.A, q.B, q.C, q.D], w => Assert.True(corpus.Words.Contains(w))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_entity_stands_with_the_words_of_its_pair_and_side_unless_it_is_drawn_anew(bool shuffled)
    {
        var corpus = AnalogyCorpus.Draw(2_000, new RandomStream(1), shuffled).Corpus;
        var (sentence, right) = (new List<string>(), 0);
        foreach (var token in corpus.Tokens.ToArray())
        {
            if (token >= 0)
            {
                sentence.Add(corpus.Words[token]);
                continue;
            }

            var entity = sentence.Single(w => w[0] is 'x' or 'y');
            var (family, pair) = (entity[1..entity.IndexOf('.')], entity[(entity.IndexOf('.') + 1)..]);
            if (sentence.Count(w => w.StartsWith($"topic{family}.{pair}.", StringComparison.Ordinal)) == 3
                && sentence.Count(w => w.StartsWith($"role{family}.{(entity[0] == 'x' ? 0 : 1)}.", StringComparison.Ordinal)) == 3) right++;
            Assert.Equal(4, sentence.Count(w => w.StartsWith("filler", StringComparison.Ordinal)));
            sentence.Clear();
        }

        Assert.InRange(right, shuffled ? 0 : 2_000, shuffled ? 100 : 2_000); // by chance 1 of 64
    }
}
