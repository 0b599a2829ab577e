using Strata.Formats;

namespace Strata.Data.Tests.KerasDatasets;

public class ReutersTests
{
    static TextDataset Load(System.Text.Json.JsonElement a, string folder) => Reuters.Load(
        folder, a.Number("num_words", null), a.Number("skip_top", 0)!.Value, a.Number("maxlen", null), a.TestSplit(), a.Seed(), a.Number("start_char", 1), a.Number("oov_char", 2), a.Number("index_from", 3)!.Value);

    [Fact]
    public void Texts_and_labels_are_those_of_Keras_under_all_its_arguments()
    {
        foreach (var known in Expected.Cases("reuters")) Expected.Equal(known, Load(known.GetProperty("arguments"), Expected.Folder));
        Expected.Equal(Expected.Cases("reuters").First(), Reuters.Load(Expected.Folder)); // the defaults
    }

    [Fact]
    public void There_are_46_topics_and_a_word_index()
    {
        Assert.Equal(46, Reuters.Classes.Distinct().Count());
        using var folder = new TemporaryFolder();
        folder.Write("reuters_word_index.json", """{"mln": 2, "vs": 1}""");
        Assert.Equal(["vs", "mln"], Reuters.LoadWordIndex(folder.Path).Decode([4, 5]));
    }

    [Fact]
    public void What_is_missing_or_out_of_range_is_named()
    {
        Assert.Contains("Reuters needs reuters.npz there", Assert.Throws<DataFileException>(() => Reuters.Load("nowhere")).Message);
        Assert.Contains("Reuters needs reuters_word_index.json there", Assert.Throws<DataFileException>(() => Reuters.LoadWordIndex("nowhere")).Message);
        Assert.Contains("Reuters: testSplit must be at least 0 and below 1", Assert.Throws<ArgumentOutOfRangeException>(() => Reuters.Load(Expected.Folder, testSplit: 1)).Message);
        Assert.Contains("no text is shorter than maxLength, 2,", Assert.Throws<DataFileException>(() => Reuters.Load(Expected.Folder, maxLength: 2)).Message);
    }
}
