using Strata.Random;

namespace Strata.Nn.Tests.Understanding;

public sealed class DeconvVisualizerTests
{
    static readonly Tensor x = new RandomStream(3).Normal([2, 8, 8, 2]);

    [Fact]
    public void Convolution_and_its_transpose_are_adjoint()
    {
        var random = new RandomStream(1);
        var (kernel, y) = (random.Normal([3, 3, 2, 4]), random.Normal([2, 4, 4, 4]));
        var left = (x.Convolution(kernel, [2], Padding.Same, []) * y).Sum().Item();
        var right = (x * y.ConvolutionTranspose(kernel, [2], Padding.Same, [], [])).Sum().Item();
        Assert.Equal(left, right, 1e-4);
    }

    [Fact]
    public void Unpooling_keeps_the_maxima_in_place_and_zeros_elsewhere()
    {
        var image = Tensor.From([1f, 5, 2, 0, 3, 4, 9, 8], [1, 2, 4, 1]);
        var unpooled = new MaxUnpooling2D(2).Apply(image.MaxPool([2, 2], [2, 2], Padding.Valid), image);
        Assert.Equal([0, 5, 0, 0, 0, 0, 9, 0], unpooled.ToArray<float>());
    }

    [Fact]
    public void Pooling_what_was_unpooled_gives_it_back()
    {
        var p = new RandomStream(2).Uniform([2, 4, 4, 2]);
        var y = p.MaxUnpool(x, [2, 2], [2, 2], Padding.Valid);
        Assert.Equal(p.ToArray<float>(), y.MaxPool([2, 2], [2, 2], Padding.Valid).ToArray<float>());
        Check.Fails("MaxUnpool: [2, 4, 4, 2] is not what pooling makes of [2, 8, 8, 2], which is [2, 2, 2, 2].", () => p.MaxUnpool(x, [3, 3], [3, 3], Padding.Valid));
    }

    [Fact]
    public void Of_convolutions_alone_it_is_the_gradient_times_the_activation()
    {
        var model = new Sequential(new Conv2D(3, 3) { Name = "a" }, new Conv2D(4, 3) { Name = "b" }) { Seed = 1 };
        model.BuildFor([8, 8, 2]);
        foreach (var rule in Enum.GetValues<ReluRule>())
        {
            var (projections, activations, places) = new DeconvVisualizer(model, "b", rule).Project(x, 2);
            for (var i = 0; i < 2; i++)
            {
                var (row, column) = places[i];
                var unit = model.Apply(x)[i, row, column, 2].Item();
                Assert.Equal(unit, activations[i].Item(), 1e-6);
                Assert.Equal(model.Apply(x)[i, .., .., 2].Max().Item(), unit);
                var gradient = Gradient.Of(v => model.Apply(v)[i, row, column, 2], x)[i] * unit;
                Check.Close(gradient.Cast(DType.Float64).ToArray<double>(), projections[i], 1e-5);
            }
        }
    }

    // One unit behind a rectifier whose input is x, in three places: x = (1, −1, 2), from above come (3, 5, −7).
    [Theory]
    [InlineData(ReluRule.Gradient, 3, 0, -7)]
    [InlineData(ReluRule.Deconvolution, 3, 5, 0)]
    [InlineData(ReluRule.Guided, 3, 0, 0)]
    public void The_rules_differ_at_the_rectifier(ReluRule rule, float first, float second, float third)
    {
        var (_, pullback) = Gradient.Vjp(v => [v[0].Relu()], Tensor.From(1f, -1, 2));
        var back = Gradient.WithReluRule(rule, () => pullback([Tensor.From(3f, 5, -7)]))[0];
        Assert.Equal([first, second, third], back.ToArray<float>());
    }

    [Fact]
    public void A_rule_ends_with_its_function_also_after_an_error()
    {
        Assert.Throws<InvalidOperationException>(() => Gradient.WithReluRule<int>(ReluRule.Guided, () => throw new InvalidOperationException()));
        Assert.Equal([-1, 0], Gradient.Of(v => -v.Relu().Sum(), Tensor.From(1f, -1)).ToArray<float>());
    }

    [Fact]
    public void A_compiled_function_keeps_the_rule_that_is_inside_it()
    {
        var guided = Compiled.Function((Tensor v) => Gradient.WithReluRule(ReluRule.Guided, () => Gradient.Of(z => -z.Relu().Sum(), v)));
        for (var i = 0; i < 3; i++) Assert.Equal([0, 0], guided(Tensor.From(1f, -1)).ToArray<float>());
    }

    [Fact]
    public void All_other_units_of_the_layer_are_set_to_zero()
    {
        // One-pixel filters: the projection of a unit can be nowhere but at its own pixel.
        var model = new Sequential(new Conv2D(3, 1, activation: Activation.Relu) { Name = "only" }) { Seed = 2 };
        model.BuildFor([8, 8, 2]);
        var (projections, activations, places) = new DeconvVisualizer(model, "only").Project(x, [0, 1]);
        for (var i = 0; i < 2; i++)
        {
            var support = projections[i].Abs().Sum(-1).ToArray<float>();
            Assert.True(activations[i].Item() > 0);
            Assert.Equal([(places[i].Row * 8) + places[i].Column], Enumerable.Range(0, 64).Where(p => support[p] > 0));
        }
    }

    [Fact]
    public void Top_activations_rank_pictures_for_each_map()
    {
        var (model, pictures) = (FeatureExtractorTests.Built(), FeatureExtractorTests.Pictures(7));
        var visualizer = new DeconvVisualizer(model, "pool");
        var (numbers, values) = visualizer.TopActivations(pictures, 3, batchSize: 2);
        var best = new FeatureExtractor(model, "pool").Predict(pictures).Max([1, 2]);
        for (var map = 0; map < 4; map++)
        {
            var expected = Enumerable.Range(0, 7).OrderByDescending(i => best[i, map].Item()).Take(3).ToArray();
            for (var i = 0; i < 3; i++) Assert.Equal((expected[i], best[expected[i], map].Item()), (numbers[map, i], values[map, i]));
        }
    }

    [Fact]
    public void Units_of_dense_layers_have_projections_and_errors_name_the_range()
    {
        var model = FeatureExtractorTests.Built();
        var visualizer = new DeconvVisualizer(model, "classes");
        Assert.Equal(Shape.Of(3, 8, 8, 2), visualizer.Project(FeatureExtractorTests.Pictures(), 4).Projections.Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => visualizer.Project(FeatureExtractorTests.Pictures(), 5));
        Assert.Contains("0 … 4", Assert.Throws<ArgumentOutOfRangeException>(() => visualizer.Project(FeatureExtractorTests.Pictures(), [0, 1, 5])).Message);
    }

    [Fact]
    public void Nothing_moves_by_no_shift_and_a_shift_moves_a_layer()
    {
        var distances = InvarianceCurve.Of(FeatureExtractorTests.Built(), ["first", "gap"], FeatureExtractorTests.Pictures(), v => v, v => v.Roll(2, 1));
        Assert.Equal(0, distances[0, 0]);
        Assert.Equal(0, distances[1, 0]);
        Assert.True(distances[0, 1] > distances[1, 1] && distances[1, 1] > 0);
    }
}
