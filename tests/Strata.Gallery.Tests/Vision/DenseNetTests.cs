using System.Text.RegularExpressions;
using Strata.Formats.PyTorch;
using Strata.Gallery.Vision.Classification;
using Strata.Memory;

namespace Strata.Gallery.Tests.Vision;

public sealed class DenseNetTests
{
    [Theory]
    [InlineData(121, 7_978_856, 8_062_504)]
    [InlineData(161, 28_681_000, 28_900_936)]
    [InlineData(169, 14_149_480, 14_307_880)]
    [InlineData(201, 20_013_928, 20_242_984)]
    public void It_has_torchvision_s_numbers_of_weights_without_and_Keras_s_with_the_running_statistics(int depth, int learned, int all)
    {
        using var scope = new TensorScope();
        var net = ImageClassifier.Named[$"densenet{depth}"]();
        net.BuildFor([32, 32, 3]);
        Assert.Equal(learned, net.TrainableWeights.Sum(w => w.Shape.Size));
        Assert.Equal(all, net.ParameterCount);
        Assert.Equal((5 * (depth - 1)) + 4 + 2, net.Weights.Count); // a convolution and a normalization a layer, the last normalization, the dense layer
    }

    [Fact]
    public void The_names_in_the_files_that_torchvision_downloads_are_understood()
    {
        var net = DenseNet.DenseNet121(classes: 3);
        net.BuildFor([32, 32, 3]);
        var state = TorchWeights.Save(net, net.TorchNames).ToDictionary(t => Regex.Replace(t.Key, @"(denselayer\d+\.\w+)([12])\.", "$1.$2."), t => t.Value);
        Assert.Contains("features.denseblock4.denselayer16.norm.2.running_var", state.Keys);
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "densenet121.pth");
            TorchFile.Write(path, state);
            var opened = Assert.IsType<DenseNet>(ModelFile.Open(path, size: 32).Model);
            var x = Tensor.Ones([1, 32, 32, 3]);
            Assert.Equal(net.Apply(x).ToArray<float>(), opened.Apply(x).ToArray<float>());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
