using Strata.Random;

namespace Strata.Nn.Tests.Layers.Classes;

public sealed class ClassOutputTests
{
    static readonly long[] frequencies = [5, 2, 1, 1, 9];

    public static TheoryData<string> Exact => ["hierarchical", "adaptive"];

    public static TheoryData<string> All => ["hierarchical", "adaptive", "sampled", "noise-contrastive", "negative"];

    static ClassOutput Make(string kind) => kind switch
    {
        "hierarchical" => new HierarchicalSoftmax(frequencies) { DType = DType.Float64 },
        "adaptive" => new AdaptiveSoftmax(5, [1, 3], 2) { DType = DType.Float64 },
        "sampled" => new SampledSoftmax(ClassDistribution.LogUniform(5), 3) { DType = DType.Float64 },
        "negative" => new NegativeSampling(ClassDistribution.Unigram(frequencies), 3) { DType = DType.Float64 },
        _ => new NoiseContrastive(ClassDistribution.Unigram(frequencies), 3) { DType = DType.Float64 },
    };

    static (ClassOutput Layer, Tensor H, Tensor Labels) Case(string kind)
    {
        var (layer, random) = (Make(kind), new RandomStream(1));
        var h = random.Normal([5, 4], dtype: DType.Float64);
        layer.Apply(h, new CallContext(random: random));
        layer.SetWeights([.. layer.Weights.Select(w => random.Normal(w.Shape, dtype: DType.Float64))]);
        return (layer, h, Tensor.Arange(5));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Log_probabilities_are_those_of_a_distribution(string kind)
    {
        var (layer, h, _) = Case(kind);
        Check.Close([1, 1, 1, 1, 1], layer.Apply(h).Exp().Sum(-1), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Exact))]
    public void The_loss_is_minus_the_log_probability_of_the_right_class(string kind)
    {
        var (layer, h, labels) = Case(kind);
        var p = layer.Apply(h).ToArray<double>();
        Check.Close([.. Enumerable.Range(0, 5).Select(i => -p[(i * 5) + i])], layer.Apply([h, labels], new CallContext())[0], 1e-12);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Gradients_agree_with_differences(string kind)
    {
        var (layer, h, labels) = Case(kind);
        Variable[] variables = [new Variable(h), .. layer.TrainableWeights];
        Tensor Loss() => (layer.Apply([variables[0], labels], new CallContext(true, new RandomStream(4)))[0] * Tensor.Linspace(1, 2, 5, DType.Float64)).Sum();
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

                Assert.Equal((At(1e-6) - At(-1e-6)) / 2e-6, actual[i], 1e-6);
            }

            variables[v].Assign(Tensor.From(values, variables[v].Shape));
        }
    }

    // The numbers are PyTorch's (make_adaptive_softmax.py).
    [Fact]
    public void Adaptive_softmax_follows_PyTorch()
    {
        static Tensor Fill(int from, int rows, int columns) => Tensor.From(Enumerable.Range(from, rows * columns).Select(i => Math.Cos(i) / 2).ToArray(), [rows, columns]);
        var layer = new AdaptiveSoftmax(7, [2, 4], 2) { DType = DType.Float64 };
        var h = Fill(1, 4, 8);
        layer.Apply(h);
        layer.SetWeights([Fill(10, 8, 4), Fill(20, 8, 4), Fill(30, 4, 2), Fill(40, 8, 2), Fill(50, 2, 3)]);
        Check.Close([1.675356591, 2.019871829, 2.660256832, 1.473400206], layer.Apply([h, Tensor.From(0, 3, 6, 1)], new CallContext())[0], 1e-8);
        Check.Close([-1.675356591, -1.495159857, -1.963932912, -1.943605028, -2.272090777, -2.273610033, -2.312461754], layer.Apply(h)[0], 1e-8);
    }

    [Fact]
    public void A_Huffman_tree_gives_frequent_classes_short_ways()
    {
        // 1 + 1 = 2, 2 + 2 = 4, 4 + 5 = 9, 9 + 9.
        Assert.Equal([2, 3, 4, 4, 1], new HuffmanTree(frequencies).Paths.Select(p => p.Length));
        var tree = new HuffmanTree(frequencies).Paths;
        Assert.Equal(5, tree.Select(p => string.Join(",", p)).Distinct().Count());
        Assert.All(tree, p => Assert.Equal(3, p[0].Node));
        Assert.Equal([1, 1], new HuffmanTree([7, 7]).Paths.Select(p => p.Length));
        Assert.Throws<ArgumentException>(() => new HuffmanTree([1]));
    }

    [Fact]
    public void A_Huffman_tree_is_a_prefix_code_within_a_bit_of_the_entropy()
    {
        Assert.Equal([3, 3, 2, 1], new HuffmanTree([1, 1, 2, 4]).Paths.Select(p => p.Length));
        long[] counts = [.. Enumerable.Range(1, 300).Select(rank => 10_000L / rank)]; // Zipf
        var paths = new HuffmanTree(counts).Paths;
        Assert.Equal(1, paths.Sum(p => Math.Pow(2, -p.Length)), 1e-12); // Kraft's sum
        double total = counts.Sum();
        var entropy = counts.Sum(c => -c / total * Math.Log2(c / total));
        Assert.InRange(paths.Select((p, i) => p.Length * counts[i] / total).Sum(), entropy, entropy + 1);
    }

    [Fact]
    public void A_distribution_draws_classes_as_often_as_it_says()
    {
        var drawn = new ClassDistribution([1, 0, 3]).Sample(20_000, new RandomStream(1)).ToArray<long>();
        Assert.DoesNotContain(1, drawn);
        Assert.InRange(drawn.Count(c => c == 2), 14_700, 15_300);
        Check.Close([1], ClassDistribution.LogUniform(1000).LogProbabilities.Exp().Sum(), 1e-12);
        Check.Close(Math.Log(2) / Math.Log(1001), ClassDistribution.LogUniform(1000).LogProbabilities.Exp()[0].Item(), 1e-12);
        Check.Close(Math.Pow(8, .75) / (Math.Pow(8, .75) + 1), ClassDistribution.Unigram([8, 1]).LogProbabilities.Exp()[0].Item(), 1e-12);
        Assert.Throws<StrataException>(() => new ClassDistribution([0, 0]));
        Assert.Throws<StrataException>(() => new ClassDistribution([1, -1]));
    }

    [Fact]
    public void A_sampled_softmax_of_all_classes_by_equal_chances_is_near_the_full_one()
    {
        // The corrected sample is an unbiased estimate of the softmax's denominator, so many samples come near it.
        var random = new RandomStream(2);
        var h = random.Normal([3, 4], dtype: DType.Float64);
        var layer = new SampledSoftmax(ClassDistribution.Uniform(20), 4000) { DType = DType.Float64 };
        layer.Apply(h, new CallContext(random: random));
        var labels = Tensor.From(3, 7, 11);
        var full = -layer.Apply(h).GatherAlong(labels.ExpandDims(1), 1).Squeeze(-1);
        Check.Close(full.ToArray<double>(), layer.Apply([h, labels], new CallContext(true, new RandomStream(3)))[0], .03);
    }

    [Fact]
    public void Noise_contrastive_estimation_has_the_hand_value()
    {
        // h = 0: all scores are the bias −ln 2, and ln(k·q) = ln(2·½) = 0.
        var layer = new NoiseContrastive(ClassDistribution.Uniform(2), 2);
        layer.Apply(Tensor.Zeros([1, 3]));
        var loss = layer.Apply([Tensor.Zeros([1, 3]), Tensor.From(1)], new CallContext(true, new RandomStream(1)))[0];
        Check.Close([Math.Log(3) + (2 * Math.Log(1.5))], loss); // softplus(ln 2) + 2·softplus(−ln 2)
    }

    [Fact]
    public void Negative_sampling_has_the_hand_value()
    {
        // Drawn is always class 1: three times wrong for a row of class 0, never counted for one of class 1.
        var layer = new NegativeSampling(new ClassDistribution([0, 1]), 3) { DType = DType.Float64 };
        var h = Tensor.From([2.0, 1], [2, 1]);
        layer.Apply(h);
        layer.SetWeights([Tensor.From([1.0, 0.5], [2, 1])]);
        var loss = layer.Apply([h, Tensor.From(0, 1)], new CallContext(true, new RandomStream(1)))[0];
        Check.Close([Math.Log(1 + Math.Exp(-2)) + (3 * Math.Log(1 + Math.Exp(1))), Math.Log(1 + Math.Exp(-0.5))], loss, 1e-12);
    }

    [Fact]
    public void Negative_sampling_at_its_best_knows_the_distribution()
    {
        // p(c) of equal rows is learned with a fixed h: σ(s_c) = p/(p + kq) at the optimum, so that q·e^s is in proportion to p.
        double[] p = [0.7, 0.2, 0.1], q = [0.2, 0.5, 0.3];
        var layer = new NegativeSampling(new ClassDistribution(q), 4) { DType = DType.Float64 };
        layer.Apply(Tensor.Ones([1, 1], DType.Float64));
        layer.SetWeights([Tensor.From([.. p.Select((x, i) => Math.Log(x / (4 * q[i])))], [3, 1])]);
        Check.Close(p, layer.Apply(Tensor.Ones([1, 1], DType.Float64)).Exp()[0], 1e-12);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Check.Fails(
            "Layer 'hierarchical_softmax' (HierarchicalSoftmax): it takes rows [n, d] and integer classes [n], but got float32 [2, 3] and int32 [3].",
            () => new HierarchicalSoftmax([1, 2]).Apply([Tensor.Zeros([2, 3]), Tensor.From(1, 2, 3)], new CallContext()));
        Assert.Throws<ArgumentException>(() => new AdaptiveSoftmax(5, [3, 2]));
        Assert.Throws<ArgumentException>(() => new AdaptiveSoftmax(5, [5]));
    }
}
