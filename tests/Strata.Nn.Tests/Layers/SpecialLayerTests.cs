using Strata.Random;

namespace Strata.Nn.Tests.Layers;

/// <summary>Layers that many systems share beside those of Keras.</summary>
public sealed class SpecialLayerTests
{
    readonly RandomStream random = new(1);

    [Fact]
    public void A_highway_with_a_closed_gate_is_the_identity()
    {
        var x = random.Normal([3, 5]);
        Check.Close(x.Cast(DType.Float64).ToArray<double>(), new Highway(gateBias: -1000).Apply(x));
        var images = random.Normal([2, 4, 4, 3]);
        Check.Close(images.Cast(DType.Float64).ToArray<double>(), new HighwayConv2D(3, gateBias: -1000).Apply(images));
    }

    [Fact]
    public void A_highway_is_H_T_plus_x_1_minus_T()
    {
        var layer = new Highway(Activation.Tanh, gateBias: -1);
        var x = random.Normal([3, 4]);
        layer.Apply(x);
        var w = layer.GetWeights(); // kernel, bias, gate kernel, gate bias
        var t = (x.MatMul(w[2]) - 1).Sigmoid();
        var expected = ((x.MatMul(w[0])).Tanh() * t) + (x * (1 - t));
        Check.Close(expected.Cast(DType.Float64).ToArray<double>(), layer.Apply(x));
        Check.Close(t.Cast(DType.Float64).ToArray<double>(), layer.Gate(x));
    }

    [Fact]
    public void Maxout_takes_the_largest_of_its_pieces()
    {
        var layer = new Maxout(2, pieces: 2);
        var x = Check.Matrix([1, 2]);
        layer.Apply(x);
        // Unit 1: x₁ and −x₂; unit 2: x₂ + 5 and x₁.
        layer.SetWeights([Check.Matrix([1, 0, 0, 1], [0, -1, 1, 0]), Tensor.From(0f, 0, 5, 0)]);
        Check.Close([1, 7], layer.Apply(x));
        Check.Close([3, 6], layer.Apply(Check.Matrix([-4, -3]))[.., ..] + Tensor.From(0f, 4));
    }

    [Fact]
    public void A_gradient_is_reversed_and_its_strength_can_be_changed()
    {
        var layer = new GradientReversal();
        var x = Check.Matrix([1.1, -2.3]);
        Assert.Equal(x.ToArray<float>(), layer.Apply(x).ToArray<float>());
        Check.Close([-2.2, 4.6], Gradient.Of(v => layer.Apply(v).Square().Sum(), x));
        layer.Strength = .5;
        Check.Close([-1.1, 2.3], Gradient.Of(v => layer.Apply(v).Square().Sum(), x));
        Assert.Equal(.5, layer.Strength);
        Assert.Empty(layer.TrainableWeights);
    }

    [Fact]
    public void One_component_of_a_mixture_is_a_normal_distribution()
    {
        var loss = new MixtureDensityLoss(2, 1);
        // Logit, means 1 and 2, log deviations ln 2 and ln 3.
        var parameters = Tensor.From([0f, 1, 2, MathF.Log(2), MathF.Log(3)], [1, 5]);
        var y = Check.Matrix([2, 0]);
        var expected = (.5 * .25) + (.5 * 4 / 9.0) + Math.Log(2 * 3) + Math.Log(2 * Math.PI);
        Check.Close([expected], loss.PerExample(y, parameters));
    }

    [Fact]
    public void The_density_of_a_mixture_integrates_to_1()
    {
        var loss = new MixtureDensityLoss(1, 3);
        const int Points = 4001;
        var y = Tensor.Linspace(-20, 20, Points).Reshape(Points, 1);
        var parameters = Tensor.From([.3f, -1, .5f, -3, 0, 4, .1f, -.5f, .8f], [1, 9]).BroadcastTo([Points, 9]);
        Assert.Equal(1, (-loss.PerExample(y, parameters)).Exp().Sum().Item() * 40 / (Points - 1), 1e-4);
    }

    [Fact]
    public void Samples_of_a_mixture_have_its_mean_and_with_much_bias_are_the_likeliest_mean()
    {
        var layer = new MixtureDensity(1, 2);
        layer.Apply(Tensor.Zeros([1, 3]));
        var parameters = Tensor.From([0f, MathF.Log(3), -2, 6, MathF.Log(.5f), 0], [1, 6]).BroadcastTo([20_000, 6]); // π = ¼, ¾
        Assert.InRange(layer.Sample(parameters, random).Mean().Item(), 3.9, 4.1);
        Check.Close([6, 6], layer.Sample(parameters[..2], random, bias: 50), 1e-5);
    }

