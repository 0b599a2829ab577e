using System.Text;
using Strata.Formats;
using Strata.Random;

namespace Strata.Data.Tests.Words;

public sealed class WordVectorsTests
{
    static WordVectors Of(params (string Word, float[] Vector)[] rows) =>
        new(new Vocabulary(rows.Select(r => r.Word)), Tensor.Stack([.. rows.Select(r => Tensor.From(r.Vector))], 0));

    // Pairs (x, x + c) in one plane each, so that all vectors have equal length and so unit differences are equal, too.
    static WordVectors Pairs()
    {
        const int Count = 5;
        var rows = new List<(string, float[])>();
        for (var i = 0; i < Count; i++)
            foreach (var side in (float[])[-1, 1])
            {
                var v = new float[Count + 1];
                (v[i], v[Count]) = (2, side);
                rows.Add(($"{(side < 0 ? 'x' : 'y')}{i}", v));
            }

        return Of([.. rows]);
    }

    static AnalogyQuestions Questions(params AnalogyQuestion[] questions) => new([new("all", questions)]);

    [Fact]
    public void Where_all_pairs_differ_by_the_same_vector_every_answer_is_right()
    {
        var all = from a in Enumerable.Range(0, 5) from c in Enumerable.Range(0, 5) where a != c select new AnalogyQuestion($"x{a}", $"y{a}", $"x{c}", $"y{c}");
        var score = Pairs().Ask(Questions([.. all]));
        Assert.Equal((20, 20, 0, 1.0), (score.Right, score.Asked, score.LeftOut, score.Accuracy));
    }

    [Fact]
    public void A_word_of_the_question_is_never_the_answer()
    {
        // b − a + c is nearest to b itself, which must not be given.
        var vectors = Of(("a", [1, 0]), ("b", [0.9f, 0.1f]), ("c", [0, 1]), ("d", [-1, 0.2f]));
        Assert.Equal("d", vectors.Analogy("a", "b", "c").Single().Word);
        Assert.Equal(1, vectors.Ask(Questions(new AnalogyQuestion("a", "b", "c", "d"))).Right);
        Assert.Equal(0, vectors.Ask(Questions(new AnalogyQuestion("a", "b", "c", "c"))).Right);
    }

    [Fact]
    public void Questions_with_unknown_words_are_left_out()
    {
        var score = Pairs().Ask(Questions(new AnalogyQuestion("x0", "y0", "x1", "y1"), new("x0", "y0", "z", "y1")));
        Assert.Equal((1, 1, 1), (score.Right, score.Asked, score.LeftOut));
        Assert.Equal(0, Pairs().Ask(Questions(new AnalogyQuestion("x0", "y0", "x1", "y1")), mostFrequent: 3).Asked);
    }

    [Fact]
    public void The_nearest_words_come_by_cosine()
    {
        var vectors = Of(("a", [2, 0]), ("b", [10, 10]), ("c", [0.1f, 0.01f]), ("d", [-1, 0]));
        Assert.Equal(["c", "b", "d"], vectors.Nearest("a").Select(n => n.Word));
        Assert.Equal(Math.Sqrt(0.5), vectors.Similarity("a", "b"), 1e-6);
        Assert.Equal(("b", 1.0), vectors.Nearest(Tensor.From(1f, 1f), 1).Select(n => (n.Word, Math.Round(n.Similarity, 6))).Single());
        Assert.Equal([2, 0], vectors["a"].ToArray<float>());
        Assert.Equal("Vocabulary: 'e' is not in it.", Assert.Throws<StrataException>(() => vectors.Nearest("e")).Message);
        Assert.Equal("WordVectors: the vector must be [2], but it is [3].", Assert.Throws<ShapeException>(() => vectors.Nearest(Tensor.Zeros([3]))).Message);
    }

    [Fact]
    public void Judgment_is_compared_by_ranks()
    {
        var vectors = Of(("a", [1, 0]), ("b", [1, 0.1f]), ("c", [1, 1]), ("d", [0, 1]));
        var (correlation, judged) = vectors.Judge(new([("a", "b", 9), ("a", "c", 8.5), ("a", "d", 0), ("a", "unknown", 10)]));
        Assert.Equal((1, 3), (correlation, judged));
        Assert.Equal(1 - (6 * 2.0 / (3 * 8)), RankCorrelation.Of([1, 2, 3], [2, 1, 3]), 1e-12); // 1 − 6Σd²/(n(n² − 1))
        Assert.Equal(Math.Sqrt(0.75), RankCorrelation.Of([1, 2, 2], [1, 2, 3]), 1e-12); // ranks 0, 1.5, 1.5: 1.5/√(1.5·2)
        Assert.True(double.IsNaN(RankCorrelation.Of([1, 1], [1, 2])));
    }

