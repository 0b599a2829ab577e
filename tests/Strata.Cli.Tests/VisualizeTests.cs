using Strata.Formats;
using Strata.Formats.Images;
using Strata.Formats.Onnx;
using Strata.Formats.PyTorch;
using Strata.Gallery;
using Strata.Nn;
using Strata.Random;

namespace Strata.Cli.Tests;

/// <summary>Pictures of what a model sees; the model is what a run would save, untrained.</summary>
public sealed class VisualizeTests : IDisposable
{
    readonly StrataCommand strata = new();
    readonly string digit;

    public VisualizeTests()
    {
        var recipe = Recipes.Get("mnist-cnn");
        var model = recipe.Reader!.Create();
        model.BuildFor([28, 28, 1]);
        TrainedModel.Save(Path.Combine(Directory.CreateDirectory(Path.Combine(strata.Folder, "run")).FullName, "model.strata"), recipe, recipe.Presets[0], model);
        digit = Path.Combine(strata.Folder, "digit.png");
        Png.Write(digit, Image.FromTensor(new RandomStream(1).Uniform([28, 28, 1])));
    }

    public void Dispose() => strata.Dispose();

    [Theory]
    [InlineData("cam", "where 3 is, by the feature maps of 'max_pooling2d_2'", "--class", "3")]
    [InlineData("deconv", "what made unit", "--layer", "conv2d_1")]
    [InlineData("activations", "the 16 feature maps of")]
    public void A_method_writes_a_picture_and_says_what_it_is(string method, string what, params string[] options)
    {
        var answer = strata.Run(["visualize", "run", "digit.png", "--method", method, .. options]);
        Assert.Equal("", answer.Error);
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains(what, answer.Output);
        Assert.Contains("with probability", answer.Output);
        Assert.InRange(Png.Read(Path.Combine(strata.Folder, $"digit-{method}.png")).Width, 224, 600);
    }

    [Theory]
    [InlineData("occlusion")]
    [InlineData("gradient")]
    [InlineData("guided")]
    [InlineData("maximize")]
    public void The_other_methods_give_pictures_too(string method)
    {
        var view = new PictureView(PictureModel.Open(Path.Combine(strata.Folder, "run")), Png.Read(digit), null, "7", null);
        var (picture, what) = view.Of(method);
        Assert.Equal(3, picture.Rank);
        Assert.Equal(224, picture.Shape[0]);
        Assert.False(picture.IsNaN().Any().Item() != 0);
        Assert.NotEmpty(what);
    }

    [Fact]
    public void An_ONNX_file_is_a_model_too_and_its_nodes_are_its_layers()
    {
        var model = new Sequential(new Conv2D(4, 3, activation: Activation.Relu), new MaxPooling2D(2), new GlobalAveragePooling2D(), new Dense(3, Activation.Softmax)) { Seed = 1 };
        model.BuildFor([12, 12, 3]);
        var path = Path.Combine(strata.Folder, "net.onnx");
        OnnxFile.Export(path, model, [12, 12, 3]);
        var opened = PictureModel.Open(path);
        Assert.Equal(Shape.Of(12, 12, 3), opened.Input);
        var x = new RandomStream(2).Uniform([2, 12, 12, 3]);
        var (expected, _) = new ClassActivationMap(model).Of(x, [2, 1]);
        var cam = new ClassActivationMap(opened.Model);
        var (maps, _) = cam.Of(x, [2, 1]);
        Assert.Equal(expected.Shape, maps.Shape);
        Assert.Contains(FeatureExtractor.LayersOf(opened.Model), l => l.Shape == Shape.Of(10, 10, 4));
        // Without logits the exported softmax is the score: the map is another, but of the same sign where the class is.
        Assert.True(maps.Abs().Max().Item() > 0);
        Assert.Equal("class 2", opened.ClassOf(2));
    }

    [Fact]
    public void Layers_are_listed()
    {
        var answer = strata.Run("visualize", "run/model.strata", "digit.png", "--layer", "?");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("[26, 26, 16]", answer.Output);
    }

    [Fact]
    public void What_does_not_fit_is_said_in_a_sentence()
    {
        Fails("There is no model 'nowhere'; a run's folder, its model.strata, weights of torchvision (.pth, .safetensors) or an .onnx file fit.", "visualize", "nowhere", "digit.png");
        Fails("--method: there is no 'magic'; cam, occlusion, deconv, gradient, guided, activations, maximize fit.", "visualize", "run", "digit.png", "--method", "magic");
    }

    [Fact]
    public void Unknown_classes_and_layers_are_named_with_what_there_is()
    {
        var model = PictureModel.Open(Path.Combine(strata.Folder, "run"));
        Assert.Contains("there is no class '10'; there are 0, 1, 2", Assert.Throws<StrataException>(() => new PictureView(model, Png.Read(digit), null, "10", null)).Message);
        Assert.Contains("has no layer 'x'", Assert.Throws<StrataException>(() => new PictureView(model, Png.Read(digit), "x", null, null).Of("deconv")).Message);
        TorchFile.Write(Path.Combine(strata.Folder, "other.pth"), [new("a", Tensor.Zeros([2]))]);
        Assert.Contains("holds 1 tensors that are of no network known here; alexnet, vgg16", Assert.Throws<StrataException>(() => PictureModel.Open(Path.Combine(strata.Folder, "other.pth"))).Message);
    }

    [Fact]
    public void Weights_of_torchvision_are_recognized()
    {
        var net = Gallery.Vision.Classification.ResNet.ResNet18(classes: 4);
        net.BuildFor([32, 32, 3]);
        var state = TorchWeights.Save(net, net.TorchNames).ToDictionary();
        foreach (var name in state.Keys.Where(k => k.EndsWith("running_var", StringComparison.Ordinal)).ToList()) state[name.Replace("running_var", "num_batches_tracked")] = Tensor.Zeros([], DType.Int64);
        var path = Path.Combine(strata.Folder, "resnet18.pth");
        TorchFile.Write(path, state);
        var opened = PictureModel.Open(path, size: 32);
        Assert.IsType<Gallery.Vision.Classification.ResNet>(opened.Model);
        var (shown, x) = opened.Prepare(Png.Read(digit));
        Assert.Equal((Shape.Of(32, 32, 3), Shape.Of(1, 32, 32, 3)), (shown.Shape, x.Shape));
        Assert.Equal(1, opened.Probabilities(x).Sum().Item(), 1e-5);
    }

    void Fails(string sentence, params string[] arguments)
    {
        var answer = strata.Run(arguments);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(sentence, answer.Error);
        Assert.DoesNotContain("   at ", answer.Error);
    }
}
