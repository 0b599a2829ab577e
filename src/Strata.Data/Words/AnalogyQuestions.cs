using Strata.Formats;

namespace Strata.Data;

/// <summary>a is to b as c is to d.</summary>
/// <param name="A">The first word of the pair that shows the relation.</param>
/// <param name="B">The second.</param>
/// <param name="C">The word that is asked about.</param>
/// <param name="D">The answer.</param>
public readonly record struct AnalogyQuestion(string A, string B, string C, string D);

/// <summary>Questions of one kind.</summary>
/// <param name="Name">The kind; those of grammar begin with <c>gram</c> in the published file.</param>
/// <param name="Questions">The questions.</param>
public sealed record AnalogySection(string Name, IReadOnlyList<AnalogyQuestion> Questions);

/// <summary>Questions about relations of words, by kind (Mikolov et al. 2013, 1301.3781, section 4.1).</summary>
/// <param name="Sections">The kinds, in their order.</param>
public sealed record AnalogyQuestions(IReadOnlyList<AnalogySection> Sections)
{
    /// <summary>The number of questions.</summary>
    public int Count => Sections.Sum(s => s.Questions.Count);

    /// <summary>Reads the format of <c>questions-words.txt</c>, plain or gzip: lines <c>: section</c>, below each lines of four words.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lower">Whether to put the words into lower case, for vectors of a text that is in it.</param>
    /// <exception cref="DataFileException">The file is missing, damaged or malformed; the message names the line.</exception>
    public static AnalogyQuestions Read(string path, bool lower = false)
    {
        using var file = DataFile.Open(path);
        using var reader = new StreamReader(file.Content);
        var sections = new List<AnalogySection>();
        var questions = new List<AnalogyQuestion>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            if (words[0].StartsWith(':'))
            {
                questions = [];
                sections.Add(new(line.Trim()[1..].TrimStart(), questions));
                continue;
            }

            if (words.Length != 4) throw new DataFileException(path, $"line {number} has {words.Length} words, expected 4 or a section that begins with ':'");
            if (sections.Count == 0) throw new DataFileException(path, $"line {number} is a question before the first section, which a line like ': capitals' begins");
            if (lower) words = Array.ConvertAll(words, w => w.ToLowerInvariant());
            questions.Add(new(words[0], words[1], words[2], words[3]));
        }

        return sections.Count > 0 ? new(sections) : throw new DataFileException(path, "there are no questions in it");
    }
}
