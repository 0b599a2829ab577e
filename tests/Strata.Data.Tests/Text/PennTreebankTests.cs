using Strata.Formats;

namespace Strata.Data.Tests.Text;

public sealed class PennTreebankTests
{
    [Fact]
    public void A_line_is_a_sentence_and_words_of_the_other_texts_may_be_unknown()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ptb.train.txt", " the <unk> is N \n the end \n");
        folder.Write("ptb.valid.txt", " the beginning \n");
        folder.WriteGzip("ptb.test.txt.gz", " end \n");
        var corpus = PennTreebank.Load(folder.Path);
        Assert.Equal(["the", "<unk>", "is", "N", "<eos>", "the", "end", "<eos>"], corpus.Vocabulary.Decode(corpus.Train));
        Assert.Equal(["the", "<unk>", "<eos>"], corpus.Vocabulary.Decode(corpus.Validation));
        Assert.Equal(["end", "<eos>"], corpus.Vocabulary.Decode(corpus.Test));
        Assert.Equal(6, corpus.Vocabulary.Count);
    }

    [Fact]
    public void Missing_files_are_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ptb.train.txt", "a\n");
        var message = Assert.Throws<DataFileException>(() => PennTreebank.Load(folder.Path)).Message;
        Assert.Contains("the Penn Treebank needs ptb.valid.txt, ptb.test.txt", message);
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["ptb.train.txt", "ptb.valid.txt", "ptb.test.txt"]) folder.Write(name, "");
        Assert.Contains("the file is empty", Assert.Throws<DataFileException>(() => PennTreebank.Load(folder.Path)).Message);
    }
}
