using Strata.Formats;

namespace Strata.Data;

/// <summary>The Penn Treebank as language models are compared on it (Mikolov et al. 2010): a sentence a line, 10,000 words with <c>&lt;unk&gt;</c> for all others.</summary>
public static class PennTreebank
{
    /// <summary>The token that ends a sentence.</summary>
    public const string End = "<eos>";

    /// <summary>Reads <c>ptb.train.txt</c>, <c>ptb.valid.txt</c> and <c>ptb.test.txt</c>, plain or gzip. Any text in this form will do.</summary>
    /// <param name="directory">The folder that holds them.</param>
    /// <exception cref="DataFileException">A file is missing or damaged.</exception>
    public static TextCorpus Load(string directory)
    {
        string[] names = ["ptb.train.txt", "ptb.valid.txt", "ptb.test.txt"];
        var paths = Array.ConvertAll(names, name => DataFolder.Find(directory, "simple-examples/data", name));
        if (paths.Contains(null))
            throw DataFolder.Missing(directory, "the Penn Treebank", names.Where((_, i) => paths[i] is null), "the folder data of simple-examples.tgz, which Mikolov published with his toolkit");
        var texts = Array.ConvertAll(paths, path => Words(path!));
        var vocabulary = Vocabulary.Of([texts[0]], unknown: "<unk>");
        return new(vocabulary, vocabulary.Encode(texts[0]), vocabulary.Encode(texts[1]), vocabulary.Encode(texts[2]));
    }

    static List<string> Words(string path)
    {
        using var file = DataFile.Open(path);
        using var reader = new StreamReader(file.Content);
        var words = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            words.AddRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            words.Add(End);
        }

        return words.Count > 0 ? words : throw new DataFileException(path, "the file is empty");
    }
}
