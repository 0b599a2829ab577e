using Strata.Data;
using Strata.Gallery.Language.Modeling;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Language;

public sealed class LmZarembaTests
{
    static readonly int[] words = new MarkovText(20, new RandomStream(1)).Draw(2 * 40 + 1, new RandomStream(2));

    [Theory]
    [InlineData(200, 4_651_600)]
    [InlineData(650, 19_775_200)]
    [InlineData(1500, 66_022_000)]
    public void The_nets_of_the_paper_have_these_weights(int units, long weights)
    {
        // Counted on a small vocabulary: each word more is a row of the embedding, a column of the output and a bias.
        var model = LmZaremba.Create(10, units, 0.5, 0.05, seed: 1);
        model.BuildFor([2], DType.Int32);
        Assert.Equal(weights, model.ParameterCount + (9_990L * ((2 * units) + 1)));
    }

    // With inputs of 0 and open gates both layers are sums over time. A tiny share of dropout then multiplies each path from t to t′ by 1/(1 − p) for every mask on
    // it, however long it is, and there are t′ − t + 1 paths.
    [Fact]
    public void What_is_said_at_one_time_is_dropped_one_more_time_than_there_are_layers_by_any_later_time()
    {
        const double p = 1e-3;
        var model = LmZaremba.Create(6, 1, p, 0.5, seed: 1);
        model.BuildFor([6], DType.Int32);
        var (kernel, recurrent, bias) = (Tensor.From([0f, 0, 1, 0], [1, 4]), Tensor.Zeros([1, 4]), Tensor.From(20f, 20, 0, 20)); // gates i, f, c, o
        model.SetWeights([Tensor.Zeros([6, 1]), kernel, recurrent, bias, kernel, recurrent, bias, Tensor.Ones([1, 6]), Tensor.Zeros([6])]);
        for (var later = 0; later < 6; later++)
        {
            LmZaremba.ResetStates(model);
            var gradient = Gradient.Of(() => model.Apply(Tensor.From([0, 1, 2, 3, 4, 5], [1, 6]), training: true)[0, later, 0].Sum(), [model.Weights[0]])[0].ToArray<float>();
            for (var t = 0; t <= later; t++) Assert.Equal(3, Math.Log(gradient[t] / (later - t + 1)) / -Math.Log(1 - p), 0.01);
        }
    }

    [Fact]
    public void Two_windows_give_what_one_of_twice_the_length_gives()
    {
        var model = LmZaremba.Create(20, 6, 0.5, 0.5, seed: 1);
        var (whole, _) = ContiguousText.Windows(words, 2, 20).Epoch(0).First();
        var halves = ContiguousText.Windows(words, 2, 10).Epoch(0).Take(2).Select(w => model.Apply(w.X)).ToArray();
        LmZaremba.ResetStates(model);
        Assert.Equal(model.Apply(whole).ToArray<float>(), Tensor.Concatenate(halves, 1).ToArray<float>());
    }

    [Fact]
    public void A_share_of_zero_is_the_plain_stack()
    {
        var (x, _) = ContiguousText.Windows(words, 2, 20).Epoch(0).First();
        var plain = LmZaremba.Create(20, 6, 0, 0.5, seed: 1);
        var dropping = LmZaremba.Create(20, 6, 0.5, 0.5, seed: 1);
        var y = plain.Apply(x, training: false).ToArray<float>();
        Assert.Equal(y, dropping.Apply(x, training: false).ToArray<float>());
        Reset();
        Assert.Equal(y, plain.Apply(x, training: true).ToArray<float>());
        Assert.NotEqual(y, dropping.Apply(x, training: true).ToArray<float>());

        void Reset()
        {
            LmZaremba.ResetStates(plain);
            LmZaremba.ResetStates(dropping);
        }
    }

    [Fact]
    public void Nothing_that_is_dropped_upwards_stops_what_goes_along_time()
    {
        // With everything dropped no word is seen, but the states still move under their own weights.
        var model = LmZaremba.Create(20, 6, 1, 0.5, seed: 1);
        model.BuildFor([3], DType.Int32);
        var (below, lstm) = (Tensor.Zeros([1, 3, 6]), model.Layers.OfType<LSTM>().First());
        var h = lstm.Apply(below, training: true).ToArray<float>();
        Assert.NotEqual(h[..6], h[6..12]);
        lstm.ResetStates();
        Assert.Equal(h, lstm.Apply(below, training: false).ToArray<float>());
    }

    [Fact]
    public void A_net_that_knows_nothing_is_as_unsure_as_between_all_words()
    {
        var model = LmZaremba.Create(20, 6, 0.5, range: 0, seed: 1);
        LmZaremba.Compile(model, new SGD(1), 10);
        Assert.Equal(20, LmZaremba.Perplexity(model, ContiguousText.Windows(words, 2, 10)), 1e-3);
    }

    [Fact]
    public void The_loss_is_summed_over_the_steps_and_averaged_over_the_streams()
    {
        var model = LmZaremba.Create(20, 6, 0, range: 0, seed: 1);
        LmZaremba.Compile(model, new SGD(1), 10);
        var (x, y) = ContiguousText.Windows(words, 2, 10).Epoch(0).First();
        Assert.Equal(10 * Math.Log(20), model.TestOnBatch(x, y)["loss"], 1e-3);
    }
}
