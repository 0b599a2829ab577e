using Strata.Formats.PyTorch;
using Strata.Gallery.Vision.Classification;
using Strata.Memory;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Vision;

public sealed class ResNetTests
{
    [Theory]
    [InlineData(18, 122)]
    [InlineData(34, 218)]
    [InlineData(50, 320)]
    public void Files_of_torchvision_hold_as_many_tensors(int depth, int expected)
    {
        using var scope = new TensorScope();
        var network = ResNet.OfDepth(depth);
        network.BuildFor([32, 32, 3]);
        var names = TorchWeights.Save(network, network.TorchNames).Keys.ToList();
        Assert.Equal(expected, names.Count + names.Count(n => n.EndsWith("running_var", StringComparison.Ordinal))); // and num_batches_tracked, which is not kept
    }

    [Theory]
    [InlineData(20, 269_722)]
    [InlineData(32, 464_154)]
    [InlineData(44, 658_586)]
    [InlineData(56, 853_018)]
    [InlineData(110, 1_727_962)]
    public void The_networks_for_CIFAR_have_their_numbers_of_weights_with_and_without_shortcuts(int depth, int expected)
    {
        Assert.Equal(expected, Learned(new CifarResNet(depth), 32));
        Assert.Equal(expected, Learned(new CifarResNet(depth, Shortcuts.None), 32));
        Assert.Equal(expected + 2_752, Learned(new CifarResNet(depth, Shortcuts.B), 32));
    }

    [Fact]
    public void The_deepest_network_for_CIFAR_has_its_number_of_weights() => Assert.Equal(19_421_274, Learned(new CifarResNet(1202), 8));

    [Theory]
    [InlineData(18, 11_689_512)]
    [InlineData(34, 21_797_672)]
    [InlineData(50, 25_557_032)]
    [InlineData(101, 44_549_160)]
    [InlineData(152, 60_192_808)]
    public void The_networks_for_ImageNet_have_their_numbers_of_weights(int depth, int expected) => Assert.Equal(expected, Learned(ResNet.OfDepth(depth), 32));

    [Fact]
    public void Plain_networks_for_ImageNet_lack_the_projections_and_the_paper_s_stride_changes_no_number()
    {
        const int Projections = (64 * 128) + (128 * 256) + (256 * 512) + (2 * (128 + 256 + 512));
        Assert.Equal(11_689_512 - Projections, Learned(ResNet.ResNet18(shortcuts: Shortcuts.None), 32));
        Assert.Equal(11_689_512 - Projections, Learned(ResNet.ResNet18(shortcuts: Shortcuts.A), 32));
        Assert.Equal(25_557_032, Learned(ResNet.ResNet50(strideIn3x3: false), 32));
    }

    [Fact]
    public void Stages_have_32_16_and_8_pixels()
    {
        var net = new CifarResNet(8) { Seed = 1 };
        var shapes = new List<Shape>();
        var x = new RandomStream(1).Normal([2, 32, 32, 3]);
        Assert.Equal(Shape.Of(2, 10), net.Apply(x).Shape);
        foreach (var (filters, stride) in ((int, int)[])[(16, 1), (32, 2), (64, 2)])
            shapes.Add((x = ResidualBlock.Basic("b", filters, stride, Shortcuts.A, changes: true).Apply(x)).Shape);
        Assert.Equal([Shape.Of(2, 32, 32, 16), Shape.Of(2, 16, 16, 32), Shape.Of(2, 8, 8, 64)], shapes);
    }

