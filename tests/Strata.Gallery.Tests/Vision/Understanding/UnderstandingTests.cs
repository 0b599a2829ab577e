using Strata.Data;
using Strata.Formats.Images;
using Strata.Gallery.Vision;
using Strata.Gallery.Vision.Understanding;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Vision.Understanding;

public sealed class UnderstandingTests
{
    [Fact]
    public void The_trunk_has_72304_weights_that_learn_and_ends_at_an_eighth()
    {
        var trunk = new Sequential([.. MiniTrunk.Layers()]) { Seed = 1 };
        trunk.BuildFor([64, 64, 3]);
        Assert.Equal(72_304, trunk.TrainableWeights.Sum(w => w.Shape.Size));
        Assert.Equal(Shape.Of(8, 8, 64), trunk.OutputShape);
        Assert.Equal("block2_conv2", trunk.GetLayer("block2_conv2").Name);
    }

    [Fact]
    public void The_ZF_net_has_62357608_weights_and_a_top_map_of_6_by_6_by_256()
    {
        using var scope = new Memory.TensorScope();
        var net = new ZfNet(seed: 1);
        net.BuildFor([224, 224, 3]);
        Assert.Equal(62_357_608, net.ParameterCount);
        var shapes = FeatureExtractor.LayersOf(net).ToDictionary(l => l.Path, l => l.Shape.ToString());
        Assert.Equal(("[55, 55, 96]", "[26, 26, 256]", "[13, 13, 256]", "[6, 6, 256]"), (shapes["layers/pool1"], shapes["layers/conv2"], shapes["layers/pool2"], shapes["layers/pool5"]));
    }

    [Fact]
    public void Filters_of_the_ZF_net_never_exceed_a_root_mean_square_of_a_tenth()
    {
        var limit = Constraint.MaxNorm(.1 * Math.Sqrt(7 * 7 * 3), 0, 1, 2);
        var w = limit.Apply(new RandomStream(1).Normal([7, 7, 3, 5]) * Tensor.From(1f, .01f, 2, .05f, .5f));
        var rms = w.Square().Mean([0, 1, 2]).Sqrt().ToArray<float>();
        Assert.Equal(.1, rms[0], 1e-4);
        Assert.Equal(.01, rms[1], 3e-3);
        Assert.All(rms, r => Assert.InRange(r, 0, .1001));
    }

    [Fact]
    public void VGG_16_with_the_head_of_1024_maps_has_20459304_weights_and_its_layers_their_names_and_shapes()
    {
        using var scope = new Memory.TensorScope();
        var net = GapNetwork.CreateVgg16();
        net.BuildFor([224, 224, 3]);
        Assert.Equal(20_459_304, net.ParameterCount);
        Assert.Equal("cam_relu", new ClassActivationMap(net).Layer);
        var shapes = FeatureExtractor.LayersOf(net).ToDictionary(l => l.Path, l => l.Shape.ToString());
        // conv2_1, conv3_1, conv4_1, conv5_1 by torchvision's numbers; no fifth pooling before the head.
        Assert.Equal(("[112, 112, 128]", "[56, 56, 256]", "[28, 28, 512]", "[14, 14, 512]"), (shapes["features/5"], shapes["features/10"], shapes["features/17"], shapes["features/24"]));
        Assert.Equal("[14, 14, 1024]", shapes["cam_relu"]);
    }

