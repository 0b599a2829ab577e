using Strata.Data;
using Strata.Gallery.Language.Translation;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Language;

public sealed class LuongAttentionTests
{
    const int Units = 6;

    static readonly SentencePair[] pairs = new LexicalTranslation(new RandomStream(1)).Draw(6, 2, 7, new RandomStream(2));

    static LuongAttention Net(Attention? attention = null, bool inputFeeding = true, int layers = 2) =>
        new(40, 40, new DeepLstm(layers, Units, Range: 0.5), attention ?? new Attention(), inputFeeding, seed: 1);

    static long Count(Func<Attention> attention, bool inputFeeding = true)
    {
        var net = Net(attention(), inputFeeding);
        net.Apply(BucketedPairs.Of(pairs).Inputs);
        return net.ParameterCount;
    }

    [Fact]
    public void Scores_windows_and_input_feeding_cost_these_weights()
    {
        var dot = Count(() => new Attention());
        var stack = 2 * 4 * ((2 * Units * Units) + Units); // of two LSTMs
        Assert.Equal((2 * stack) + (4 * Units * Units) + (2 * Units * Units) + (2 * 40 * Units) + (40 * (Units + 1)), dot); // with W_c [2H, H], embeddings, output
        Assert.Equal(4 * Units * Units, dot - Count(() => new Attention(), inputFeeding: false));
        Assert.Equal(Units * Units, Count(() => new Attention(new GeneralScore())) - dot);
        Assert.Equal((2 * Units * Units) + Units, Count(() => new Attention(new ConcatScore(Units))) - dot);
        Assert.Equal(12 * Units, Count(() => new Attention(new LocationScore(12))) - dot);
        Assert.Equal((Units * Units) + Units, Count(() => new Attention(window: new PredictiveWindow(3, Units))) - dot);
        Assert.Equal(0, Count(() => new Attention(window: new MonotonicWindow(3))) - dot);
    }

    [Fact]
    public void A_monotonic_window_as_wide_as_the_source_is_global_attention()
    {
        var inputs = BucketedPairs.Of(pairs).Inputs;
        Assert.Equal(
            Net().Alignments(inputs[0], inputs[1]).ToArray<float>(),
            Net(new Attention(window: new MonotonicWindow(inputs[0].Shape[1]))).Alignments(inputs[0], inputs[1]).ToArray<float>());
        Assert.NotEqual(
            Net().Alignments(inputs[0], inputs[1]).ToArray<float>(),
            Net(new Attention(window: new MonotonicWindow(1))).Alignments(inputs[0], inputs[1]).ToArray<float>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_loss_knows_neither_padding_nor_the_order_of_a_batch(bool inputFeeding)
    {
        var net = Net(new Attention(new GeneralScore(), new PredictiveWindow(3, Units)), inputFeeding);
        var expected = Loss(BucketedPairs.Of(pairs));
        Assert.Equal(expected, Loss(BucketedPairs.Of(pairs, 20)), 1e-4);
        Assert.Equal(expected, Loss(BucketedPairs.Of([.. pairs.Reverse()])), 1e-4);
        Assert.Equal(expected, pairs.Average(p => Loss(BucketedPairs.Of([p]))), 1e-4);

        double Loss(Batch batch) => new SequenceCrossentropy().Apply(batch.Targets[0], net.Apply(batch.Inputs)[0]).Item();
    }

    [Fact]
    public void Centers_are_those_that_the_window_was_put_around()
    {
        // Weights fall off as e^(−(s − p)²/(2σ²)): without a score that tells places apart their largest is nearest to the center.
        var net = Net(new Attention(new LocationScore(12), new PredictiveWindow(4, Units)));
        var inputs = BucketedPairs.Of(pairs).Inputs;
        var (centers, looked) = (net.Centers(inputs[0], inputs[1]), net.Alignments(inputs[0], inputs[1]));
        for (var i = 0; i < pairs.Length; i++)
            for (var t = 0; t <= pairs[i].Target.Length; t++)
            {
                var p = centers[i, t].Item();
                Assert.InRange(p, 0, pairs[i].Source.Length);
                for (var s = 0; s < looked.Shape[2]; s++)
                    if (Math.Abs(s - p) > 4 || s >= pairs[i].Source.Length) Assert.Equal(0, looked[i, t, s].Item());
            }

        Assert.Throws<StrataException>(() => Net().Centers(inputs[0], inputs[1]));
    }

    [Fact]
    public void Translating_word_by_word_says_what_the_net_says_at_once()
    {
        foreach (var net in (LuongAttention[])[Net(), Net(new Attention(new GeneralScore(), new MonotonicWindow(2)), inputFeeding: false)])
        {
            var found = new Translator(net).Translate(pairs[0].Source, width: 2, maxLength: 6)[0];
            var (source, target) = (Tensor.From<int>(pairs[0].Source).Reshape(1, -1), Tensor.From<int>([1, .. found.Tokens]).Reshape(1, -1));
            var log = net.Apply([source, target])[0].LogSoftmax();
            var sum = found.Tokens.Append(2).Take(found.Ended ? found.Tokens.Length + 1 : found.Tokens.Length).Select((token, t) => log[0, t, token].Item()).Sum();
            Assert.Equal(sum, found.LogProbability, 1e-4);
            var looked = net.Alignments(source, target);
            for (var t = 0; t < found.Tokens.Length; t++)
                for (var s = 0; s < pairs[0].Source.Length; s++) Assert.Equal(looked[0, t, s].Item(), found.Attention![t][s], 1e-5);
        }
    }

    [Fact]
    public void An_unknown_word_is_translated_by_the_dictionary_or_copied()
    {
        var words = new UnknownWords();
        words.Learn(["the", "cat"], ["le", "chat"], [0, 1]);
        words.Learn(["the", "cat", "sleeps"], ["le", "chat", "le", "dort"], [0, 1, 1, 2]);
        words.Learn(["cat"], ["le"], [0]);
        Assert.Equal(["chat", "dort", "Maria"], new[] { "cat", "sleeps", "Maria" }.Select(w => words[w]));
        var vocabulary = new Vocabulary(["<pad>", "<begin>", "<end>", "<unk>", "voit"], "<unk>");
        double[][] looked = [[.9, .1, 0], [0, .2, .8], [.1, .8, .1]];
        Assert.Equal(["Maria", "voit", "chat"], words.Replace([3, 4, 3], vocabulary, looked, ["Maria", "cat", "sees"]));
    }

    [Fact]
    public void Real_text_must_be_given() => Assert.Contains(
        "train.en and train.de",
        Assert.Throws<StrataException>(() => RecipeRunner.Run(Recipes.Get("luong-attention"), new RunOptions { Preset = "paper", Directory = Path.Combine(Path.GetTempPath(), "strata-luong-paper") })).Message);
}