    [Fact]
    public void A_mixture_learns_what_a_mean_cannot()
    {
        // y is 1 or −1, whatever x: the mean square gives 0, a mixture of two both.
        var x = random.Normal([256, 1]);
        var y = (random.Uniform([256, 1]) > .5).Cast(DType.Float32) * 2 - 1 + random.Normal([256, 1], 0, .05);
        var mixture = new MixtureDensity(1, 2);
        var model = new Sequential(mixture) { Seed = 5 };
        model.Compile(new Adam(.05), mixture.Loss);
        var history = model.Fit(x, y, batchSize: 64, epochs: 60, verbose: false);
        Assert.True(history["loss"][^1] < -.5, $"{history["loss"][^1]}"); // ln 2 + ½ ln(2πe·.05²) = −.88; one normal: 1.42
    }

    [Fact]
    public void A_spatial_transformer_begins_as_the_identity_and_learns_its_map()
    {
        var x = random.Normal([2, 5, 6, 3]);
        var layer = new SpatialTransformer(new Sequential(new Flatten(), new Dense(4, Activation.Tanh)));
        Check.Close(x.Cast(DType.Float64).ToArray<double>(), layer.Apply(x), 1e-5);
        Assert.Equal(6, layer.TrainableWeights[^1].Shape.Size);
        Assert.Equal(Shape.Of(2, 3, 2, 3), new SpatialTransformer(new Flatten(), (3, 2), SpatialTransform.Attention).Apply(x).Shape);
        var gradients = Gradient.Of(() => layer.Apply(x)[0].Square().Sum(), layer.TrainableWeights);
        Assert.True(gradients[^1].Abs().Sum().Item() > 0);
    }

    [Fact]
    public void Affine_maps_turn_and_shift_images()
    {
        var x = random.Normal([1, 5, 5, 2]);
        Tensor Through(params float[] theta) => x.BilinearSample(AffineGrid.Of(Tensor.From(theta, [1, 2, 3]), 5, 5), alignCorners: true);
        Check.Close(x.Flip(1, 2).Cast(DType.Float64).ToArray<double>(), Through(-1, 0, 0, 0, -1, 0), 1e-5);
        Check.Close(x.Transpose(0, 2, 1, 3).Flip(2).Cast(DType.Float64).ToArray<double>(), Through(0, 1, 0, -1, 0, 0), 1e-5); // a quarter turn
        var shifted = Through(1, 0, .5f, 0, 1, 0); // one of five pixels to the left, zeros on the right
        Check.Close(x[.., .., 1..].Cast(DType.Float64).ToArray<double>(), shifted[.., .., ..4], 1e-5);
        Check.Close(new double[10], shifted[.., .., 4..]);
    }

    [Fact]
    public void The_identity_and_turns_are_exact_where_pixels_fall_on_pixels()
    {
        var x = random.Normal([1, 5, 5, 2]);
        float[] Through(params float[] theta) => x.BilinearSample(AffineGrid.Of(Tensor.From(theta, [1, 2, 3]), 5, 5), alignCorners: true).ToArray<float>();
        Assert.Equal(x.ToArray<float>(), Through(1, 0, 0, 0, 1, 0));
        Assert.Equal(x.Flip(1, 2).ToArray<float>(), Through(-1, 0, 0, 0, -1, 0));
        Assert.Equal(x.Transpose(0, 2, 1, 3).Flip(2).ToArray<float>(), Through(0, 1, 0, -1, 0, 0));
    }

    [Fact]
    public void Region_pooling_has_the_values_of_the_paper()
    {
        var map = Tensor.Arange(16).Cast(DType.Float32).Reshape(1, 4, 4, 1);
        Tensor Pool(RoiPooling layer, params float[] region) => layer.Apply(map, Tensor.From(region, [1, region.Length / 4, 4]));
        Check.Close([5, 7, 13, 15], Pool(new RoiPooling(2, 2), 0, 0, 3, 3));
        Check.Close([6, 6, 6, 6], Pool(new RoiPooling(2, 2), 1, 2, 1, 2)); // one cell is repeated
        Check.Close([5, 7, 13, 15], Pool(new RoiPooling(2, 2, scale: 1 / 16.0), 0, 0, 48, 48));
        Check.Close([5, 6, 9, 10], Pool(new RoiPooling(2, 2), 0, 0, 2, 2)); // bins of ⌈1.5⌉ overlap
        Check.Close([15], Pool(new RoiPooling(1, 1), 2, 2, 99, 99)); // cut at the border
    }

    [Fact]
    public void The_gradient_of_region_pooling_goes_to_the_largest_cells_and_adds_up_over_regions()
    {
        var map = Tensor.Arange(16).Cast(DType.Float32).Reshape(1, 4, 4, 1);
        var regions = Tensor.From([0f, 0, 3, 3, 0, 0, 1, 1], [1, 2, 4]);
        var gradient = Gradient.Of(v => new RoiPooling(2, 2).Apply(v, regions).Sum(), map).ToArray<float>();
        var expected = new float[16];
        foreach (var cell in (int[])[5, 7, 13, 15, 0, 1, 4, 5]) expected[cell]++;
        Assert.Equal(expected, gradient);
    }
}