    [Fact]
    public void The_mass_of_a_reconstruction_is_shared_out_by_its_squares()
    {
        var projection = Tensor.Zeros([4, 4, 2]).WithSlice(Tensor.Full([1, 1, 2], 3.0), 1..2, 1..2, ..).WithSlice(Tensor.Full([1, 1, 2], -1.0), 3..4, 3..4, ..);
        Assert.Equal(.9, ProjectionMass.Inside(projection, new PixelBox(1, 1, 3, 3)), 1e-6);
        Assert.Equal(1, ProjectionMass.Inside(projection, new PixelBox(0, 0, 4, 4)), 1e-6);
        Assert.Equal(0, ProjectionMass.Inside(projection, new PixelBox(2, 2, 2, 2)));
        Assert.Equal(0, ProjectionMass.Inside(Tensor.Zeros([4, 4, 2]), new PixelBox(0, 0, 4, 4)));
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(45, 4)]
    [InlineData(90, 8)]
    [InlineData(135, 5.5)]
    public void The_strongest_wave_of_a_grating_is_the_grating(double angle, double period)
    {
        var (sin, cos) = Math.SinCos(angle * Math.PI / 180);
        var pixels = Enumerable.Range(0, 32 * 32 * 3).Select(i => (float)(.5 + (.3 * Math.Sin(2 * Math.PI * (((i / 3 % 32) * cos) + ((i / 96) * sin)) / period)))).ToArray();
        var (found, length) = Spectrum.Dominant(Tensor.From(pixels, [32, 32, 3]));
        Assert.Equal(0, Math.Min(Math.Abs(found - angle), 180 - Math.Abs(found - angle)), 5.0);
        Assert.Equal(period, length, .1 * period);
    }

    [Fact]
    public void A_linear_probe_separates_what_a_line_separates_and_guesses_where_nothing_is_to_be_learned()
    {
        var random = new RandomStream(1);
        var labels = Tensor.From(Enumerable.Range(0, 200).Select(i => i % 2).ToArray(), [200]);
        var signal = random.Normal([200, 3, 4]) + (labels.Cast(DType.Float32).Reshape(200, 1, 1) * 4);
        Assert.True(LinearProbe.Accuracy(signal[..100], labels[..100], signal[100..], labels[100..], 2) > .97);
        Assert.InRange(LinearProbe.Accuracy(random.Normal([100, 12]), labels[..100], random.Normal([100, 12]), labels[100..], 2), .3, .7);
    }

    [Fact]
    public void A_linear_probe_explains_what_depends_linearly_on_the_features_and_nothing_else()
    {
        var random = new RandomStream(2);
        var x = random.Normal([300, 2, 3]);
        var y = x.Reshape(300, 6).MatMul(random.Normal([6, 2])) + 5;
        Assert.InRange(LinearProbe.Explained(x[..200], y[..200], x[200..], y[200..]), .9, 1);
        Assert.InRange(LinearProbe.Explained(x[..200], random.Normal([200, 2]), x[200..], random.Normal([100, 2])), -.2, .1);
    }

    [Theory]
    [InlineData("deconvnet", "ImageNet 2012")]
    [InlineData("activation-maximisation", "VGG-16")]
    [InlineData("intermediate-activations", "VGG-16")]
    [InlineData("occlusion-sensitivity", "VGG-16")]
    [InlineData("cam", "googlenet.pth")]
    public void Published_configurations_say_what_is_missing(string id, string what)
    {
        var folder = Directory.CreateTempSubdirectory();
        var error = Assert.Throws<StrataException>(() => RecipeRunner.Run(Recipes.Get(id), new RunOptions { Preset = "paper", Directory = folder.FullName }));
        Assert.StartsWith("The preset 'paper' needs ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message);
        if (id is not "deconvnet")
        {
            error = Assert.Throws<StrataException>(() => RecipeRunner.Run(Recipes.Get(id), new RunOptions { Preset = "paper", Directory = folder.FullName, Data = folder.FullName }));
            Assert.Contains($"has no file {(id == "cam" ? "googlenet" : "vgg16")}*.pth; save torchvision's weights there", error.Message);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public void The_models_that_runs_save_can_be_made_again()
    {
        foreach (var id in new[] { "deconvnet", "activation-maximisation", "intermediate-activations", "occlusion-sensitivity", "cam" })
        {
            var reader = Recipes.Get(id).Reader!;
            var model = reader.Create();
            model.BuildFor(reader.Input);
            Assert.Equal(Shape.Of(reader.Classes.Count), model.OutputShape);
        }
    }
}
