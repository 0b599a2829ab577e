using Strata.Data;
using Strata.Gallery.Language.Embeddings;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Language;

public sealed unsafe class Word2VecTests
{
    static readonly WordCorpus corpus = WordCorpus.Of([["a", "b", "c", "a", "d", "b", "a"], ["e", "a", "c"]]);

    static Word2Vec Make(Word2VecOptions options)
    {
        var model = new Word2Vec(corpus, options with { Dimension = 20, Window = 1, Epochs = 1, Subsampling = 0 });
        var random = new RandomStream(7);
        model.Input = random.Normal(model.Input.Shape, deviation: 0.5);
        model.Output = random.Normal(model.Output.Shape, deviation: 0.5);
        return model;
    }

    static float[] Near(float[] values) => [.. values.Select(v => MathF.Round(v, 5))];

    // The pairs of the text in the order of the training: each context with the word that it predicts.
    static IEnumerable<(int[] Context, int Word)> Predictions(bool together)
    {
        var sentences = string.Join(' ', corpus.Tokens.ToArray()).Split(" -1", StringSplitOptions.RemoveEmptyEntries).Select(s => s.Trim().Split(' ').Select(int.Parse).ToArray());
        foreach (var s in sentences)
            for (var i = 0; i < s.Length; i++)
            {
                var around = new[] { i - 1, i + 1 }.Where(j => j >= 0 && j < s.Length).Select(j => s[j]).ToArray();
                if (together) yield return (around, s[i]);
                else
                    foreach (var word in around) yield return ([word], s[i]);
            }
    }

    [Theory]
    [InlineData(Word2VecArchitecture.SkipGram)]
    [InlineData(Word2VecArchitecture.ContinuousBagOfWords)]
    public void A_pass_over_a_text_follows_the_gradients_of_the_hierarchical_softmax(Word2VecArchitecture architecture)
    {
        var model = Make(new() { Architecture = architecture, Negatives = 0, LearningRate = 0.3 });
        var layer = new HierarchicalSoftmax(corpus.Counts);
        layer.Apply(Tensor.Zeros([1, 20]));
        var (v, o) = (new Variable(model.Input), layer.TrainableWeights.Single());
        o.Assign(model.Output);
        foreach (var (context, word) in Predictions(architecture == Word2VecArchitecture.ContinuousBagOfWords))
        {
            var h = new Variable(v.Value.Gather(Tensor.From(context)).Mean(0, keepDims: true));
            var change = Gradient.Of(() => layer.Apply([h, Tensor.From(word)], new CallContext(true))[0].Sum(), [h, o]);
            // Each word of the context gets the whole change, as in the published program.
            v.Assign(v.Value.ScatterAdd(Tensor.From(context), Tensor.Concatenate([.. context.Select(_ => change[0] * -0.3)], 0)));
            o.Assign(o.Value - (change[1] * 0.3));
        }

        model.Train();
        Assert.Equal(Near(v.Value.ToArray<float>()), Near(model.Input.ToArray<float>()), (a, b) => Math.Abs(a - b) < 3e-5);
        Assert.Equal(Near(o.Value.ToArray<float>()), Near(model.Output.ToArray<float>()), (a, b) => Math.Abs(a - b) < 3e-5);
    }

