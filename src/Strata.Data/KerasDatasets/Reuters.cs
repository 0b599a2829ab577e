using Strata.Formats;
using Strata.Formats.Arrays;

namespace Strata.Data;

/// <summary>News of Reuters of 1987 on 46 topics (Lewis's Reuters-21578), in the form that Keras gives out: 11,228 texts, each word its rank by frequency. The files are
/// those that Keras keeps in <c>~/.keras/datasets</c>.</summary>
public static class Reuters
{
    const string Name = "Reuters", Source = "storage.googleapis.com/tensorflow/tf-keras-datasets";

    /// <summary>The topics.</summary>
    public static IReadOnlyList<string> Classes { get; } =
    [
        "cocoa", "grain", "veg-oil", "earn", "acq", "wheat", "copper", "housing", "money-supply", "coffee", "sugar", "trade", "reserves", "ship", "cotton", "carcass",
        "crude", "nat-gas", "cpi", "money-fx", "interest", "gnp", "meal-feed", "alum", "oilseed", "gold", "tin", "strategic-metal", "livestock", "retail", "ipi",
        "iron-steel", "rubber", "heat", "jobs", "lei", "bop", "zinc", "orange", "pet-chem", "dlr", "gas", "silver", "wpi", "hog", "lead",
    ];

    /// <summary>Reads <c>reuters.npz</c>. Arguments, order and numbers are those of <c>keras.datasets.reuters.load_data</c>.</summary>
    /// <param name="directory">The folder that holds it.</param>
    /// <param name="numWords">Words at this number and above are taken out, after <paramref name="indexFrom"/> was added. Null is, as in Keras, the largest number there
    /// is, so that the one rarest word is taken out.</param>
    /// <param name="skipTop">Numbers below this are taken out, the mark of the start included where it is above it.</param>
    /// <param name="maxLength">Texts of as many words or more are left out, the mark of the start counted (Keras's <c>maxlen</c>); null: none are.</param>
    /// <param name="testSplit">The share of the texts that are left, in [0, 1), to test with: the last ones after mixing.</param>
    /// <param name="seed">The seed by which the texts are mixed.</param>
    /// <param name="startChar">The number that marks the start of a text; null: none does.</param>
    /// <param name="oovChar">The number in the place of words that are taken out; null: nothing is.</param>
    /// <param name="indexFrom">What is added to the numbers of words; 0 is for padding.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, <paramref name="numWords"/> or <paramref name="maxLength"/> 0, or the share not in [0, 1).</exception>
    /// <exception cref="DataFileException">The file is missing or damaged, or no text is short enough.</exception>
    public static TextDataset Load(
        string directory, int? numWords = null, int skipTop = 0, int? maxLength = null, double testSplit = .2, uint seed = 113, int? startChar = 1, int? oovChar = 2, int indexFrom = 3)
    {
        var numbering = new WordNumbering(numWords, skipTop, maxLength, startChar, oovChar, indexFrom).Checked(nameof(Reuters));
        TestShare.Check(nameof(Reuters), testSplit);
        var path = DataFolder.Require(directory, Name, "reuters.npz", Source);
        var all = LabeledWords.Of(Npz.ReadWithLists(path), path, "x", "y", Classes.Count).Shuffled(new MersenneTwister(seed)).Marked(numbering);
        all = all.Cut(numbering, numWords ?? all.Largest);
        var count = TestShare.TrainCount(all.Texts.Length, testSplit);
        return new(all.Split(..count), all.Split(count..), Classes);
    }

    /// <summary>Reads <c>reuters_word_index.json</c>, with the marks and the shift that the texts were loaded with; see <see cref="Imdb.LoadWordIndex"/>.</summary>
    /// <param name="directory">The folder that holds it.</param>
    /// <param name="startChar">The number that marks the start of a text, <c>[START]</c>; null: none does.</param>
    /// <param name="oovChar">The number of words that were taken out, and of unknown ones, <c>[OOV]</c>; null: there is none.</param>
    /// <param name="indexFrom">What was added to the numbers of words.</param>
    /// <exception cref="ArgumentOutOfRangeException">A mark is negative or above <paramref name="indexFrom"/>, the number of a word; or that is negative or above 2²⁰.</exception>
    /// <exception cref="DataFileException">The file is missing or malformed.</exception>
    public static Vocabulary LoadWordIndex(string directory, int? startChar = 1, int? oovChar = 2, int indexFrom = 3) =>
        WordIndex.Read(DataFolder.Require(directory, Name, "reuters_word_index.json", Source), startChar, oovChar, indexFrom);
}
