using Strata.Data;
using Strata.Random;

namespace Strata.Gallery.Language.Sequences;

/// <summary>Sums as texts of fixed length: <c>"61+22"</c> and <c>"83 "</c>.</summary>
/// <param name="Pairs">The summands, the smaller first; no pair comes twice.</param>
/// <param name="Questions">The sums to be taken, in the order in which the summands were drawn; 2·digits + 1 characters each.</param>
/// <param name="Answers">What they come to; digits + 1 characters each.</param>
public sealed record AdditionQuestions((int Small, int Large)[] Pairs, string[] Questions, string[] Answers)
{
    /// <summary>What questions and answers are written with.</summary>
    public static CharacterTable Alphabet { get; } = new("0123456789+ ");

    /// <summary>The number of questions.</summary>
    public int Count => Pairs.Length;

    /// <summary>Draws questions: of each summand first the number of its digits, then these; a pair that was there, in either order, is drawn anew.</summary>
    /// <param name="count">How many; at most the 10ᵈ(10ᵈ + 1)/2 pairs that there are.</param>
    /// <param name="digits">d, the most digits of a summand.</param>
    /// <param name="random">Whence.</param>
    public static AdditionQuestions Draw(int count, int digits, RandomStream random)
    {
        var numbers = (long)Math.Pow(10, digits);
        if (count < 1 || count > numbers * (numbers + 1) / 2)
            throw new StrataException($"AdditionQuestions: there are {numbers * (numbers + 1) / 2} pairs of numbers of up to {digits} digits; {count} cannot be drawn.");
        var pairs = new List<(int, int)>(count);
        var seen = new HashSet<(int, int)>();
        var (questions, answers) = (new List<string>(count), new List<string>(count));
        while (pairs.Count < count)
        {
            var (a, b) = (Number(digits, random), Number(digits, random));
            var pair = (Math.Min(a, b), Math.Max(a, b));
            if (!seen.Add(pair)) continue;
            pairs.Add(pair);
            questions.Add($"{a}+{b}".PadRight((2 * digits) + 1));
            answers.Add($"{a + b}".PadRight(digits + 1));
        }

        return new([.. pairs], [.. questions], [.. answers]);
    }

    /// <summary>The questions of a range.</summary>
    public AdditionQuestions this[Range range] => new(Pairs[range], Questions[range], Answers[range]);

    /// <summary>One-hot questions [n, 2d + 1, 12] and answers [n, d + 1, 12].</summary>
    /// <param name="reversed">Whether the questions are read from their ends.</param>
    public (Tensor X, Tensor Y) Encode(bool reversed)
    {
        var questions = reversed ? Array.ConvertAll(Questions, q => new string([.. q.Reverse()])) : Questions;
        return (Alphabet.Encode(questions), Alphabet.Encode(Answers));
    }

    /// <summary>The share of the answers that are right, character by character and as a whole.</summary>
    public (double Characters, double Exact) Score(IReadOnlyList<string> given)
    {
        var (characters, exact) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            if (given[i] == Answers[i]) exact++;
            for (var t = 0; t < Answers[i].Length; t++)
                if (given[i][t] == Answers[i][t]) characters++;
        }

        return ((double)characters / (Count * Answers[0].Length), (double)exact / Count);
    }

    /// <summary>What comes of answering with the answer to the question here that is nearest in edit distance; the first of the nearest.</summary>
    public string[] NearestAnswers(AdditionQuestions others) =>
        Array.ConvertAll(others.Questions, q => Answers[Enumerable.Range(0, Count).MinBy(i => EditDistance.Of(q, Questions[i]))]);

    static int Number(int digits, RandomStream random)
    {
        var number = 0;
        for (var left = 1 + random.NextInt(digits); left > 0; left--) number = (10 * number) + random.NextInt(10);
        return number;
    }
}
