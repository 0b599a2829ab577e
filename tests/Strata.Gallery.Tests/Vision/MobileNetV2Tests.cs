using Strata.Formats.PyTorch;
using Strata.Gallery.Vision.Classification;
using Strata.Nn;

namespace Strata.Gallery.Tests.Vision;

public sealed class MobileNetV2Tests
{
    // sum(p.numel() for p in torchvision.models.mobilenet_v2(weights=None, width_mult=alpha).parameters())
    [Theory]
    [InlineData(.35, 1_677_128)]
    [InlineData(.5, 1_968_680)]
    [InlineData(.75, 2_636_424)]
    [InlineData(1, 3_504_872)]
    [InlineData(1.4, 6_108_776)]
    public void It_has_torchvision_s_numbers_of_weights(double alpha, int expected)
    {
        var net = new MobileNetV2(alpha: alpha);
        net.BuildFor([32, 32, 3]);
        Assert.Equal(expected, net.TrainableWeights.Sum(w => w.Shape.Size));
    }

    [Fact]
    public void Its_files_are_recognized()
    {
        var net = new MobileNetV2(classes: 3);
        net.BuildFor([32, 32, 3]);
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "mobilenet_v2.pth");
            TorchFile.Write(path, TorchWeights.Save(net, net.TorchNames));
            var opened = Assert.IsType<MobileNetV2>(ModelFile.Open(path, size: 32).Model);
            var x = Tensor.Ones([1, 32, 32, 3]);
            Assert.Equal(net.Apply(x).ToArray<float>(), opened.Apply(x).ToArray<float>());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_width_that_is_not_above_0_is_refused(double alpha) =>
        Assert.Contains("MobileNetV2: alpha must be above 0", Assert.Throws<ArgumentOutOfRangeException>(() => new MobileNetV2(alpha: alpha)).Message);

    [Fact]
    public void A_step_of_training_reaches_every_weight() => MobileNetTests.ReachesEveryWeight(new MobileNetV2(2, alpha: .35) { Seed = 1 });
}
