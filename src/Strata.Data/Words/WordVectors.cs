using System.Numerics.Tensors;
using Strata.Formats;

namespace Strata.Data;

/// <summary>Words and their vectors: similar ones, analogies, and the files of word2vec.</summary>
public sealed class WordVectors
{
    const int Batch = 64; // questions answered at once

    readonly Tensor unit; // the rows at length 1

    /// <summary>Joins words and vectors.</summary>
    /// <param name="words">The words.</param>
    /// <param name="vectors">Their vectors, float32 [words, dimension].</param>
    /// <exception cref="ShapeException">There is not a row for each word.</exception>
    public WordVectors(Vocabulary words, Tensor vectors)
    {
        if (vectors.Rank != 2 || vectors.Shape[0] != words.Count || vectors.DType != DType.Float32)
            throw new ShapeException($"WordVectors: {words.Count} words need vectors float32 [{words.Count}, dimension], but got {vectors.Type}.");
        (Words, Vectors) = (words, vectors.Keep());
        unit = Unit(vectors).Keep();
    }

    /// <summary>The words.</summary>
    public Vocabulary Words { get; }

    /// <summary>The vectors, float32 [words, dimension].</summary>
    public Tensor Vectors { get; }

    /// <summary>The length of a vector.</summary>
    public int Dimension => Vectors.Shape[1];

    /// <summary>The vector of a word, [dimension].</summary>
    /// <exception cref="StrataException">The word has none.</exception>
    public Tensor this[string word] => Vectors[Words[word]];

    /// <summary>Reads a file that word2vec, gensim or fastText wrote, plain or gzip: a line <c>words dimension</c>, then each word with its numbers as text or as
    /// float32 in binary.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its form; null: found out from the first vector.</param>
    /// <exception cref="DataFileException">The file is missing, damaged or malformed.</exception>
    public static WordVectors Read(string path, WordVectorFormat? format = null) => WordVectorFile.Read(path, format);

    /// <summary>Writes a file that word2vec, gensim and fastText read, replacing one that exists; it is never seen half-written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its form; binary keeps every bit, and so does text as it is written here.</param>
    /// <exception cref="StrataException">A word holds white space, which the format cannot tell from its own.</exception>
    public void Write(string path, WordVectorFormat format = WordVectorFormat.Binary) => WordVectorFile.Write(path, this, format);

    /// <summary>The cosine of the angle between the vectors of two words.</summary>
    /// <exception cref="StrataException">A word has no vector.</exception>
    public double Similarity(string a, string b) => (unit[Words[a]] * unit[Words[b]]).Sum().Item();

    /// <summary>The words nearest to one, that one left out, by falling cosine.</summary>
    /// <exception cref="StrataException">The word has no vector.</exception>
    public IReadOnlyList<(string Word, double Similarity)> Nearest(string word, int count = 10) => Nearest(this[word], count, Words[word]);

    /// <summary>The words nearest to a vector [dimension], by falling cosine.</summary>
    public IReadOnlyList<(string Word, double Similarity)> Nearest(Tensor vector, int count = 10) => Nearest(vector, count, []);

    /// <summary>The words d nearest to b − a + c, all of length 1, so that a is to b as c is to d (Mikolov et al. 2013; "3CosAdd"); a, b and c are left out.</summary>
    /// <exception cref="StrataException">A word has no vector.</exception>
    public IReadOnlyList<(string Word, double Similarity)> Analogy(string a, string b, string c, int count = 1) =>
        Nearest(unit[Words[b]] - unit[Words[a]] + unit[Words[c]], count, Words[a], Words[b], Words[c]);

    /// <summary>Asks questions as <see cref="Analogy"/> answers them; only the nearest word counts.</summary>
    /// <param name="questions">The questions; those with a word that has no vector are left out.</param>
    /// <param name="mostFrequent">Only the first so many words are known; null: all. (The published program takes 30,000 for quick tests.)</param>
    public AnalogyScore Ask(AnalogyQuestions questions, int? mostFrequent = null)
    {
        var known = Math.Min(mostFrequent ?? int.MaxValue, Words.Count);
        var rows = unit[..known];
        var scores = new List<AnalogySectionScore>();
        foreach (var section in questions.Sections)
        {
            var asked = section.Questions.Select(q => Array.ConvertAll([q.A, q.B, q.C, q.D], Known)).Where(q => !q.Contains(-1)).ToArray();
            var right = asked.Chunk(Batch).Sum(batch => Right(rows, batch));
            scores.Add(new(section.Name, right, asked.Length, section.Questions.Count - asked.Length));
        }

        return new(scores);

        int Known(string word) => Words.Contains(word) && Words[word] is var i && i < known ? i : -1;
    }

    /// <summary>How well cosines follow people's judgment: Spearman's rank correlation over the pairs whose words both have vectors.</summary>
    /// <param name="pairs">Pairs of words with scores.</param>
    /// <returns>The correlation in [−1, 1], and how many pairs were judged.</returns>
    public (double Correlation, int Judged) Judge(WordSimilarities pairs)
    {
        var known = pairs.Pairs.Where(p => Words.Contains(p.A) && Words.Contains(p.B)).ToArray();
        return (RankCorrelation.Of([.. known.Select(p => Similarity(p.A, p.B))], [.. known.Select(p => p.Score)]), known.Length);
    }

    static int Right(Tensor rows, int[][] questions)
    {
        Tensor Column(int i) => rows.Gather(Tensor.From([.. questions.Select(q => q[i])], [questions.Length]));
        var scores = (Column(1) - Column(0) + Column(2)).MatMul(rows, transposeB: true).AsSpan<float>(); // [n, words]
        var (right, known) = (0, rows.Shape[0]);
        var row = new float[known];
        for (var i = 0; i < questions.Length; i++)
        {
            scores.Slice(i * known, known).CopyTo(row);
            foreach (var word in questions[i].AsSpan(0, 3)) row[word] = float.NegativeInfinity;
            if (TensorPrimitives.IndexOfMax<float>(row) == questions[i][3]) right++;
        }

        return right;
    }

    IReadOnlyList<(string, double)> Nearest(Tensor vector, int count, params ReadOnlySpan<int> without)
    {
        if (vector.Rank != 1 || vector.Shape[0] != Dimension) throw new ShapeException($"WordVectors: the vector must be [{Dimension}], but it is {vector.Shape}.");
        var scores = unit.MatMul(Unit(vector)).ToArray<float>();
        foreach (var word in without) scores[word] = float.NegativeInfinity;
        var (values, indices) = Tensor.From(scores).TopK(Math.Clamp(count, 0, Words.Count - without.Length));
        return [.. indices.ToArray<long>().Zip(values.ToArray<float>(), (i, v) => (Words[(int)i], (double)v))];
    }

    static Tensor Unit(Tensor vectors) => vectors / Tensor.Maximum(vectors.Norm(-1, keepDims: true), Tensor.Scalar(1e-30f));
}
