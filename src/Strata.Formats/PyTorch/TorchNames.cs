namespace Strata.Formats.PyTorch;

/// <summary>How the weights of a model are called and laid out in PyTorch, where that does not follow from the names of its layers: these correspond to
/// PyTorch's modules (<c>layer1/0/conv1/kernel</c> is <c>layer1.0.conv1.weight</c>), kernels [h, w, in, out] are [out, in, h, w] there, dense kernels
/// transposed.</summary>
public sealed record TorchNames
{
    /// <summary>Dense layers behind a flattened image, by PyTorch's name of their weight, with the image's height and width: PyTorch flattens channel by
    /// channel, this library pixel by pixel.</summary>
    public IReadOnlyDictionary<string, (int Height, int Width)> Flattened { get; init; } = new Dictionary<string, (int, int)>();

    /// <summary>Beginnings of PyTorch's names that the model has no part for, such as auxiliary classifiers.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>From the name that follows from the layers to PyTorch's; by default they are equal.</summary>
    public Func<string, string> Rename { get; init; } = name => name;
}
