using Strata.Random;

namespace Strata.Nn.Tests.Layers.Attention;

public sealed class AttentionTests
{
    // Two queries and three keys of two features.
    static Tensor Queries => Tensor.From(new float[,,] { { { 1, 2 }, { 0, -1 } } });

    static Tensor Keys => Tensor.From(new float[,,] { { { 1, 0 }, { 0, 1 }, { 2, 1 } } });

    [Fact]
    public void Scores_have_the_hand_values()
    {
        Check.Close([1, 2, 4, 0, -1, -1], Score(new DotScore()));
        Check.Close([1 / Math.Sqrt(2), Math.Sqrt(2), 4 / Math.Sqrt(2), 0, -1 / Math.Sqrt(2), -1 / Math.Sqrt(2)], Score(new DotScore(scaled: true)));
        Check.Close([-1, 2, 0, 1, -1, 1], Score(new GeneralScore(), Check.Matrix([1, 0], [-1, 1]))); // q·W is (−1, 2) and (1, −1)
    }

    [Fact]
    public void Additive_and_concat_scores_are_a_hidden_layer_over_each_pair()
    {
        double[] expected = [2 * Math.Tanh(4), 2 * Math.Tanh(4), 2 * Math.Tanh(6), 2 * Math.Tanh(0), 2 * Math.Tanh(0), 2 * Math.Tanh(2)];
        Check.Close(expected, Score(new AdditiveScore(1), Tensor.Ones([2, 1]), Tensor.Ones([2, 1]), Tensor.Full([1, 1], 2.0)));
        Check.Close(expected, Score(new ConcatScore(1), Tensor.Ones([4, 1]), Tensor.Full([1, 1], 2.0)));
    }

    [Fact]
    public void Location_scores_look_at_the_query_alone()
    {
        var w = Check.Matrix([1, 2, 3, 4], [0, 1, 0, 1]);
        Check.Close([1, 4, 3, 0, -1, 0], Score(new LocationScore(4), w));
        Assert.Equal(
            "Layer 'location_score' (LocationScore): it has scores for 2 places, but there are 3 keys.",
            Assert.Throws<LayerException>(() => new LocationScore(2).Apply([Queries, Keys], new CallContext())).Message);
    }

    [Fact]
    public void Contexts_are_means_of_values_weighted_by_the_softmax_of_scores()
    {
        var y = new Nn.Attention().Apply([Queries, Keys], new CallContext());
        var e = new[] { Math.Exp(1), Math.Exp(2), Math.Exp(4) };
        var sum = e.Sum();
        Check.Close([e[0] / sum, e[1] / sum, e[2] / sum], y[1][.., 0]);
        Check.Close([(e[0] + (2 * e[2])) / sum, (e[1] + e[2]) / sum], y[0][.., 0]);
        var single = new Nn.Attention().Apply([Queries[.., 0], Keys], new CallContext());
        Assert.Equal((Shape.Of(1, 2), Shape.Of(1, 3)), (single[0].Shape, single[1].Shape));
        Check.Close(Numbers(y[0][.., 0]), single[0]);
        var separate = new Nn.Attention().Apply([Queries, Tensor.Ones([1, 3, 5]), Keys], new CallContext());
        Assert.Equal(Shape.Of(1, 2, 5), separate[0].Shape);
        Check.Close(Numbers(y[1]), separate[1]);
    }

    [Fact]
    public void Masked_keys_are_not_looked_at()
    {
        var (keys, queries, context) = (Keys, Queries, new CallContext());
        context.SetMask(keys, Tensor.From(new[,] { { true, true, false } }));
        context.SetMask(queries, Tensor.From(new[,] { { true, false } }));
        var y = new Nn.Attention().Apply([queries, keys], context);
        Check.Close(Numbers(new Nn.Attention().Apply([queries, keys[.., ..2]], new CallContext())[0]), y[0]);
        Check.Close([0], y[1][0, 0, 2].Reshape(1));
        Assert.Equal([true, false], context.MaskOf(y[0])!.ToArray<bool>());

        context.SetMask(keys, Tensor.From(new[,] { { false, false, false } }));
        Check.Close([0, 0, 0, 0], new Nn.Attention().Apply([queries, keys], context)[0]);
    }

    [Fact]
    public void A_monotonic_window_moves_with_the_query()
    {
        var zeros = Tensor.Zeros([1, 5, 1]);
        var attention = new Nn.Attention(window: new MonotonicWindow(1));
        Check.Close([.5, .5, 0, 0, 0, 1.0 / 3, 1.0 / 3, 1.0 / 3, 0, 0], attention.Apply([zeros[.., ..2], zeros], new CallContext())[1]);
        Check.Close([0, 0, 0, .5, .5], attention.Apply([zeros[.., 0], zeros, zeros, Tensor.From(4f)], new CallContext())[1]);
    }

