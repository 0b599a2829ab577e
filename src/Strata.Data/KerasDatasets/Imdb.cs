using Strata.Formats;
using Strata.Formats.Arrays;

namespace Strata.Data;

/// <summary>Reviews of films that praise or condemn (Maas, Daly, Pham, Huang, Ng, Potts, "Learning Word Vectors for Sentiment Analysis", 2011), in the form that Keras
/// gives out: 25,000 to train and 25,000 to test, each word its rank by frequency. The files are those that Keras keeps in <c>~/.keras/datasets</c>.</summary>
public static class Imdb
{
    const string Name = "IMDB", Source = "storage.googleapis.com/tensorflow/tf-keras-datasets";

    /// <summary>What a review says of its film.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["negative", "positive"];

    /// <summary>Reads <c>imdb.npz</c>. Arguments, order and numbers are those of <c>keras.datasets.imdb.load_data</c>.</summary>
    /// <param name="directory">The folder that holds it.</param>
    /// <param name="numWords">Words at this number and above are taken out, after <paramref name="indexFrom"/> was added: 10,000 leaves the 9,996 most frequent ones. Null
    /// is, as in Keras, the largest number there is, so that the one rarest word is taken out.</param>
    /// <param name="skipTop">Numbers below this are taken out, the mark of the start included where it is above it.</param>
    /// <param name="maxLength">Texts of as many words or more are left out, the mark of the start counted (Keras's <c>maxlen</c>); null: none are.</param>
    /// <param name="seed">The seed by which training and test texts are mixed.</param>
    /// <param name="startChar">The number that marks the start of a text; null: none does.</param>
    /// <param name="oovChar">The number in the place of words that are taken out; null: nothing is.</param>
    /// <param name="indexFrom">What is added to the numbers of words; 0 is for padding.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or <paramref name="numWords"/> or <paramref name="maxLength"/> 0.</exception>
    /// <exception cref="DataFileException">The file is missing or damaged, or no text is short enough.</exception>
    public static TextDataset Load(
        string directory, int? numWords = null, int skipTop = 0, int? maxLength = null, uint seed = 113, int? startChar = 1, int? oovChar = 2, int indexFrom = 3)
    {
        var numbering = new WordNumbering(numWords, skipTop, maxLength, startChar, oovChar, indexFrom).Checked(nameof(Imdb));
        var path = DataFolder.Require(directory, Name, "imdb.npz", Source);
        var content = Npz.ReadWithLists(path);
        var random = new MersenneTwister(seed); // the test texts are mixed by what it draws next
        var train = LabeledWords.Of(content, path, "x_train", "y_train", Classes.Count).Shuffled(random).Marked(numbering);
        var test = LabeledWords.Of(content, path, "x_test", "y_test", Classes.Count).Shuffled(random).Marked(numbering);
        var most = numWords ?? Math.Max(train.Largest, test.Largest);
        return new(train.Cut(numbering, most).Split(..), test.Cut(numbering, most).Split(..), Classes);
    }

    /// <summary>Reads <c>imdb_word_index.json</c>, with the marks and the shift that the texts were loaded with: <c>string.Join(' ', words.Decode(text))</c> is a text again.</summary>
    /// <param name="directory">The folder that holds it.</param>
    /// <param name="startChar">The number that marks the start of a text, <c>[START]</c>; null: none does.</param>
    /// <param name="oovChar">The number of words that were taken out, and of unknown ones, <c>[OOV]</c>; null: there is none.</param>
    /// <param name="indexFrom">What was added to the numbers of words.</param>
    /// <returns>The words at their numbers; 0 is <c>[PAD]</c>, numbers without a word are <c>[number]</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A mark is negative or above <paramref name="indexFrom"/>, the number of a word; or that is negative or above 2²⁰.</exception>
    /// <exception cref="DataFileException">The file is missing or malformed.</exception>
    public static Vocabulary LoadWordIndex(string directory, int? startChar = 1, int? oovChar = 2, int indexFrom = 3) =>
        WordIndex.Read(DataFolder.Require(directory, Name, "imdb_word_index.json", Source), startChar, oovChar, indexFrom);
}
