using Strata.Random;

namespace Strata.Nn.Tests.Layers;

/// <summary>Noise in training and none in inference (catalogue, B1 and B5).</summary>
public sealed class NoiseTests
{
    static CallContext Training => new(training: true, new RandomStream(1));

    [Fact]
    public void Without_training_nothing_happens()
    {
        var x = Tensor.Ones([2, 3, 4]);
        foreach (var layer in (Layer[])[new GaussianNoise(1), new GaussianDropout(.5), new AlphaDropout(.5), new SpatialDropout1D(.5)]) Assert.Same(x, layer.Apply(x));
    }

    [Fact]
    public void Noise_has_its_moments()
    {
        var x = Tensor.Full([200, 500], 2);
        var noise = new GaussianNoise(.5).Apply(x, Training);
        Assert.InRange(noise.Mean().Item(), 1.99, 2.01);
        Assert.InRange(noise.StandardDeviation().Item(), .495, .505);
        var factor = new GaussianDropout(.2).Apply(Tensor.Ones([200, 500]), Training); // N(1, .2/.8): deviation .5
        Assert.InRange(factor.Mean().Item(), .99, 1.01);
        Assert.InRange(factor.StandardDeviation().Item(), .495, .505);
    }

    [Fact]
    public void Alpha_dropout_sets_to_minus_lambda_alpha_and_keeps_mean_and_variance()
    {
        var x = new RandomStream(2).Normal([400, 500]);
        var y = new AlphaDropout(.5).Apply(x, Training);
        Assert.InRange(y.Mean().Item(), -.01, .01);
        Assert.InRange(y.StandardDeviation().Item(), .99, 1.01);
        // The catalogue's numbers at rate .5: dropped −1.75809934, then a = .88640489 and b = .77919393.
        var dropped = (float)((-1.75809934 * .88640489) + .77919393);
        var ones = new AlphaDropout(.5).Apply(Tensor.Ones([100, 100]), Training).ToArray<float>().Distinct().Order().ToArray();
        Assert.Equal(2, ones.Length);
        Assert.Equal(dropped, ones[0], 1e-6f);
        Assert.Equal((float)(.88640489 + .77919393), ones[1], 1e-6f);
    }

    [Fact]
    public void Spatial_dropout_drops_whole_channels()
    {
        foreach (var (layer, shape) in ((Layer, Shape)[])[(new SpatialDropout1D(.5), [8, 6, 20]), (new SpatialDropout2D(.5), [8, 3, 2, 20]), (new SpatialDropout3D(.5), [8, 3, 2, 1, 20])])
        {
            var y = layer.Apply(Tensor.Ones(shape), Training).Reshape(8, -1, 20);
            Check.Close(y[.., 0].Cast(DType.Float64).ToArray<double>(), y[.., 1]); // all places of a channel alike
            Assert.Equal([0, 2], y.ToArray<float>().Distinct().Order());
            Assert.InRange(y[.., 0].Mean().Item(), .7, 1.3);
        }
    }

    [Fact]
    public void A_rate_of_1_has_no_variance_to_match() => Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianDropout(1));
}
