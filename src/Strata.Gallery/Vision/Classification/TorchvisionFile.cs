using Strata.Formats.PyTorch;
using Strata.Formats.Weights;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Weights that torchvision saved: which network they are of is told by their names and number.</summary>
static class TorchvisionFile
{
    // The last layer, one of the other tensors, and the number of all but the counters of batches; GoogLeNet and Inception with and without the heads for training.
    static readonly (string Head, string Key, int Tensors, Func<int, ImageClassifier> Create)[] networks =
    [
        ("classifier.6.weight", "features.0.weight", 16, n => new AlexNet(n)),
        ("classifier.6.weight", "features.0.weight", 32, n => Vgg.Vgg16(n)),
        ("classifier.6.weight", "features.0.weight", 38, n => Vgg.Vgg19(n)),
        ("fc.weight", "inception5b.branch4.1.conv.weight", 287, n => new GoogLeNet(n, transformInput: true)),
        ("fc.weight", "inception5b.branch4.1.conv.weight", 305, n => new GoogLeNet(n, transformInput: true)),
        ("fc.weight", "Mixed_7c.branch_pool.conv.weight", 472, n => new InceptionV3(n, transformInput: true)),
        ("fc.weight", "Mixed_7c.branch_pool.conv.weight", 484, n => new InceptionV3(n, transformInput: true)),
        ("fc.weight", "layer4.1.conv2.weight", 102, n => ResNet.ResNet18(n)),
        ("fc.weight", "layer4.1.conv2.weight", 182, n => ResNet.ResNet34(n)),
        ("fc.weight", "layer4.1.conv2.weight", 267, n => ResNet.ResNet50(n)),
        ("fc.weight", "layer4.1.conv2.weight", 522, n => ResNet.ResNet101(n)),
        ("fc.weight", "layer4.1.conv2.weight", 777, n => ResNet.ResNet152(n)),
        ("classifier.weight", "features.norm5.weight", 606, n => DenseNet.DenseNet121(n)),
        ("classifier.weight", "features.norm5.weight", 806, n => DenseNet.DenseNet161(n)),
        ("classifier.weight", "features.norm5.weight", 846, n => DenseNet.DenseNet169(n)),
        ("classifier.weight", "features.norm5.weight", 1006, n => DenseNet.DenseNet201(n)),
        ("classifier.1.weight", "features.17.conv.3.weight", 262, n => new MobileNetV2(n)),
    ];

    /// <summary>Whether a file may hold such weights, by its ending.</summary>
    public static bool Fits(string path) => Path.GetExtension(path).ToLowerInvariant() is ".pth" or ".pt" or ".safetensors";

    /// <summary>The network of a file, with its weights.</summary>
    /// <param name="path">What <c>torch.save(model.state_dict(), path)</c> wrote, or the same as safetensors.</param>
    /// <param name="size">Height and width of the pictures; 0: those that the weights were trained on.</param>
    /// <exception cref="StrataException">The file is damaged, or of no network known here.</exception>
    public static ImageClassifier Open(string path, int size = 0)
    {
        var state = WeightFile.Read(path);
        var tensors = state.Keys.Count(k => !k.EndsWith("num_batches_tracked", StringComparison.Ordinal));
        var found = Array.Find(networks, n => state.ContainsKey(n.Head) && state.ContainsKey(n.Key) && tensors == n.Tensors);
        if (found.Create is null)
            throw new StrataException($"'{path}' holds {tensors} tensors that are of no network known here; {string.Join(", ", ImageClassifier.Named.Keys)} as torchvision saves them fit.");
        var head = state[found.Head];
        if (head.Rank == 0) throw new StrataException($"'{path}' has a last layer of the shape {head.Shape}; torchvision's are [classes, features].");
        var network = found.Create(head.Shape[0]);
        var side = size > 0 ? size : network.InputSize;
        network.BuildFor([side, side, 3]);
        network.LoadTorch(state);
        return network;
    }
}
