using Strata.Random;

namespace Strata.Data;

/// <summary>Sentences in which relations of words are planted. There are families of pairs (x, y), as countries and capitals. Every pair has topic words of its own, which
/// stand near both x and y; every side of a family has role words of its own, which stand near all its members. So y − x is the same for all pairs of a family.</summary>
/// <param name="Corpus">The sentences: an entity, topic words of its pair, role words of its side and fillers, in random order.</param>
/// <param name="Questions">All questions x : y :: x′ : y′ and y : x :: y′ : x′ of pairs of one family.</param>
public sealed record AnalogyCorpus(WordCorpus Corpus, AnalogyQuestions Questions)
{
    const int Families = 2, Pairs = 16;
    const int TopicWords = 6, RoleWords = 6, Fillers = 200;
    const int TopicWordsUsed = 3, RoleWordsUsed = 3, FillersUsed = 4; // of a sentence

    /// <summary>Draws sentences.</summary>
    /// <param name="sentences">How many.</param>
    /// <param name="random">Whence.</param>
    /// <param name="shuffled">Whether the entity of each sentence is drawn anew, whatever the sentence's other words are: the same words, but nothing to learn.</param>
    public static AnalogyCorpus Draw(int sentences, RandomStream random, bool shuffled = false)
    {
        var fillers = new AliasTable([.. Enumerable.Range(1, Fillers).Select(rank => 1.0 / rank)]);
        return new(WordCorpus.Of(Enumerable.Range(0, sentences).Select(_ => Sentence())), AllQuestions());

        string[] Sentence()
        {
            var (family, pair, side) = Any();
            var words = new List<string>();
            words.AddRange(Some(TopicWords, TopicWordsUsed).Select(i => $"topic{family}.{pair}.{i}"));
            words.AddRange(Some(RoleWords, RoleWordsUsed).Select(i => $"role{family}.{side}.{i}"));
            for (var i = 0; i < FillersUsed; i++) words.Add($"filler{fillers.Draw(random)}");
            if (shuffled) (family, pair, side) = Any();
            words.Add(Entity(family, pair, side));
            var sentence = words.ToArray();
            random.Shuffle<string>(sentence);
            return sentence;
        }

        (int Family, int Pair, int Side) Any() => (random.NextInt(Families), random.NextInt(Pairs), random.NextInt(2));

        int[] Some(int of, int count)
        {
            var all = Enumerable.Range(0, of).ToArray();
            random.Shuffle<int>(all);
            return all[..count];
        }
    }

    /// <summary>The name of a member of a pair.</summary>
    /// <param name="family">0 or 1.</param>
    /// <param name="pair">0 … 15.</param>
    /// <param name="side">0 for x, 1 for y.</param>
    public static string Entity(int family, int pair, int side) => $"{(side == 0 ? 'x' : 'y')}{family}.{pair}";

    static AnalogyQuestions AllQuestions()
    {
        var sections = new List<AnalogySection>();
        for (var family = 0; family < Families; family++)
        for (var side = 0; side < 2; side++)
        {
            var questions = new List<AnalogyQuestion>();
            for (var a = 0; a < Pairs; a++)
            for (var c = 0; c < Pairs; c++)
                if (a != c) questions.Add(new(Entity(family, a, side), Entity(family, a, 1 - side), Entity(family, c, side), Entity(family, c, 1 - side)));
            sections.Add(new($"family {family}, {(side == 0 ? "x to y" : "y to x")}", questions));
        }

        return new(sections);
    }
}
