namespace Strata.Nn.Tests.Decoding;

public sealed class TranslatorTests
{
    const int Words = 5; // padding, begin, end and two words

    /// <summary>An LSTM that begins with the mean of the source's embeddings; attention is the softmax of the source's tokens' numbers.</summary>
    sealed class Small : EncoderDecoder
    {
        readonly Embedding source, target;
        readonly RNN lstm;
        readonly Dense output;

        public Small(long seed)
        {
            Seed = seed;
            source = Track(new Embedding(9, 4, maskZero: true) { Initializer = new RandomNormal(0, 1) });
            target = Track(new Embedding(Words, 4) { Initializer = new RandomNormal(0, 1) });
            lstm = Track(new RNN([new LSTMCell(4), new LSTMCell(4)], returnSequences: true, returnState: true));
            output = Track(new Dense(Words) { KernelInitializer = new RandomNormal(0, 2) });
        }

        protected internal override Tensor[] Encode(Tensor x, CallContext context)
        {
            var counts = x.NotEqualTo(0).Cast(DType.Float32).ExpandDims(-1);
            var h = (source.Apply(x, context) * counts).Sum(1) / counts.Sum(1);
            return [x, h, h, h, h];
        }

        protected internal override DecoderStep Decode(Tensor[] states, Tensor tokens, CallContext context)
        {
            var y = lstm.Apply([target.Apply(tokens, context), .. states[1..]], context);
            var attention = Tensor.Where(states[0].NotEqualTo(0), states[0].Cast(DType.Float32), Tensor.Scalar(-1e9f)).Softmax().ExpandDims(1);
            return new DecoderStep(output.Apply(y[0], context), [states[0], .. y[1..]], attention.BroadcastTo([tokens.Shape[0], tokens.Shape[1], states[0].Shape[1]]));
        }
    }

    static readonly int[] source = [3, 8, 5];

    // The logarithm of the probability of a translation and its end under teacher forcing.
    static double Score(Small model, params int[] target)
    {
        var x = model.Apply([Tensor.From(source, [1, 3]), Tensor.From<int>([1, .. target]).Reshape(1, -1)])[0].LogSoftmax().ToArray<float>();
        return target.Append(2).Select((token, t) => (double)x[(t * Words) + token]).Sum();
    }

    static IEnumerable<int[]> Sequences(int most) => most == 0 ? [[]] : Sequences(most - 1).Concat(
        Sequences(most - 1).Where(s => s.Length == most - 1).SelectMany(s => new[] { 0, 1, 3, 4 }.Select(t => (int[])[.. s, t])));

    [Fact]
    public void A_beam_of_one_is_greedy()
    {
        var model = new Small(4);
        var (tokens, sum) = (new List<int> { 1 }, 0.0);
        for (var t = 0; t < 6; t++)
        {
            var x = model.Apply([Tensor.From(source, [1, 3]), Tensor.From<int>([.. tokens]).Reshape(1, -1)])[0].LogSoftmax().ToArray<float>()[^Words..];
            tokens.Add(Array.IndexOf(x, x.Max()));
            sum += x.Max();
            if (tokens[^1] == 2) break;
        }

        var found = new Translator(model).Translate(source, width: 1, maxLength: 6).Single();
        Assert.Equal(tokens.Skip(1).TakeWhile(t => t != 2), found.Tokens);
        Assert.Equal(sum, found.LogProbability, 1e-5);
    }

    [Fact]
    public void A_beam_wider_than_there_are_sequences_finds_the_best_and_scores_do_not_fall_with_the_width()
    {
        var model = new Small(4);
        var translator = new Translator(model);
        var best = Sequences(3).Max(s => Score(model, s));
        var scores = new[] { 1, 2, 4, 8, 200 }.Select(width => translator.Translate(source, width, maxLength: 4).Where(h => h.Ended).Select(h => h.LogProbability).DefaultIfEmpty(double.NegativeInfinity).Max()).ToArray();
        Assert.Equal(best, scores[^1], 1e-5);
        Assert.Equal(scores, scores.Order());
    }

    [Fact]
    public void A_hypothesis_scores_what_the_model_says_of_it_and_knows_where_it_looked()
    {
        var model = new Small(1);
        foreach (var found in new Translator(model).Translate(source, width: 3, maxLength: 5))
        {
            if (found.Ended) Assert.Equal(Score(model, found.Tokens), found.LogProbability, 1e-5);
            Assert.Equal(found.Tokens.Length, found.Attention!.Length);
            Assert.All(found.Attention, looked => Assert.Equal(1, looked[1], 0.1)); // the 8 draws nearly all
            Assert.All(found.Attention, looked => Assert.Equal(3, looked.Length));
        }
    }

    [Fact]
    public void Two_equal_models_are_as_one()
    {
        var (one, same) = (new Small(3), new Small(3));
        var batch = new Batch([Tensor.From(source, [1, 3]), Tensor.From(new[,] { { 1, 3, 4 } })], [Tensor.From(new[,] { { 3, 4, 2 } })]);
        var pairs = new Single(batch);
        Assert.Equal(Math.Exp(-Score(one, 3, 4) / 3), new Translator(one).Perplexity(pairs), 1e-4);
        Assert.Equal(new Translator(one).Perplexity(pairs), new Translator([one, same]).Perplexity(pairs), 1e-4);
        Assert.Equal(new Translator(one).Translate(source)[0].Tokens, new Translator([one, same]).Translate(source)[0].Tokens);
    }

    [Fact]
    public void Two_models_say_the_mean_of_their_probabilities()
    {
        var (a, b) = (new Small(3), new Small(5));
        var pairs = new Single(new Batch([Tensor.From(source, [1, 3]), Tensor.From(new[,] { { 1 } })], [Tensor.From(new[,] { { 2 } })]));
        var mean = (Math.Exp(Score(a)) + Math.Exp(Score(b))) / 2;
        Assert.Equal(1 / mean, new Translator([a, b]).Perplexity(pairs), 1e-4);
    }

    [Fact]
    public void What_cannot_be_translated_is_told()
    {
        Check.Fails("Translator: the source has no token.", () => new Translator(new Small(1)).Translate([]));
        Assert.Throws<StrataException>(() => new Translator(Array.Empty<EncoderDecoder>()));
        Assert.Contains("it takes sources [n, steps]", Assert.ThrowsAny<ShapeException>(() => new Small(1).Apply([Tensor.From(source, [1, 3])])).Message);
    }

    sealed class Single(Batch batch) : IBatches
    {
        public int? BatchCount => 1;

        public IEnumerable<Batch> Epoch(int epoch, int skip = 0) => [batch];
    }
}