    [Theory]
    [InlineData(WordVectorFormat.Text)]
    [InlineData(WordVectorFormat.Binary)]
    public void Files_keep_every_bit(WordVectorFormat format)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "vectors");
        var values = new RandomStream(1).Normal([3, 50]).ToArray<float>();
        (values[0], values[1], values[2]) = (float.MaxValue, float.Epsilon, -0f);
        var vectors = new WordVectors(new Vocabulary(["</s>", "Bär", "new_york"]), Tensor.From(values, [3, 50]));
        vectors.Write(path, format);
        foreach (var read in (WordVectors[])[WordVectors.Read(path), WordVectors.Read(path, format)])
        {
            Assert.Equal(["</s>", "Bär", "new_york"], read.Words.Decode([0, 1, 2]));
            Assert.Equal(values.Select(BitConverter.SingleToUInt32Bits), read.Vectors.ToArray<float>().Select(BitConverter.SingleToUInt32Bits));
        }
    }

    [Fact]
    public void The_files_of_other_programs_are_read()
    {
        using var folder = new TemporaryFolder();
        byte[] one = [0, 0, 0x80, 0x3F], two = [0, 0, 0, 0x40];
        byte[] Binary(string after) => [.. "2 1\na "u8, .. one, .. Encoding.ASCII.GetBytes(after), .. "b "u8, .. two, .. Encoding.ASCII.GetBytes(after)];
        foreach (var path in (string[])
        [
            folder.Write("fasttext.vec", "2 1\na 1 \nb 2 \n"), folder.Write("windows.txt", "2 1\r\na 1\r\nb 2.0e0\r\n"), folder.WriteGzip("vectors.txt.gz", "2\t1\na\t1\nb\t2"),
            folder.Write("word2vec.bin", Binary("\n")), folder.Write("gensim.bin", Binary("")),
        ])
        {
            var read = WordVectors.Read(path);
            Assert.Equal(["a", "b"], read.Words.Decode([0, 1]));
            Assert.Equal([1, 2], read.Vectors.ToArray<float>());
        }
    }

    [Theory]
    [InlineData("", "the first line is not the number of words and the dimension, as in '71291 200'")]
    [InlineData("a 1 2\n", "the first line is not the number of words and the dimension, as in '71291 200'")]
    [InlineData("0 2\n", "the first line announces 0 vectors of dimension 2, expected at least 1 of 1 to 65536 and no more than 2147483591 numbers in all")]
    [InlineData("2147483647 60000\n", "the first line announces 2147483647 vectors of dimension 60000, expected at least 1 of 1 to 65536 and no more than 2147483591 numbers in all")]
    [InlineData("2 2\na 1 2\n", "the file ends after 1 of 2 vectors")]
    [InlineData("1 2\na 1\n", "the vector of 'a' has 1 numbers, expected 2")]
    [InlineData("1 2\na 1 2 3\n", "the vector of 'a' has more than 2 numbers")]
    [InlineData("1 2\na 1 1e99\n", "the vector of 'a' holds ∞, expected finite numbers")]
    [InlineData("2 2\na 1 2\nb 1 x\n", "the vector of 'b' holds 'x', which is not a number")]
    [InlineData("1 2\na\n", "there are no numbers after 'a', expected 2")]
    [InlineData("1 2\n 1 2\n", "word 1 is empty")]
    [InlineData("1 2\na xyz", "the file ends within the vector of 'a'")]
    [InlineData("1 2\na 1 2\nb 1 2\n", "there are bytes after the 1 vectors that the first line announces")]
    [InlineData("2 1\na 1\na 2\n", "the word 'a' stands twice")]
    public void Damaged_files_are_refused_with_a_reason(string content, string reason)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("vectors", content);
        Assert.Equal($"{path}: {reason.Replace("∞", "Infinity")}.", Assert.Throws<DataFileException>(() => WordVectors.Read(path)).Message);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("the word 'new york' is empty or holds white space", Assert.Throws<StrataException>(() => Of(("new york", [1])).Write(Path.Combine(folder.Path, "v"))).Message);
        Assert.Equal(
            "WordVectors: 2 words need vectors float32 [2, dimension], but got float32 [3, 1].",
            Assert.Throws<ShapeException>(() => new WordVectors(new Vocabulary(["a", "b"]), Tensor.Zeros([3, 1]))).Message);
    }

    [Fact]
    public void Questions_and_lists_are_read()
    {
        using var folder = new TemporaryFolder();
        var questions = AnalogyQuestions.Read(folder.Write("questions", ": capital-common\nAthens Greece Bern Switzerland\n\n:gram1\ncalm calmly free freely\nrare rarely safe safely\n"), lower: true);
        Assert.Equal(["capital-common", "gram1"], questions.Sections.Select(s => s.Name));
        Assert.Equal(new AnalogyQuestion("athens", "greece", "bern", "switzerland"), questions.Sections[0].Questions.Single());
        Assert.Equal(3, questions.Count);
        Assert.Equal([("sun", "sunlight", 50.0), ("a", "b", 0.5)], WordSimilarities.Read(folder.Write("list", "sun\tsunlight\t50.0\na b .5\n")).Pairs);

        void Fails(string text, string reason, Action<string> read) =>
            Assert.EndsWith($": {reason}.", Assert.Throws<DataFileException>(() => read(folder.Write("bad", text))).Message);
        Fails(": a\nb c d\n", "line 2 has 3 words, expected 4 or a section that begins with ':'", p => AnalogyQuestions.Read(p));
        Fails("a b c d\n", "line 1 is a question before the first section, which a line like ': capitals' begins", p => AnalogyQuestions.Read(p));
        Fails("", "there are no questions in it", p => AnalogyQuestions.Read(p));
        Fails("a b\n", "line 1 is not two words and a number", p => WordSimilarities.Read(p));
        Fails("a b NaN\n", "line 1 is not two words and a number", p => WordSimilarities.Read(p));
        Fails("\n", "there are no pairs of words in it", p => WordSimilarities.Read(p));
    }
}