    [Theory]
    [InlineData(5, 100)]
    [InlineData(17, 16)]
    [InlineData(1, 3)]
    public void A_step_follows_the_gradients_of_negative_sampling(int negatives, int dimension)
    {
        const float Rate = 0.1f;
        var random = new RandomStream(3);
        var (hidden, rows) = (new VectorTable(2, dimension), new VectorTable(negatives + 1, dimension));
        hidden.Value = random.Normal([2, dimension], deviation: 0.4);
        rows.Value = random.Normal([negatives + 1, dimension], deviation: 0.4);
        var (h, w) = (new Variable(hidden.Value[0]), new Variable(rows.Value));
        var signs = Tensor.From([-1f, .. Enumerable.Repeat(1f, negatives)]);
        var expected = Gradient.Of(() => (w.Value.MatMul(h.Value) * signs).Softplus().Sum(), [h, w]); // −ln σ(x₀) − Σ ln σ(−x_k)

        var pointers = stackalloc float*[negatives + 1];
        for (var i = 0; i <= negatives; i++) pointers[i] = rows[i];
        var room = (negatives + 16) / 16 * 16;
        var numbers = stackalloc float[2 * room];
        new Span<float>(numbers, 2 * room).Clear();
        numbers[0] = 1;
        LogisticRows.Step(hidden[0], pointers, numbers, numbers + room, negatives + 1, hidden.Width, Rate, hidden[1]);

        Assert.Equal((expected[0] * -Rate).ToArray<float>(), hidden.Value[1].ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal((w.Value - (expected[1] * Rate)).ToArray<float>(), rows.Value.ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_negative_drawn_twice_is_pushed_twice()
    {
        const float Rate = 0.1f;
        const int Dimension = 20;
        var random = new RandomStream(3);
        var (hidden, rows) = (new VectorTable(2, Dimension), new VectorTable(3, Dimension));
        hidden.Value = random.Normal([2, Dimension], deviation: 0.4);
        rows.Value = random.Normal([3, Dimension], deviation: 0.4);
        var (h, w) = (new Variable(hidden.Value[0]), new Variable(rows.Value));
        int[] drawn = [0, 1, 2, 1];
        var expected = Gradient.Of(() => (w.Value.Gather(Tensor.From(drawn)).MatMul(h.Value) * Tensor.From([-1f, 1, 1, 1])).Softplus().Sum(), [h, w]);
        var σ = (w.Value[1] * h.Value).Sum().Sigmoid();

        var pointers = stackalloc float*[4];
        for (var i = 0; i < 4; i++) pointers[i] = rows[drawn[i]];
        var numbers = stackalloc float[32];
        new Span<float>(numbers, 32).Clear();
        numbers[0] = 1;
        LogisticRows.Step(hidden[0], pointers, numbers, numbers + 16, 4, hidden.Width, Rate, hidden[1]);

        var e = (expected[0] * -Rate) + (h.Value * (Rate * σ).Square()); // the second time the row has moved by −ασh already
        Assert.Equal(e.ToArray<float>(), hidden.Value[1].ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal((w.Value - (expected[1] * Rate)).ToArray<float>(), rows.Value.ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Negative_samples_come_by_counts_to_the_power_of_three_quarters()
    {
        const int Draws = 50_000;
        var (noise, random, drawn) = (new Word2Vec(corpus, new Word2VecOptions()).Noise!, new RandomStream(1), new int[corpus.Words.Count]);
        for (var i = 0; i < Draws; i++) drawn[noise.Draw(random)]++;
        var weights = corpus.Counts.ToArray().Select(c => Math.Pow(c, 0.75)).ToArray();
        var expected = weights.Select(w => Draws * w / weights.Sum());
        Assert.InRange(expected.Zip(drawn).Sum(e => Math.Pow(e.Second - e.First, 2) / e.First), 0, 18.5); // χ² of 4 degrees of freedom: one in a thousand is above
    }

    [Fact]
    public void The_logistic_function_holds_at_its_ends()
    {
        // One row along h with scores from −100 to 100: the step is α(1 − σ).
        var numbers = stackalloc float[32];
        foreach (var score in (float[])[-100, -20, -6, -0.5f, 0, 0.5f, 6, 20, 100])
        {
            var table = new VectorTable(3, 1);
            table.Value = Tensor.From([1, score, 0], [3, 1]);
            var row = table[1];
            new Span<float>(numbers, 32).Clear();
            numbers[0] = 1;
            LogisticRows.Step(table[0], &row, numbers, numbers + 16, 1, table.Width, 1, table[2]);
            Assert.Equal(1 - (1 / (1 + Math.Exp(-score))), numbers[16], 1e-6);
        }
    }

    [Fact]
    public void Skip_grams_move_only_what_they_touch_and_vectors_begin_as_in_the_program()
    {
        var options = new Word2VecOptions { Dimension = 10, Epochs = 1, Subsampling = 0 };
        var model = new Word2Vec(corpus, options);
        var before = model.Input.ToArray<float>();
        Assert.All(before, v => Assert.InRange(v, -0.05f, 0.05f));
        Assert.True(before.Max() > 0.04f && before.Min() < -0.04f);
        Assert.All(model.Output.ToArray<float>(), v => Assert.Equal(0, v));
        model.Train();
        Assert.NotEqual(before, model.Input.ToArray<float>());
    }

    [Fact]
    public void Parameters_are_2Vd_and_Vd_plus_V_less_1_times_d()
    {
        var (sampled, tree) = (new Word2Vec(corpus, new() { Dimension = 7 }), new Word2Vec(corpus, new() { Dimension = 7, Negatives = 0 }));
        Assert.Equal(2 * 5 * 7, sampled.Input.Size + sampled.Output.Size);
        Assert.Equal((5 * 7) + (4 * 7), tree.Input.Size + tree.Output.Size);
    }

    [Fact]
    public void One_thread_repeats_itself_and_another_seed_does_not()
    {
        float[] Trained(long seed)
        {
            var model = new Word2Vec(AnalogyCorpus.Draw(300, new RandomStream(1)).Corpus, new() { Dimension = 8, Epochs = 2, Seed = seed });
            model.Train();
            return model.Input.ToArray<float>();
        }

        Assert.Equal(Trained(1), Trained(1));
        Assert.NotEqual(Trained(1), Trained(2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_share_of_the_work_rises_to_1_and_the_rate_falls_to_its_least(int threads)
    {
        var text = AnalogyCorpus.Draw(1_000, new RandomStream(1)).Corpus;
        var model = new Word2Vec(text, new() { Dimension = 8, Epochs = 2, Threads = threads });
        var shares = new List<double>();
        model.Train(shares.Add);
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, model.Advance(0), 1e-12);
        Assert.Equal(0.025, model.RateAt(0), 1e-7);
        Assert.Equal(0.0125, model.RateAt(0.5), 1e-7);
        Assert.Equal(0.025 * 1e-4, model.RateAt(1), 1e-9);
    }

    [Fact]
    public void Related_words_come_to_be_near()
    {
        var (text, questions) = AnalogyCorpus.Draw(8_000, new RandomStream(1));
        var model = new Word2Vec(text, new() { Dimension = 24, Epochs = 10 });
        Assert.InRange(model.Vectors.Ask(questions).Accuracy, 0, 0.05);
        model.Train();
        Assert.InRange(model.Vectors.Ask(questions).Accuracy, 0.7, 1);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Assert.Equal("Word2Vec: Window must be at least 1, but it is 0.", Assert.Throws<StrataException>(() => new Word2Vec(corpus, new() { Window = 0 })).Message);
        Assert.Equal("Word2Vec: the text must have 2 different words at least.", Assert.Throws<StrataException>(() => new Word2Vec(WordCorpus.Of([["a"]]), new())).Message);
    }

    [Theory]
    [InlineData("paper", "questions-words.txt")]
    [InlineData("small", "EN-MEN-TR-3k.txt")]
    public void Missing_data_are_named(string preset, string file)
    {
        var folder = Directory.CreateTempSubdirectory("strata-").FullName;
        try
        {
            var output = Path.Combine(folder, "run");
            Assert.Contains(file, Assert.Throws<StrataException>(() => RecipeRunner.Run(new Word2VecRecipe(), new() { Preset = preset, Directory = output })).Message);
            Assert.Contains(file, Assert.Throws<Strata.Formats.DataFileException>(() => RecipeRunner.Run(new Word2VecRecipe(), new() { Preset = preset, Data = folder, Directory = output })).Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