    [Theory]
    [InlineData(Shortcuts.A, 4, 1)]
    [InlineData(Shortcuts.A, 8, 2)]
    [InlineData(Shortcuts.B, 4, 1)]
    public void A_block_whose_last_scale_is_0_cuts_its_shortcut_off_below_0(Shortcuts shortcuts, int filters, int stride)
    {
        var x = new RandomStream(1).Normal([2, 6, 6, 4]);
        var block = ResidualBlock.Basic("b", filters, stride, shortcuts, changes: stride > 1);
        block.Apply(x);
        var scale = block.Weights.Last(w => w.Name.Contains("gamma", StringComparison.Ordinal));
        scale.Assign(Tensor.ZerosLike(scale));
        var expected = ResidualBlock.ZeroPadded(x, [2, 6 / stride, 6 / stride, filters]).Relu();
        Assert.Equal(expected.ToArray<float>(), block.Apply(x).ToArray<float>());
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public void A_bottleneck_whose_last_scale_is_0_leaves_its_projection(int stride, bool strideIn3x3)
    {
        var x = new RandomStream(1).Normal([2, 6, 6, 4]);
        var block = ResidualBlock.Bottleneck("b", 3, stride, Shortcuts.B, changes: true, strideIn3x3);
        block.Apply(x);
        var scale = block.Weights.Where(w => w.Name.Contains("gamma", StringComparison.Ordinal)).ElementAt(2); // of three in the chain; the projection's follows
        scale.Assign(Tensor.ZerosLike(scale));
        var projection = block.Weights.Single(w => w.Shape == Shape.Of(1, 1, 4, 12)).Value;
        var pixels = ResidualBlock.ZeroPadded(x, [2, 6 / stride, 6 / stride, 4]).Reshape(-1, 4);
        var expected = (pixels.MatMul(projection.Reshape(4, 12)) / MathF.Sqrt(1 + 1e-5f)).Relu(); // by running statistics that nothing has moved
        Assert.Equal(expected.ToArray<float>(), block.Apply(x).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void A_shortcut_of_option_A_takes_every_second_pixel_and_hands_its_gradient_back_unchanged()
    {
        var x = Tensor.Arange(50).Cast(DType.Float32).Reshape(1, 5, 5, 2);
        var y = ResidualBlock.ZeroPadded(x, [1, 3, 3, 4]);
        Assert.Equal([24f, 25, 0, 0], y[.., 1, 1, ..].ToArray<float>()); // row 2, column 2
        var dy = new RandomStream(1).Normal([1, 3, 3, 4]);
        var dx = Gradient.Of(v => (ResidualBlock.ZeroPadded(v, [1, 3, 3, 4]) * dy).Sum(), x).ToArray<float>();
        for (var i = 0; i < 5; i++)
            for (var j = 0; j < 5; j++)
                for (var c = 0; c < 2; c++)
                    Assert.Equal(i % 2 == 0 && j % 2 == 0 ? dy.ToArray<float>()[(((i / 2 * 3) + (j / 2)) * 4) + c] : 0, dx[(((i * 5) + j) * 2) + c]);
    }

    [Fact]
    public void A_depth_other_than_6n_and_2_is_refused() =>
        Assert.StartsWith("CifarResNet: the depth must be 6n + 2", Assert.Throws<ArgumentOutOfRangeException>(() => new CifarResNet(21)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_a_run_saves_reads_pictures_with_the_mean_it_was_trained_with()
    {
        var recipe = Recipes.Get("resnet");
        var preset = recipe.Presets[0];
        var reader = recipe.ReaderOf(preset)!;
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "model.strata");
        var model = new Sequential(new PixelNormalization(Tensor.From(.1f, .2f, .3f)), new CifarResNet(20, width: 8), new Softmax()) { Seed = 3 };
        model.BuildFor(reader.Input);
        TrainedModel.Save(path, recipe, preset, model);
        var x = new RandomStream(1).Uniform([2, 16, 16, 3]);
        var p = TrainedModel.Load(path, reader).Predict(x).ToArray<float>();
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        Assert.Equal(model.Predict(x).ToArray<float>(), p);
        Assert.Equal(1, p[..10].Sum(), 1e-5);
    }

    [Fact]
    public void Every_preset_that_trains_or_loads_says_what_its_model_reads()
    {
        var recipe = Recipes.Get("resnet");
        foreach (var preset in recipe.Presets) Assert.NotNull(recipe.ReaderOf(preset));
        Assert.Equal(1000, recipe.ReaderOf(recipe.Presets.First(p => p.Name == "imagenet152"))!.Classes.Count);
        Assert.Equal(Shape.Of(32, 32, 3), recipe.ReaderOf(recipe.Presets.First(p => p.Name == "cifar110"))!.Input);
    }

    [Theory]
    [InlineData("paper", "needs the binary version of CIFAR-10 (data_batch_1.bin … data_batch_5.bin, test_batch.bin)")]
    [InlineData("imagenet50", "needs torchvision's resnet50.pth and ImageNet's validation pictures")]
    public void Presets_on_real_data_say_what_is_missing(string preset, string expected)
    {
        var folder = Directory.CreateTempSubdirectory();
        var error = Assert.Throws<StrataException>(() => RecipeRunner.Run(Recipes.Get("resnet"), new RunOptions { Preset = preset, Directory = folder.FullName }));
        folder.Delete(recursive: true);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    static long Learned(Model net, int side)
    {
        using var scope = new TensorScope();
        net.BuildFor([side, side, 3]);
        return net.TrainableWeights.Sum(w => w.Shape.Size);
    }
}
