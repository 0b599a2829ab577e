using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Strata.Formats;

namespace Strata.Data;

/// <summary>Reads and writes the files of word vectors that began with the word2vec program: <see cref="WordVectors.Read"/>.</summary>
static class WordVectorFile
{
    const int MaxDimension = 1 << 16;
    const int LongestToken = 1 << 12; // bytes of a word or number
    const int Looked = 1 << 12; // bytes of the first vector that tell the form

    public static WordVectors Read(string path, WordVectorFormat? format)
    {
        using var file = DataFile.Open(path);
        var from = new ByteReader(file);
        var (count, dimension) = Header(from, path);
        var (words, values) = (new List<string>(), new List<float>()); // grow with what is there, whatever the header claims
        for (var i = 0; i < count; i++)
        {
            from.SkipWhile(b => b is (byte)'\n' or (byte)'\r');
            if (from.AtEnd) throw new DataFileException(path, $"the file ends after {i} of {count} vectors");
            var word = from.Token(LongestToken);
            words.Add(word.Length > 0 ? Encoding.UTF8.GetString(word) : throw new DataFileException(path, $"word {i + 1} is empty"));
            if (from.Next() is not ((byte)' ' or (byte)'\t')) throw new DataFileException(path, $"there are no numbers after '{words[i]}', expected {dimension}");
            format ??= IsText(from.Peek((int)Math.Min(Looked, 4L * dimension))) ? WordVectorFormat.Text : WordVectorFormat.Binary;
            var row = Grow(values, dimension);
            if (format == WordVectorFormat.Binary) ReadBinary(from, row, path, words[i]);
            else ReadText(from, row, path, words[i]);
            foreach (var value in row)
                if (!float.IsFinite(value)) throw new DataFileException(path, $"the vector of '{words[i]}' holds {value.ToString(CultureInfo.InvariantCulture)}, expected finite numbers");
        }

        from.SkipWhile(b => b is (byte)'\n' or (byte)'\r' or (byte)' ');
        if (!from.AtEnd) throw new DataFileException(path, $"there are bytes after the {count} vectors that the first line announces");
        if (words.GroupBy(w => w, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            throw new DataFileException(path, $"the word '{twice.Key}' stands twice");
        return new(new Vocabulary(words), Tensor.From((ReadOnlySpan<float>)CollectionsMarshal.AsSpan(values), [count, dimension]));
    }

    public static void Write(string path, WordVectors vectors, WordVectorFormat format)
    {
        var words = vectors.Words.Decode(Enumerable.Range(0, vectors.Words.Count));
        if (words.FirstOrDefault(w => w.Length == 0 || w.Any(char.IsWhiteSpace)) is { } unfit)
            throw new StrataException($"WordVectors: the word '{unfit}' is empty or holds white space, which a file of word vectors cannot keep apart; join its parts by '_'.");
        OpenedFile.Replace(path, to =>
        {
            to.Write(Encoding.ASCII.GetBytes($"{words.Length} {vectors.Dimension}\n"));
            for (var i = 0; i < words.Length; i++)
            {
                to.Write(Encoding.UTF8.GetBytes(words[i]));
                var row = vectors.Vectors.AsSpan<float>().Slice(i * vectors.Dimension, vectors.Dimension);
                if (format == WordVectorFormat.Binary) WriteBinary(to, row);
                else foreach (var value in row) to.Write(Encoding.ASCII.GetBytes($" {value.ToString(CultureInfo.InvariantCulture)}"));
                to.WriteByte((byte)'\n');
            }
        });
    }

    static (int Count, int Dimension) Header(ByteReader from, string path)
    {
        var sizes = Encoding.ASCII.GetString(from.Line(LongestToken)).Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (sizes.Length != 2 || !Size(sizes[0], out var count) || !Size(sizes[1], out var dimension))
            throw new DataFileException(path, "the first line is not the number of words and the dimension, as in '71291 200'");
        if (count < 1 || dimension is < 1 or > MaxDimension || (long)count * dimension > Array.MaxLength)
            throw new DataFileException(path, $"the first line announces {count} vectors of dimension {dimension}, expected at least 1 of 1 to {MaxDimension} and no more than {Array.MaxLength} numbers in all");
        return (count, dimension);

        static bool Size(string text, out int size) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size);
    }

    // Bytes of floating-point numbers that are all digits, signs and spaces do not occur but by a chance of far less than one in a million.
    static bool IsText(ReadOnlySpan<byte> start)
    {
        var end = start.IndexOf((byte)'\n');
        return (end < 0 ? start : start[..end]).IndexOfAnyExcept("0123456789+-.eE \t\r"u8) < 0;
    }

    static Span<float> Grow(List<float> values, int count)
    {
        CollectionsMarshal.SetCount(values, values.Count + count);
        return CollectionsMarshal.AsSpan(values)[^count..];
    }

    static void ReadBinary(ByteReader from, Span<float> row, string path, string word)
    {
        var bytes = MemoryMarshal.AsBytes(row);
        if (from.Read(bytes) < bytes.Length) throw new DataFileException(path, $"the file ends within the vector of '{word}'");
        if (!BitConverter.IsLittleEndian) MemoryMarshal.Cast<float, int>(row).ReverseEndianness();
    }

    static void ReadText(ByteReader from, Span<float> row, string path, string word)
    {
        for (var j = 0; j < row.Length; j++)
        {
            from.SkipWhile(b => b is (byte)' ' or (byte)'\t');
            var token = from.Token(LongestToken);
            if (token.Length == 0) throw new DataFileException(path, $"the vector of '{word}' has {j} numbers, expected {row.Length}");
            if (!float.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out row[j]))
                throw new DataFileException(path, $"the vector of '{word}' holds '{Encoding.UTF8.GetString(token)}', which is not a number");
        }

        from.SkipWhile(b => b is (byte)' ' or (byte)'\t' or (byte)'\r');
        if (!from.AtEnd && from.Next() != '\n') throw new DataFileException(path, $"the vector of '{word}' has more than {row.Length} numbers");
    }

    static void WriteBinary(Stream to, ReadOnlySpan<float> row)
    {
        to.WriteByte((byte)' ');
        if (BitConverter.IsLittleEndian)
        {
            to.Write(MemoryMarshal.AsBytes(row));
            return;
        }

        var turned = row.ToArray();
        MemoryMarshal.Cast<float, int>(turned.AsSpan()).ReverseEndianness();
        to.Write(MemoryMarshal.AsBytes(turned.AsSpan()));
    }

    static void ReverseEndianness(this Span<int> values) => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(values, values);
}
