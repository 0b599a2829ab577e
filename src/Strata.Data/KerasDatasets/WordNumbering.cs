namespace Strata.Data;

/// <summary>What Keras's loaders of texts do with words, which are numbered by falling frequency from 1.</summary>
/// <param name="NumWords">Numbers from here on are taken out; null: the largest one there is, as in Keras.</param>
/// <param name="SkipTop">Numbers below this are taken out.</param>
/// <param name="MaxLength">Texts of as many words or more are left out, the mark of the start counted; null: none are.</param>
/// <param name="StartChar">The number that marks the start; null: none does.</param>
/// <param name="OovChar">The number in the place of words that are taken out; null: nothing is.</param>
/// <param name="IndexFrom">What is added to the numbers of words.</param>
sealed record WordNumbering(int? NumWords, int SkipTop, int? MaxLength, int? StartChar, int? OovChar, int IndexFrom)
{
    /// <summary>Itself, if every number is one that makes sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    public WordNumbering Checked(string dataset)
    {
        AtLeast(1, NumWords, "numWords");
        AtLeast(0, SkipTop, "skipTop");
        AtLeast(1, MaxLength, "maxLength");
        AtLeast(0, StartChar, "startChar");
        AtLeast(0, OovChar, "oovChar");
        AtLeast(0, IndexFrom, "indexFrom");
        return this;

        void AtLeast(int least, int? value, string name)
        {
            if (value < least) throw new ArgumentOutOfRangeException(name, value, $"{dataset}: {name} must be at least {least}.");
        }
    }

    /// <summary>A text with its start marked and its words at their final numbers.</summary>
    /// <exception cref="OverflowException">A number is beyond int32.</exception>
    public int[] Mark(int[] words)
    {
        var first = StartChar is null ? 0 : 1;
        var marked = new int[words.Length + first];
        if (StartChar is { } start) marked[0] = start;
        for (var i = 0; i < words.Length; i++) marked[first + i] = checked(words[i] + IndexFrom);
        return marked;
    }

    /// <summary>A marked text without its rare and its most frequent words. The mark of the start is one of the numbers, too: it goes where SkipTop is above it.</summary>
    public int[] Cut(int[] marked, int numWords) => OovChar is { } oov
        ? Array.ConvertAll(marked, w => w >= SkipTop && w < numWords ? w : oov)
        : Array.FindAll(marked, w => w >= SkipTop && w < numWords);
}
