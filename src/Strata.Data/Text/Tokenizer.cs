using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.Data;

/// <summary>Numbers the words (or characters) of texts by falling frequency, from 1; 0 is free for padding. Keras's arguments and behavior.</summary>
/// <param name="numWords">Only indices below it are given out, that is numWords − 1 words; null: all.</param>
/// <param name="filters">Characters that are taken for separators.</param>
/// <param name="lower">Whether texts are read in lower case.</param>
/// <param name="split">What separates words.</param>
/// <param name="charLevel">Whether every character is a token.</param>
/// <param name="oovToken">A token that takes index 1 and stands for every unknown word; null: those are left out.</param>
public sealed class Tokenizer(int? numWords = null, string filters = Tokenizer.DefaultFilters, bool lower = true, string split = " ", bool charLevel = false, string? oovToken = null)
{
    /// <summary>Punctuation but the apostrophe, tab and newline.</summary>
    public const string DefaultFilters = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n";

    const int Version = 1;

    readonly Dictionary<string, int> counts = []; // in the order of first appearance
    readonly Dictionary<string, int> documents = [];
    readonly Dictionary<string, int> indices = [];
    string[] words = []; // words[i] has index i + 1

    /// <summary>How often each word was seen, in the order of first appearance.</summary>
    public IReadOnlyDictionary<string, int> WordCounts => counts;

    /// <summary>In how many texts each word was seen.</summary>
    public IReadOnlyDictionary<string, int> WordDocuments => documents;

    /// <summary>The index of each word.</summary>
    public IReadOnlyDictionary<string, int> WordIndex => indices;

    /// <summary>How many texts were seen.</summary>
    public int DocumentCount { get; private set; }

    /// <summary>The words of a text: in lower case, separators removed, empty ones dropped.</summary>
    public static string[] TextToWordSequence(string text, string filters = DefaultFilters, bool lower = true, string split = " ")
    {
        if (lower) text = text.ToLowerInvariant();
        foreach (var c in filters) text = text.Replace(c.ToString(), split);
        return text.Split(split, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Learns the words of texts, beside those known already.</summary>
    public void FitOnTexts(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            DocumentCount++;
            var tokens = Tokens(text);
            foreach (var token in tokens) counts[token] = counts.GetValueOrDefault(token) + 1;
            foreach (var token in tokens.Distinct()) documents[token] = documents.GetValueOrDefault(token) + 1;
        }

        // A stable sort: of equally frequent words the one seen first comes first.
        words = [.. oovToken is null ? [] : new[] { oovToken }, .. counts.OrderByDescending(c => c.Value).Select(c => c.Key).Where(w => w != oovToken)];
        Index();
    }

    /// <summary>The indices of the words of each text.</summary>
    public List<int[]> TextsToSequences(IEnumerable<string> texts) => [.. texts.Select(TextToSequence)];

    /// <summary>The words of each sequence of indices, with spaces between them.</summary>
    public List<string> SequencesToTexts(IEnumerable<IReadOnlyList<int>> sequences) => [.. sequences.Select(s => string.Join(' ', s.Select(Word).Where(w => w is not null)))];

    /// <summary>A row for each text with a column for each index: float32 [texts, numWords], or words + 1 columns if numWords is null.</summary>
    public Tensor TextsToMatrix(IEnumerable<string> texts, TokenMatrixMode mode = TokenMatrixMode.Binary) => SequencesToMatrix(TextsToSequences(texts), mode);

    /// <summary>A row for each sequence of indices; see <see cref="TextsToMatrix"/>.</summary>
    public Tensor SequencesToMatrix(IReadOnlyList<IReadOnlyList<int>> sequences, TokenMatrixMode mode = TokenMatrixMode.Binary)
    {
        var columns = numWords ?? indices.Count + 1;
        var rows = new float[checked(sequences.Count * columns)];
        for (var i = 0; i < sequences.Count; i++)
            foreach (var token in sequences[i].Where(t => t >= 0 && t < columns).GroupBy(t => t))
            {
                double c = token.Count();
                rows[(i * columns) + token.Key] = (float)(mode switch
                {
                    TokenMatrixMode.Binary => 1,
                    TokenMatrixMode.Count => c,
                    TokenMatrixMode.Freq => c / sequences[i].Count,
                    _ => (1 + Math.Log(c)) * Math.Log(1 + (DocumentCount / (1.0 + (Word(token.Key) is { } word ? documents.GetValueOrDefault(word) : 0)))),
                });
            }

        return Tensor.From(rows, [sequences.Count, columns]);
    }

    /// <summary>Everything as JSON.</summary>
    public string ToJson()
    {
        var json = new JsonObject
        {
            ["version"] = Version,
            ["num_words"] = numWords,
            ["filters"] = filters,
            ["lower"] = lower,
            ["split"] = split,
            ["char_level"] = charLevel,
            ["oov_token"] = oovToken,
            ["document_count"] = DocumentCount,
            ["word_counts"] = new JsonArray([.. counts.Select(c => (JsonNode)new JsonArray(c.Key, c.Value, documents.GetValueOrDefault(c.Key)))]),
        };
        return json.ToJsonString();
    }

    /// <summary>The tokenizer that <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="StrataException">The text is no such JSON.</exception>
    public static Tokenizer FromJson(string text)
    {
        try
        {
            var json = JsonNode.Parse(text)!.AsObject();
            if ((int)json["version"]! != Version) throw new StrataException($"Tokenizer: the file's version is {json["version"]}; this program reads {Version}.");
            var tokenizer = new Tokenizer(
                (int?)json["num_words"], (string)json["filters"]!, (bool)json["lower"]!, (string)json["split"]!, (bool)json["char_level"]!, (string?)json["oov_token"])
            {
                DocumentCount = (int)json["document_count"]!,
            };
            foreach (var entry in json["word_counts"]!.AsArray())
            {
                var word = (string)entry![0]!;
                tokenizer.counts[word] = (int)entry[1]!;
                tokenizer.documents[word] = (int)entry[2]!;
            }

            tokenizer.FitOnTexts([]);
            return tokenizer;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentException or OverflowException)
        {
            throw new StrataException($"Tokenizer: the text is no tokenizer's JSON: {e.Message}");
        }
    }

    int[] TextToSequence(string text)
    {
        var sequence = new List<int>();
        var unknown = oovToken is null ? 0 : 1;
        foreach (var token in Tokens(text))
        {
            var index = indices.GetValueOrDefault(token, unknown);
            if (index >= numWords) index = unknown;
            if (index > 0) sequence.Add(index);
        }

        return [.. sequence];
    }

    string? Word(int index) => index >= numWords
        ? oovToken
        : index > 0 && index <= words.Length ? words[index - 1] : oovToken;

    string[] Tokens(string text) => charLevel ? [.. (lower ? text.ToLowerInvariant() : text).Select(c => c.ToString())] : TextToWordSequence(text, filters, lower, split);

    void Index()
    {
        indices.Clear();
        for (var i = 0; i < words.Length; i++) indices[words[i]] = i + 1;
    }
}
