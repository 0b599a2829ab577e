using Strata.Formats;
using Strata.Formats.Arrays;

namespace Strata.Data;

/// <summary>Texts and labels of a file on their way through the steps of Keras's loaders.</summary>
/// <param name="Path">The file, for errors.</param>
/// <param name="Texts">The words of each text.</param>
/// <param name="Labels">The label of each.</param>
sealed record LabeledWords(string Path, int[][] Texts, int[] Labels)
{
    /// <summary>The largest number of a word; 0 if there are none.</summary>
    public int Largest => Texts.Max(t => t.DefaultIfEmpty().Max());

    /// <summary>Two arrays of a file.</summary>
    /// <exception cref="DataFileException">One is missing or of another kind, they differ in number, or a number is out of its range.</exception>
    public static LabeledWords Of(NpzContent content, string path, string x, string y, int classes)
    {
        if (!content.Lists.TryGetValue(x, out var texts)) throw Missing(x, "lists of integers");
        if (!content.Tensors.TryGetValue(y, out var labels)) throw Missing(y, "integers");
        if (labels.Rank != 1 || labels.DType.IsFloating() || labels.DType == DType.Bool) throw new DataFileException(path, $"'{y}' is {labels.Type}, expected integers [n]");
        if (texts.Length == 0) throw new DataFileException(path, $"'{x}' holds no texts");
        if (labels.Size != texts.Length) throw new DataFileException(path, $"'{y}' holds {labels.Size} labels, but '{x}' holds {texts.Length} texts");
        var numbers = labels.Cast(DType.Int64).ToArray<long>();
        for (var i = 0; i < numbers.Length; i++)
            if (numbers[i] < 0 || numbers[i] >= classes) throw new DataFileException(path, $"label {i} of '{y}' is {numbers[i]}, expected 0 to {classes - 1}");
        for (var i = 0; i < texts.Length; i++)
            if (Array.Exists(texts[i], w => w < 0)) throw new DataFileException(path, $"text {i} of '{x}' holds the word {texts[i].Min()}, expected numbers from 0");
        return new(path, texts, Array.ConvertAll(numbers, n => (int)n));

        DataFileException Missing(string name, string what) => content.Tensors.ContainsKey(name) || content.Lists.ContainsKey(name)
            ? new(path, $"'{name}' does not hold {what}")
            : new(path, $"there is no array '{name}', only {string.Join(", ", content.Lists.Keys.Concat(content.Tensors.Keys).Select(k => $"'{k}'"))}");
    }

    public LabeledWords Shuffled(MersenneTwister random)
    {
        var order = random.Permutation(Texts.Length);
        return this with { Texts = Array.ConvertAll(order, i => Texts[i]), Labels = Array.ConvertAll(order, i => Labels[i]) };
    }

    /// <summary>Those that are short enough, with their starts marked and their words at their final numbers.</summary>
    /// <exception cref="DataFileException">None is short enough, or a number is too large.</exception>
    public LabeledWords Marked(WordNumbering numbering)
    {
        try
        {
            var marked = Texts.Select(numbering.Mark).Zip(Labels).Where(t => numbering.MaxLength is not { } most || t.First.Length < most).ToArray();
            if (marked.Length == 0) throw new DataFileException(Path, $"no text is shorter than maxLength, {numbering.MaxLength}, the mark of its start counted");
            return this with { Texts = Array.ConvertAll(marked, t => t.First), Labels = Array.ConvertAll(marked, t => t.Second) };
        }
        catch (OverflowException e)
        {
            throw new DataFileException(Path, $"a word's number and indexFrom, {numbering.IndexFrom}, are more than an int32 together", e);
        }
    }

    public LabeledWords Cut(WordNumbering numbering, int numWords) => this with { Texts = Array.ConvertAll(Texts, t => numbering.Cut(t, numWords)) };

    /// <summary>Those of a range of places.</summary>
    public TextSplit Split(Range range) => new(Texts[range], Tensor.From(Labels[range]));
}
