using Strata.Formats;
using Strata.Formats.Arrays;

namespace Strata.Data.Tests.KerasDatasets;

public class ImdbTests
{
    static TextDataset Load(System.Text.Json.JsonElement a, string folder) => Imdb.Load(
        folder, a.Number("num_words", null), a.Number("skip_top", 0)!.Value, a.Number("maxlen", null), a.Seed(), a.Number("start_char", 1), a.Number("oov_char", 2), a.Number("index_from", 3)!.Value);

    [Fact]
    public void Texts_and_labels_are_those_of_Keras_under_all_its_arguments()
    {
        foreach (var known in Expected.Cases("imdb")) Expected.Equal(known, Load(known.GetProperty("arguments"), Expected.Folder));
        Expected.Equal(Expected.Cases("imdb").First(), Imdb.Load(Expected.Folder)); // the defaults
    }

    [Fact]
    public void Texts_become_a_tensor_that_trains()
    {
        var reviews = Imdb.Load(Expected.Folder, numWords: 20);
        var x = PadSequences.Of(reviews.Train.Sequences, maxLength: 5);
        Assert.Equal(Shape.Of(14, 5), x.Shape);
        Assert.Equal(Shape.Of(14), reviews.Train.Labels.Shape);
        Assert.Equal(["negative", "positive"], reviews.Classes);
        Assert.Equal(14, new BucketedSequences(reviews.Train.Sequences, reviews.Train.Labels, [6, 12], batchSize: 1).BatchCount);
    }

    [Fact]
    public void A_text_is_read_again_by_its_word_index()
    {
        using var folder = new TemporaryFolder();
        folder.Write("imdb_word_index.json", """{"film": 2, "the": 1, "na\u00efve": 4}""");
        var words = Imdb.LoadWordIndex(folder.Path);
        Assert.Equal("[START] the film [OOV] naïve [PAD]", string.Join(' ', words.Decode([1, 4, 5, 2, 7, 0])));
        Assert.Equal([4, 5, 2], words.Encode(["the", "film", "bicycle"]));
        Assert.Equal((8, "[3]", "[6]"), (words.Count, words[3], words[6])); // numbers without a word
        Assert.Equal("the film", string.Join(' ', Imdb.LoadWordIndex(folder.Path, startChar: null, oovChar: null, indexFrom: 0).Decode([1, 2])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Imdb.LoadWordIndex(folder.Path, indexFrom: 1)); // 2 would be a mark and a word
        Assert.Throws<ArgumentOutOfRangeException>(() => Imdb.LoadWordIndex(folder.Path, startChar: null, oovChar: null, indexFrom: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Imdb.LoadWordIndex(folder.Path, indexFrom: int.MaxValue));
    }

    [Theory]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{\"a\": 1", "the file is no JSON")]
    [InlineData("{\"a\": 1} {}", "the file is no JSON")]
    [InlineData("{\"a\": \"b\"}", "the word 'a' has no number from 1")]
    [InlineData("{\"a\": 0}", "the word 'a' has no number from 1")]
    [InlineData("{\"a\": 2000000000}", "the word 'a' has no number from 1 to 17")]
    [InlineData("{\"a\": 1.5}", "the word 'a' has no number from 1")]
    [InlineData("{\"a\": 1, \"b\": 1}", "the words 'a' and 'b' have one number, 1")]
    [InlineData("{\"a\": 1, \"a\": 2}", "the token 'a' stands twice")]
    [InlineData("{\"[OOV]\": 1}", "the token '[OOV]' stands twice")]
    [InlineData("{}", "there are no words in it")]
    [InlineData("", "the file is no JSON")]
    public void A_malformed_word_index_gives_one_clear_sentence(string json, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("imdb_word_index.json", json);
        var message = Assert.Throws<DataFileException>(() => Imdb.LoadWordIndex(folder.Path)).Message;
        Assert.Contains("imdb_word_index.json: ", message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void A_missing_file_is_named_with_the_place_where_it_belongs()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(
            $"{folder.Path}: IMDB needs imdb.npz there; get it from storage.googleapis.com/tensorflow/tf-keras-datasets.",
            Assert.Throws<DataFileException>(() => Imdb.Load(folder.Path)).Message);
        Assert.Contains("there is no such folder; IMDB needs imdb_word_index.json", Assert.Throws<DataFileException>(() => Imdb.LoadWordIndex("nowhere")).Message);
    }

    [Fact]
    public void Arguments_outside_of_their_ranges_are_named()
    {
        Assert.Contains("Imdb: numWords must be at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => Imdb.Load(Expected.Folder, numWords: 0)).Message);
        Assert.Contains("Imdb: skipTop must be at least 0", Assert.Throws<ArgumentOutOfRangeException>(() => Imdb.Load(Expected.Folder, skipTop: -1)).Message);
        Assert.Contains("Imdb: maxLength must be at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => Imdb.Load(Expected.Folder, maxLength: 0)).Message);
        Assert.Contains("no text is shorter than maxLength, 1,", Assert.Throws<DataFileException>(() => Imdb.Load(Expected.Folder, maxLength: 1)).Message);
        Assert.Contains("more than an int32 together", Assert.Throws<DataFileException>(() => Imdb.Load(Expected.Folder, indexFrom: int.MaxValue)).Message);
    }

    [Fact]
    public void Files_of_other_arrays_are_refused()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "imdb.npz");
        Npz.Write(path, new Dictionary<string, Tensor> { ["x_train"] = Tensor.From([1, 2]), ["a"] = Tensor.From([1]) });
        Assert.Contains("imdb.npz: 'x_train' does not hold lists of integers", Assert.Throws<DataFileException>(() => Imdb.Load(folder.Path)).Message);
        Npz.Write(path, new Dictionary<string, Tensor> { ["a"] = Tensor.From([1]) });
        Assert.Contains("there is no array 'x_train', only 'a'", Assert.Throws<DataFileException>(() => Imdb.Load(folder.Path)).Message);
    }

    [Theory]
    [InlineData(new long[] { 1 }, "'y' holds 1 labels, but 'x' holds 2 texts")]
    [InlineData(new long[] { 1, 2 }, "label 1 of 'y' is 2, expected 0 to 1")]
    [InlineData(new long[] { -1, 0 }, "label 0 of 'y' is -1, expected 0 to 1")]
    public void Labels_fit_their_texts_and_classes(long[] labels, string expected)
    {
        var content = new NpzContent(new Dictionary<string, Tensor> { ["y"] = Tensor.From(labels) }, new Dictionary<string, int[][]> { ["x"] = [[1], [2]] });
        Assert.Contains(expected, Assert.Throws<DataFileException>(() => LabeledWords.Of(content, "file", "x", "y", 2)).Message);
    }

    [Fact]
    public void Words_are_numbers_from_0()
    {
        var content = new NpzContent(new Dictionary<string, Tensor> { ["y"] = Tensor.From([0]) }, new Dictionary<string, int[][]> { ["x"] = [[1, -2]], ["none"] = [] });
        Assert.Contains("text 0 of 'x' holds the word -2", Assert.Throws<DataFileException>(() => LabeledWords.Of(content, "file", "x", "y", 2)).Message);
        Assert.Contains("'none' holds no texts", Assert.Throws<DataFileException>(() => LabeledWords.Of(content, "file", "none", "y", 2)).Message);
    }
}
