using Strata.Formats.PyTorch;
using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>A well-known network for images [n, height, width, 3], normalized as its weights expect. Its layers have the names of torchvision's modules, so
/// that torchvision's state dictionaries load.</summary>
public abstract class ImageClassifier : Model
{
    /// <summary>The mean of each channel that torchvision takes off pictures in [0, 1].</summary>
    public static Tensor ImageNetMean => Tensor.From(.485f, .456f, .406f);

    /// <summary>The deviation of each channel that torchvision then divides by.</summary>
    public static Tensor ImageNetDeviation => Tensor.From(.229f, .224f, .225f);

    /// <summary>The networks by the names that torchvision gives them.</summary>
    public static IReadOnlyDictionary<string, Func<ImageClassifier>> Named { get; } = new Dictionary<string, Func<ImageClassifier>>
    {
        ["alexnet"] = () => new AlexNet(),
        ["vgg16"] = () => Vgg.Vgg16(),
        ["vgg19"] = () => Vgg.Vgg19(),
        ["googlenet"] = () => new GoogLeNet(),
        ["inception_v3"] = () => new InceptionV3(),
        ["resnet18"] = () => ResNet.ResNet18(),
        ["resnet34"] = () => ResNet.ResNet34(),
        ["resnet50"] = () => ResNet.ResNet50(),
        ["resnet101"] = () => ResNet.ResNet101(),
        ["resnet152"] = () => ResNet.ResNet152(),
        ["densenet121"] = () => DenseNet.DenseNet121(),
        ["densenet161"] = () => DenseNet.DenseNet161(),
        ["densenet169"] = () => DenseNet.DenseNet169(),
        ["densenet201"] = () => DenseNet.DenseNet201(),
        ["mobilenet_v2"] = () => new MobileNetV2(),
    };

    /// <summary>Height and width of the images that torchvision's weights were trained on.</summary>
    public virtual int InputSize => 224;

    /// <summary>How torchvision's names differ from the layers'.</summary>
    public virtual TorchNames TorchNames { get; } = new();

    /// <summary>Loads a state dictionary of torchvision's model of this kind.</summary>
    /// <param name="path">The file that <c>torch.save(model.state_dict(), path)</c> wrote.</param>
    /// <param name="input">Height and width of the images; needed only where the weights depend on it.</param>
    /// <exception cref="StrataException">The file is damaged, or of another network.</exception>
    public WeightReport LoadTorch(string path, (int Height, int Width)? input = null)
    {
        var (height, width) = input ?? (InputSize, InputSize);
        BuildFor([height, width, 3]);
        return LoadTorch(TorchFile.Read(path));
    }

    /// <summary>Loads a state dictionary into the network, which must be built.</summary>
    internal virtual WeightReport LoadTorch(IReadOnlyDictionary<string, Tensor> state) => TorchWeights.Load(this, state, TorchNames);

    private protected static Conv2D Convolution(string name, int filters, Window kernel, int stride = 1, int padding = 0, bool useBias = true) => Convolution(name, filters, kernel, stride, (padding, padding), useBias);

    private protected static Conv2D Convolution(string name, int filters, Window kernel, int stride, (int Height, int Width) padding, bool useBias) =>
        new(filters, kernel, strides: stride, padding: Padding.Of([(padding.Height, padding.Height), (padding.Width, padding.Width)]), useBias: useBias)
        {
            Name = name,
            KernelInitializer = Initializer.HeNormal,
        };
}