    [Fact]
    public void A_predicted_window_is_a_bell_around_the_predicted_place()
    {
        var (zeros, ones) = (Tensor.Zeros([1, 5, 1]), Tensor.Ones([1, 1, 1]));
        var attention = new Nn.Attention(window: new PredictiveWindow(2, 1));
        attention.Apply([ones, zeros], new CallContext());
        attention.SetWeights([Tensor.Ones([1, 1]), Tensor.Ones([1, 1])]);
        var p = 5 / (1 + Math.Exp(-Math.Tanh(1))); // 3.41: the window has the places 2, 3 and 4
        double Weight(int s) => Math.Exp(-Math.Pow(s - p, 2) / 2) / 3; // σ = 1
        Check.Close([0, 0, Weight(2), Weight(3), Weight(4)], attention.Apply([ones, zeros], new CallContext())[1]);
        var (keys, context) = (Tensor.Zeros([1, 5, 1]), new CallContext());
        context.SetMask(keys, Tensor.From(new[,] { { true, true, false, false, false } })); // two keys: the place is 2/(1 + e^−tanh 1) = 1.36
        p *= 2 / 5.0;
        Check.Close([Weight(0) * 1.5, Weight(1) * 1.5, 0, 0, 0], attention.Apply([ones, keys], context)[1]);
    }

    [Fact]
    public void A_predicted_window_leaves_its_center_and_takes_e_to_the_minus_2_at_its_ends()
    {
        var keys = Tensor.From(new float[,,] { { { 1 }, { 3 }, { 2 }, { -1 }, { 0 }, { 5 } } });
        var query = Tensor.Ones([1, 1]);
        var score = new DotScore();
        var place = Tensor.From(2f);
        var plain = Numbers(new Nn.Attention(score, new MonotonicWindow(2)).Apply([query, keys, keys, place], new CallContext())[1]); // the same window without the bell
        var bell = Numbers(new Nn.Attention(score, new PredictiveWindow(2, 1)).Apply([query, keys, keys, place], new CallContext())[1]);
        Assert.Equal(plain[2], bell[2], 1e-6);
        Assert.Equal(plain[0] * Math.Exp(-2), bell[0], 1e-6);
        Assert.Equal(plain[4] * Math.Exp(-2), bell[4], 1e-6);
        Assert.Equal(0, bell[5]);
    }

    [Fact]
    public void A_general_score_of_the_identity_is_the_dot_product() =>
        Check.Close(Numbers(Score(new DotScore())), Score(new GeneralScore(), Tensor.Eye(2)));

    public static TheoryData<string> Kinds => ["general", "concat", "additive", "location", "predictive"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_agree_with_differences(string kind)
    {
        AttentionScore score = kind switch
        {
            "general" => new GeneralScore { DType = DType.Float64 },
            "concat" => new ConcatScore(3) { DType = DType.Float64 },
            "additive" => new AdditiveScore(3) { DType = DType.Float64 },
            "location" => new LocationScore(4) { DType = DType.Float64 },
            _ => new DotScore(),
        };
        var attention = new Nn.Attention(score, kind == "predictive" ? new PredictiveWindow(2, 3) { DType = DType.Float64 } : null);
        var random = new RandomStream(1);
        var (q, k) = (random.Normal([2, 2, 3], dtype: DType.Float64), random.Normal([2, 4, 3], dtype: DType.Float64));
        attention.Apply([q, k], new CallContext(random: random));
        Variable[] variables = [new Variable(q), new Variable(k), .. attention.TrainableWeights];
        Tensor Loss() => (attention.Apply([variables[0], variables[1]], new CallContext())[0] * Tensor.Linspace(-1, 2, 12, DType.Float64).Reshape(2, 2, 3)).Sum();
        var gradients = Gradient.Of(Loss, variables);
        for (var v = 0; v < variables.Length; v++)
        {
            var (values, actual) = (variables[v].Value.ToArray<double>(), gradients[v].ToArray<double>());
            for (var i = 0; i < values.Length; i++)
            {
                double At(double delta)
                {
                    var moved = (double[])values.Clone();
                    moved[i] += delta;
                    variables[v].Assign(Tensor.From(moved, variables[v].Shape));
                    return Loss().Item();
                }

                Assert.Equal((At(1e-6) - At(-1e-6)) / 2e-6, actual[i], 1e-7);
            }

            variables[v].Assign(Tensor.From(values, variables[v].Shape));
        }
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Check.Fails(
            "Layer 'attention' (Attention): it takes queries, values [examples, steps, features], and may take keys and places, but got [1, 2, 2].",
            () => new Nn.Attention().Apply([Queries], new CallContext()));
        Check.Fails(
            "Layer 'attention' (Attention): the keys [1, 2, 2] are not as many as the values [1, 3, 2].",
            () => new Nn.Attention().Apply([Queries, Keys, Queries], new CallContext()));
    }

    static Tensor Score(AttentionScore score, params Tensor[] weights)
    {
        score.Apply([Queries, Keys], new CallContext());
        score.SetWeights(weights);
        return score.Apply([Queries, Keys], new CallContext())[0];
    }

    static double[] Numbers(Tensor x) => x.Cast(DType.Float64).ToArray<double>();
}
