using Strata.Data;
using Strata.Gallery.Language.Translation;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Language;

public sealed class Seq2SeqTests
{
    static readonly SentencePair[] pairs = new LexicalTranslation(new RandomStream(1)).Draw(6, 2, 5, new RandomStream(2));

    static Seq2Seq Small(int layers = 2, int units = 6) => new(40, 40, new DeepLstm(layers, units, Range: 0.5), seed: 1);

    static float Loss(EncoderDecoder model, Batch batch) => (float)new SequenceCrossentropy().Apply(batch.Targets[0], model.Apply(batch.Inputs)[0]).Item();

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public void The_papers_net_has_384_million_weights_64_of_them_recurrent(int units)
    {
        // Counted on small nets: a source word is a row of the units, a target word a row, a column and a bias.
        var model = new Seq2Seq(10, 20, new DeepLstm(Layers: 4, units, Range: 0.08), seed: 1);
        model.Apply(BucketedPairs.Of([new([4], [5])]).Inputs);
        Assert.Equal(Weights(units, 10, 20), model.ParameterCount);
        Assert.Equal(64_032_000, Weights(1000, 0, 0));
        Assert.Equal(384_112_000, Weights(1000, 160_000, 80_000));

        static long Weights(long units, long source, long target) => (8 * 4 * ((2 * units * units) + units)) + (source * units) + (target * ((2 * units) + 1));
    }

    [Fact]
    public void The_loss_knows_neither_padding_nor_the_order_of_a_batch()
    {
        var model = Small();
        var expected = Loss(model, BucketedPairs.Of(pairs));
        Assert.Equal(expected, Loss(model, BucketedPairs.Of(pairs, 20)), 1e-4f);
        Assert.Equal(expected, Loss(model, BucketedPairs.Of([.. pairs.Reverse()])), 1e-4f);
        Assert.Equal(expected, pairs.Average(p => Loss(model, BucketedPairs.Of([p]))), 1e-4f);
    }

    [Fact]
    public void All_that_the_decoder_knows_of_the_source_are_the_last_states_of_every_layer()
    {
        var model = Small();
        var batch = BucketedPairs.Of(pairs);
        var vectors = model.SentenceVectors(batch.Inputs[0]);
        Assert.Equal(Shape.Of(6, 2 * 2 * 6), vectors.Shape);
        // Padding moves no state, the order of words does.
        Assert.Equal(vectors.ToArray<float>(), model.SentenceVectors(batch.Inputs[0].Pad([(0, 0), (0, 3)])).ToArray<float>());
        Assert.NotEqual(vectors.ToArray<float>(), model.SentenceVectors(BucketedPairs.Of([.. pairs.Select(p => p.Reversed())]).Inputs[0]).ToArray<float>());
    }

    [Fact]
    public void Dropout_acts_in_training_alone_and_on_the_input_of_every_layer()
    {
        var model = new Seq2Seq(40, 40, new DeepLstm(2, 6, 0.5, Dropout: 1), seed: 1);
        var batch = BucketedPairs.Of(new LexicalTranslation(new RandomStream(1)).Draw(2, 4, 4, new RandomStream(2)));
        // With all dropped no word is seen: all sentences of one length are the same one.
        var blind = model.Apply(batch.Inputs, training: true)[0];
        Assert.Equal(blind[0, 0].ToArray<float>(), blind[1, 0].ToArray<float>());
        var seeing = model.Apply(batch.Inputs)[0];
        Assert.NotEqual(seeing[0, 0].ToArray<float>(), seeing[1, 0].ToArray<float>());
    }

    [Fact]
    public void The_papers_rate_is_halved_every_half_pass_after_five()
    {
        var training = new TranslationTraining(Batch: 128, Epochs: 7.5, Rate: 0.7, FullRateEpochs: 5, HalvingEpochs: 0.5);
        Assert.Equal([0, 0, 1, 1, 2, 3, 5], new[] { 0, 4.99, 5, 5.49, 5.5, 6, 7.49 }.Select(training.Halvings));
    }

    [Fact]
    public void A_gradient_longer_than_five_is_scaled_to_five()
    {
        var v = new Variable(Tensor.From(0f, 0), "v");
        new SGD(1) { ClipNorm = 5 }.Apply([v], [Tensor.From(30f, 40)]);
        Assert.Equal([-3f, -4], v.Value.ToArray<float>()); // 5·g/s, s = 50
        new SGD(1) { ClipNorm = 5 }.Apply([v], [Tensor.From(-3f, -4)]);
        Assert.Equal([0f, 0], v.Value.ToArray<float>());
    }

    [Fact]
    public void Tests_with_several_references_come_once()
    {
        var text = new ParallelText(
            [new(["a"], ["x"]), new(["a", "b"], ["x", "y"])], [], [new(["a", "c"], ["x", "z"]), new(["a", "c"], ["z", "x"]), new(["b"], ["y"])]);
        var task = TranslationTask.Of(text, 1, 10);
        Assert.Equal(2, task.Tests.Count);
        Assert.Equal(["x z", "z x"], task.Tests[0].References);
        Assert.Equal([4, SentencePair.Unknown], task.Tests[0].Pair.Source);
        Assert.Equal(1, task.Exact(["z x"]));
        Assert.Equal(3, task.Unseen.Count);
    }

    [Fact]
    public void Real_text_must_be_given() => Assert.Contains(
        "train.en and train.fr", Assert.Throws<StrataException>(() => RecipeRunner.Run(Recipes.Get("seq2seq"), new RunOptions { Preset = "paper", Directory = Path.Combine(Path.GetTempPath(), "strata-seq2seq-paper") })).Message);
}
