using Strata.Formats.Images;
using Strata.Gallery.Vision.Classification;

namespace Strata.Gallery.Vision.Understanding;

/// <summary>What the published configurations of the understanding tools start from: weights that torchvision trained, and photographs.</summary>
public static class PretrainedFile
{
    const int Side = 224;

    /// <summary>The file of a network's weights in a folder: the first whose name begins with the network's, such as <c>vgg16-397923af.pth</c>.</summary>
    /// <exception cref="StrataException">There is none.</exception>
    public static string Find(string folder, string network) =>
        Directory.GetFiles(folder, network + "*.pth").Order(StringComparer.Ordinal).FirstOrDefault()
        ?? throw new StrataException($"'{folder}' has no file {network}*.pth; save torchvision's weights there with torch.save(torchvision.models.{network}(weights='DEFAULT').state_dict(), '{network}.pth').");

    /// <summary>VGG-16 with torchvision's weights, and the pictures that lie beside them.</summary>
    /// <exception cref="StrataException">No folder was named, or the weights are missing.</exception>
    public static (Vgg Model, IReadOnlyList<string> Pictures) Vgg16(Run run)
    {
        var folder = run.RequireData("torchvision's weights of VGG-16 (vgg16.pth) and some photographs (PNG or JPEG) beside them");
        var model = Vgg.Vgg16();
        model.LoadTorch(Find(folder, "vgg16"));
        return (model, [.. Directory.GetFiles(folder).Where(f => ImageFile.Extensions.Contains(Path.GetExtension(f).ToLowerInvariant())).Order(StringComparer.Ordinal)]);
    }

    /// <summary>The same, where at least one photograph is needed.</summary>
    /// <exception cref="StrataException">No folder was named, or weights or photographs are missing.</exception>
    public static (Vgg Model, IReadOnlyList<(string Name, Tensor Picture)> Pictures) Vgg16WithPictures(Run run)
    {
        var (model, files) = Vgg16(run);
        if (files.Count == 0) throw new StrataException($"'{run.Data}' has no photographs; put some PNG or JPEG files beside the weights.");
        return (model, [.. files.Select(f => (Path.GetFileNameWithoutExtension(f), ImageFile.Read(f).ToChannels(3).ResizeAndCrop(Side, Side).ToTensor().Keep()))]);
    }

    /// <summary>Pictures in [0, 1] as torchvision's networks take them.</summary>
    public static Tensor Normalized(Tensor pictures) => (pictures - ImageClassifier.ImageNetMean) / ImageClassifier.ImageNetDeviation;
}
