using Strata.Formats.Images;
using Strata.Formats.Onnx;
using Strata.Gallery;
using Strata.Gallery.Vision.Classification;
using Strata.Nn;

namespace Strata.Cli;

/// <summary>A model that reads pictures, from any file that may hold one: what a run saved, weights of torchvision, an ONNX graph.</summary>
internal sealed class PictureModel
{
    readonly IReadOnlyList<string>? classes;
    readonly Func<Image, Tensor> show;
    readonly Func<Tensor, Tensor> normalize;

    PictureModel(Model model, Shape input, IReadOnlyList<string>? classes, Func<Image, Tensor> show, Func<Tensor, Tensor> normalize) =>
        (Model, Input, this.classes, this.show, this.normalize) = (model, input, classes, show, normalize);

    /// <summary>The model, from what <see cref="Prepare"/> gives to scores or probabilities [n, classes].</summary>
    public Model Model { get; }

    /// <summary>Height, width and channels of a picture.</summary>
    public Shape Input { get; }

    /// <summary>The name of a class: its number where no names are known.</summary>
    public string ClassOf(int output) => classes is not null && output < classes.Count ? classes[output] : $"class {output}";

    /// <summary>The number of a class that is given by name or number.</summary>
    /// <exception cref="StrataException">There is none.</exception>
    public int OutputOf(string text, int outputs)
    {
        for (var i = 0; i < (classes?.Count ?? 0); i++)
            if (string.Equals(classes![i], text, StringComparison.OrdinalIgnoreCase)) return i;
        if (int.TryParse(text, out var number) && number >= 0 && number < outputs) return number;
        throw new StrataException($"--class: there is no class '{text}'; {(classes is { Count: <= 30 } ? $"there are {string.Join(", ", classes)}" : $"a number from 0 to {outputs - 1} fits")}.");
    }

    /// <summary>The picture as people see it, [height, width, channels] in [0, 1], and as the model takes it, [1, height, width, channels].</summary>
    public (Tensor Shown, Tensor X) Prepare(Image image)
    {
        var shown = show(image).Reshape(Input);
        return (shown, Normalized(shown.Reshape([1, .. Input])));
    }

    /// <summary>Pictures in [0, 1] as the model takes them.</summary>
    public Tensor Normalized(Tensor shown) => normalize(shown);

    /// <summary>The probabilities of the classes [n, classes]: of scores, the softmax.</summary>
    public Tensor Probabilities(Tensor x)
    {
        var y = Model.Predict(x);
        if (y.Rank != 2) throw new StrataException($"'{Model.Name}' gives {y.Shape}; a model that classifies gives [n, classes].");
        var isDistribution = y.Min().Item() >= 0 && (y.Sum(1) - 1).Abs().Max().Item() < 1e-3;
        return isDistribution ? y : y.Softmax();
    }

    /// <summary>Opens a model.</summary>
    /// <param name="path">A run's folder, its model.strata, a .pth, .pt or .safetensors file of torchvision's weights, or an .onnx file.</param>
    /// <param name="size">Height and width of the pictures, where the file leaves them open; 0: the usual ones.</param>
    /// <exception cref="StrataException">There is no such file, or it holds no model that reads pictures.</exception>
    public static PictureModel Open(string path, int size = 0)
    {
        if (!Path.Exists(path)) throw new StrataException($"There is no model '{path}'; a run's folder, its model.strata, weights of torchvision (.pth, .safetensors) or an .onnx file fit.");
        if (path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)) return OfOnnx(path, size);
        var file = ModelFile.Open(path, size);
        if (file.Reader is { } reader) return new(file.Model, reader.Input, reader.Classes, image => Adapted(image, reader.Input), x => x);
        if (file.Model.InputTypes is not [{ Shape: { Rank: 3 } input }] || input[2] is not (1 or 3))
            throw new StrataException($"'{path}' holds a model that does not take pictures; one with one input [n, height, width, 1 or 3] fits.");
        return file.Model is ImageClassifier
            ? new(file.Model, input, null, image => OverWhite(image).ToChannels(3).ResizeAndCrop(input[0], input[1]).ToTensor(), x => (x - ImageClassifier.ImageNetMean) / ImageClassifier.ImageNetDeviation)
            : new(file.Model, input, null, image => Adapted(image, input), x => x);
    }

    static PictureModel OfOnnx(string path, int size)
    {
        var model = OnnxFile.Import(path);
        if (model.InputSizes is not [{ Count: 4 } sizes]) throw new StrataException($"'{path}' does not take pictures; a model with one input [n, channels, height, width] fits.");
        var channels = sizes[1] ?? 3;
        var (height, width) = (sizes[2] ?? Math.Max(size, 0), sizes[3] ?? Math.Max(size, 0));
        if (height == 0 || width == 0) (height, width) = (224, 224);
        if (channels is not (1 or 3)) throw new StrataException($"'{path}' takes pictures of {channels} channels; 1 or 3 fit.");
        Shape input = [height, width, channels];
        model.BuildFor(input);
        return new(model, input, null, image => Adapted(image, input), x => x);
    }

    /// <summary>The picture in the size and colors of the input; grey pictures drawn dark on bright are inverted.</summary>
    static Tensor Adapted(Image image, Shape input)
    {
        var x = OverWhite(image).ToChannels(3).ToTensor();
        if (input[2] == 1) x = (x * Tensor.From(0.299f, 0.587f, 0.114f)).Sum(-1, keepDims: true);
        if (input[2] == 1 && Border(x) > 0.5) x = 1 - x;
        return x.Shape[0] == input[0] && x.Shape[1] == input[1] ? x : x.Resize(input[0], input[1]);
    }

    static Image OverWhite(Image image)
    {
        if (!image.HasAlpha) return image;
        var x = image.ToTensor();
        var alpha = x[.., .., ^1..];
        return Image.FromTensor((x[.., .., ..^1] * alpha) + (1 - alpha));
    }

    static double Border(Tensor x) => (x[0].Mean() + x[^1].Mean() + x[.., 0].Mean() + x[.., ^1].Mean()).Item() / 4;
}
