using Strata.Gallery.Vision.Classification;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Vision;

public sealed class SpatialTransformerNetworksTests
{
    [Fact]
    public void The_dense_network_has_its_number_of_weights_with_and_without_a_transformer()
    {
        Assert.Equal(243_722, Count(SpatialTransformerNetworks.CreateDense(1)));
        Assert.Equal(82_680, Count(SpatialTransformerNetworks.CreateDense(1, SpatialTransform.Affine)));
        Assert.Equal(82_680 + (26 * 33), Count(SpatialTransformerNetworks.CreateDense(1, SpatialTransform.ThinPlateSpline)));
    }

    [Theory]
    [InlineData(SpatialTransform.Affine)]
    [InlineData(SpatialTransform.Projective)]
    [InlineData(SpatialTransform.ThinPlateSpline)]
    public void Every_network_gives_probabilities_and_lets_the_loss_reach_its_localization(SpatialTransform transform)
    {
        var x = new RandomStream(1).Uniform([3, 42, 42, 1]);
        var y = Tensor.From([1, 2, 3]);
        foreach (var network in (Sequential[])[SpatialTransformerNetworks.CreateDense(2, transform), SpatialTransformerNetworks.CreateConvolutional(2, transform), SpatialTransformerNetworks.CreatePaper(2, transform)])
        {
            var p = network.Apply(x);
            Assert.Equal(Shape.Of(3, 10), p.Shape);
            Assert.All(p.Sum(1).ToArray<float>(), s => Assert.Equal(1, s, 1e-5f));
            var (_, gradients) = Gradient.ValueAndGradient(() => Loss.SparseCategoricalCrossentropy.PerExample(y, network.Apply(x)).Mean(), network.Layers[0].TrainableWeights);
            Assert.True(gradients[^2].Abs().Sum().Item() > 0); // the kernel of θ, which is 0 itself and so keeps the gradient from the layers before it at first
        }
    }

    [Fact]
    public void The_paper_preset_says_what_is_missing()
    {
        var folder = Directory.CreateTempSubdirectory();
        var error = Assert.Throws<StrataException>(() => RecipeRunner.Run(Recipes.Get("spatial-transformer"), new RunOptions { Preset = "paper", Directory = folder.FullName }));
        folder.Delete(recursive: true);
        Assert.Contains("needs the four IDX files of MNIST", error.Message, StringComparison.Ordinal);
    }

    static long Count(Model model)
    {
        model.BuildFor([42, 42, 1]);
        return model.ParameterCount;
    }
}
