using System.Globalization;
using Strata.Formats;

namespace Strata.Data;

/// <summary>Reads files of ratings: <see cref="RatingSet.Read"/>.</summary>
static class RatingFile
{
    static readonly string[] separators = ["::", "\t", ",", ";", " "];

    public static RatingSet Read(string path)
    {
        using var file = DataFile.Open(path);
        using var reader = new StreamReader(file.Content);
        var (users, items) = (new Numbering(), new Numbering());
        var (userOf, itemOf, scores) = (new List<int>(), new List<int>(), new List<float>());
        string? separator = null;
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            var first = separator is null;
            separator ??= separators.FirstOrDefault(s => line.Contains(s, StringComparison.Ordinal))
                ?? throw new DataFileException(path, $"line {number} has one cell, expected user, item and rating with '::', a tab, a comma or a space between them");
            var cells = line.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length < 3) throw new DataFileException(path, $"line {number} has {cells.Length} cells, expected user, item and rating");
            if (!float.TryParse(cells[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || !float.IsFinite(score))
            {
                if (first) continue; // the names of the columns
                throw new DataFileException(path, $"line {number}: the rating '{cells[2]}' is not a number");
            }

            userOf.Add(users.Of(cells[0]));
            itemOf.Add(items.Of(cells[1]));
            scores.Add(score);
        }

        return scores.Count > 0 ? new(users.All, items.All, [.. userOf], [.. itemOf], [.. scores]) : throw new DataFileException(path, "there are no ratings in it");
    }

    /// <summary>Numbers identifiers by first appearance.</summary>
    sealed class Numbering
    {
        readonly Dictionary<string, int> numbers = [];

        public Vocabulary All => new(numbers.Keys);

        public int Of(string id)
        {
            if (!numbers.TryGetValue(id, out var number)) numbers.Add(id, number = numbers.Count);
            return number;
        }
    }
}
