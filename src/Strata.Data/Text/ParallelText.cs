using Strata.Formats;

namespace Strata.Data;

/// <summary>Texts in two languages, sentence by sentence. They are read from their files whenever they are gone through, so that a corpus need not fit into memory as text.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Validation">To choose by.</param>
/// <param name="Test">To judge by. A sentence that has several translations comes with each.</param>
public sealed record ParallelText(IEnumerable<ParallelText.Pair> Train, IEnumerable<ParallelText.Pair> Validation, IEnumerable<ParallelText.Pair> Test)
{
    static readonly string[] trainNames = ["train"], validationNames = ["valid", "val", "dev", "newstest2013"], testNames = ["test", "test_2016_flickr", "newstest2014"];

    /// <summary>A sentence and its translation.</summary>
    /// <param name="Source">The sentence's words.</param>
    /// <param name="Target">The translation's words.</param>
    public sealed record Pair(string[] Source, string[] Target);

    /// <summary>Finds texts in a folder: either <c>train</c>, <c>valid</c> (or val, dev, newstest2013) and <c>test</c> (or newstest2014), each once with the ending of
    /// either language, a sentence a line; or one file <c>.tsv</c> of sentences and their translations with a tab between, of which every hundredth source sentence is
    /// set apart for validation and every fiftieth for the test. All may be compressed with gzip.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="source">The ending of the language to translate from: <c>en</c>.</param>
    /// <param name="target">The ending of the language to translate to: <c>fr</c>.</param>
    /// <exception cref="DataFileException">Files are missing or damaged, or the two sides of a text are not equally long.</exception>
    public static ParallelText Load(string directory, string source, string target)
    {
        if (Directory.Exists(directory))
        {
            string[] tables = [.. Directory.GetFiles(directory).Where(f => f.EndsWith(".tsv", StringComparison.Ordinal) || f.EndsWith(".tsv.gz", StringComparison.Ordinal))];
            if (tables.Length == 1) return OfTable(tables[0]);
        }

        var (train, validation, test) = (Sides(trainNames), Sides(validationNames), Sides(testNames));
        string[] missing = [.. new[] { ("train", train), ("valid", validation), ("test", test) }.Where(s => s.Item2 is null).SelectMany(s => new[] { $"{s.Item1}.{source}", $"{s.Item1}.{target}" })];
        if (missing.Length > 0)
            throw DataFolder.Missing(directory, "a parallel text", missing, $"statmt.org/wmt14 (a sentence a line, already tokenized), or put one file of sentences{'\t'}translations there whose name ends in .tsv");
        return new ParallelText(Lines(train!.Value), Lines(validation!.Value), Lines(test!.Value));

        (string Source, string Target)? Sides(string[] names)
        {
            foreach (var name in names)
                if (DataFolder.Find(directory, "", $"{name}.{source}") is { } a && DataFolder.Find(directory, "", $"{name}.{target}") is { } b) return (a, b);
            return null;
        }
    }

    /// <summary>The words of a line: what stands between spaces, marks apart from words as <see cref="Bleu.Tokenize"/> sets them.</summary>
    static string[] Words(string line) => Bleu.Tokenize(line);

    static IEnumerable<Pair> Lines((string Source, string Target) paths)
    {
        using DataFile a = DataFile.Open(paths.Source), b = DataFile.Open(paths.Target);
        using StreamReader source = new(a.Content), target = new(b.Content);
        for (var line = 1L; ; line++)
        {
            var (x, y) = (source.ReadLine(), target.ReadLine());
            if (x is null && y is null) yield break;
            if (x is null || y is null) throw new DataFileException(x is null ? paths.Source : paths.Target, $"it ends at line {line - 1}, but '{Path.GetFileName(x is null ? paths.Target : paths.Source)}' goes on");
            var pair = new Pair(Words(x), Words(y));
            if (pair.Source.Length > 0 && pair.Target.Length > 0) yield return pair;
        }
    }

    // Translations of one sentence must not be parted between training and test, so the sentences are counted, each once.
    static ParallelText OfTable(string path)
    {
        return new ParallelText(Part(n => n % 50 != 0 && n % 100 != 1), Part(n => n % 100 == 1), Part(n => n % 50 == 0));

        IEnumerable<Pair> Part(Func<int, bool> belongs)
        {
            var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
            using var file = DataFile.Open(path);
            using var reader = new StreamReader(file.Content);
            for (var line = 1L; reader.ReadLine() is { } text; line++)
            {
                var columns = text.Split('\t');
                if (columns.Length < 2) throw new DataFileException(path, $"line {line} has no tab between a sentence and its translation");
                var number = numbers.TryGetValue(columns[0], out var known) ? known : numbers[columns[0]] = numbers.Count;
                var pair = new Pair(Words(columns[0]), Words(columns[1]));
                if (belongs(number) && pair.Source.Length > 0 && pair.Target.Length > 0) yield return pair;
            }
        }
    }
}
