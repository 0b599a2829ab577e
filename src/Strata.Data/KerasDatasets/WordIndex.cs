using System.Text.Json;
using Strata.Formats;

namespace Strata.Data;

/// <summary>Reads Keras's files of words and their numbers: <c>{"the": 1, "and": 2, …}</c>.</summary>
static class WordIndex
{
    const int MaxIndexFrom = 1 << 20; // each number before the words has a token

    /// <summary>The words at the numbers that the texts have when they were loaded with the same arguments; before them <c>[PAD]</c> at 0 and the marks
    /// <c>[START]</c> and <c>[OOV]</c>, which is also what unknown words are. A number without a word is <c>[number]</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A mark is negative or the number of a word.</exception>
    /// <exception cref="DataFileException">The file is malformed.</exception>
    public static Vocabulary Read(string path, int? startChar, int? oovChar, int indexFrom)
    {
        if (indexFrom is < 0 or > MaxIndexFrom) throw new ArgumentOutOfRangeException(nameof(indexFrom), indexFrom, $"WordIndex: indexFrom must be 0 to {MaxIndexFrom}.");
        foreach (var (name, mark) in new[] { (nameof(startChar), startChar), (nameof(oovChar), oovChar) })
            if (mark < 0 || mark > indexFrom) throw new ArgumentOutOfRangeException(name, mark, $"WordIndex: {name} must be 0 to indexFrom, {indexFrom}; further numbers are those of words.");
        var words = Numbers(path);
        var tokens = new string?[indexFrom + words.Max(w => w.Number) + 1];
        foreach (var (word, number) in words)
        {
            ref var token = ref tokens[indexFrom + number];
            token = token is null ? word : throw new DataFileException(path, $"the words '{token}' and '{word}' have one number, {number}");
        }

        tokens[0] ??= "[PAD]";
        if (startChar is { } start) tokens[start] = "[START]";
        if (oovChar is { } oov) tokens[oov] = "[OOV]";
        for (var i = 0; i < tokens.Length; i++) tokens[i] ??= $"[{i}]";
        try
        {
            return new Vocabulary(tokens!, oovChar is null ? null : "[OOV]");
        }
        catch (StrataException e)
        {
            throw new DataFileException(path, e.Message.TrimEnd('.'), e);
        }
    }

    static List<(string Word, int Number)> Numbers(string path)
    {
        var file = OpenedFile.ReadAll(path);
        var words = new List<(string, int)>();
        try
        {
            // The number of an entry is below the length of the file, as each has a quote or two: so a short file makes a short list.
            var most = Math.Min(file.Length, 1 << 30);
            var json = new Utf8JsonReader(file);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new DataFileException(path, "the file holds no JSON object of words and numbers");
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var word = json.GetString()!;
                if (!json.Read() || json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var number) || number < 1 || number > most)
                    throw new DataFileException(path, $"the word '{word}' has no number from 1 to {most}");
                words.Add((word, number));
            }

            json.Read(); // fails if there is more
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DataFileException(path, $"the file is no JSON ({e.Message.TrimEnd('.')})", e);
        }

        return words.Count > 0 ? words : throw new DataFileException(path, "there are no words in it");
    }
}
