using Strata.Formats.PyTorch;
using Strata.Formats.Weights;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Weights that torchvision saved: which network they are of is told by their names and number.</summary>
static class TorchvisionFile
{
    // One of the tensors and the number of all but the counters of batches; GoogLeNet and Inception with and without the heads for training.
    static readonly (string Key, int Tensors, Func<int, ImageClassifier> Create)[] networks =
    [
        ("classifier.6.weight", 16, n => new AlexNet(n)),
        ("classifier.6.weight", 32, n => Vgg.Vgg16(n)),
        ("classifier.6.weight", 38, n => Vgg.Vgg19(n)),
        ("inception5b.branch4.1.conv.weight", 287, n => new GoogLeNet(n, transformInput: true)),
        ("inception5b.branch4.1.conv.weight", 305, n => new GoogLeNet(n, transformInput: true)),
        ("Mixed_7c.branch_pool.conv.weight", 472, n => new InceptionV3(n, transformInput: true)),
        ("Mixed_7c.branch_pool.conv.weight", 484, n => new InceptionV3(n, transformInput: true)),
        ("layer4.1.conv2.weight", 102, n => ResNet.ResNet18(n)),
        ("layer4.1.conv2.weight", 182, n => ResNet.ResNet34(n)),
        ("layer4.1.conv2.weight", 267, n => ResNet.ResNet50(n)),
        ("layer4.1.conv2.weight", 522, n => ResNet.ResNet101(n)),
        ("layer4.1.conv2.weight", 777, n => ResNet.ResNet152(n)),
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
        var found = Array.Find(networks, n => state.ContainsKey(n.Key) && tensors == n.Tensors);
        if (found.Create is null)
            throw new StrataException($"'{path}' holds {tensors} tensors that are of no network known here; {string.Join(", ", ImageClassifier.Named.Keys)} as torchvision saves them fit.");
        var head = state.TryGetValue("fc.weight", out var fc) ? fc : state["classifier.6.weight"];
        if (head.Rank == 0) throw new StrataException($"'{path}' has a last layer of the shape {head.Shape}; torchvision's are [classes, features].");
        var network = found.Create(head.Shape[0]);
        var side = size > 0 ? size : network.InputSize;
        network.BuildFor([side, side, 3]);
        TorchWeights.Load(network, state, network.TorchNames);
        return network;
    }
}
