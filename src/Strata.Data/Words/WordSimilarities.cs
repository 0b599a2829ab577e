using System.Globalization;
using Strata.Formats;

namespace Strata.Data;

/// <summary>Pairs of words with how similar people find them.</summary>
/// <param name="Pairs">The pairs and their scores, on any scale.</param>
public sealed record WordSimilarities(IReadOnlyList<(string A, string B, double Score)> Pairs)
{
    /// <summary>Reads lines of two words and a number with white space between them, plain or gzip, the form of WordSim-353, SimLex-999 and their like.</summary>
    /// <exception cref="DataFileException">The file is missing, damaged or malformed; the message names the line.</exception>
    public static WordSimilarities Read(string path)
    {
        using var file = DataFile.Open(path);
        using var reader = new StreamReader(file.Content);
        var pairs = new List<(string, string, double)>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            var cells = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length == 0) continue;
            if (cells.Length != 3 || !double.TryParse(cells[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || !double.IsFinite(score))
                throw new DataFileException(path, $"line {number} is not two words and a number");
            pairs.Add((cells[0], cells[1], score));
        }

        return pairs.Count > 0 ? new(pairs) : throw new DataFileException(path, "there are no pairs of words in it");
    }
}
