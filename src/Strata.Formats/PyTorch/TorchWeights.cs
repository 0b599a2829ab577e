using Strata.Formats.Weights;
using Strata.Nn;

namespace Strata.Formats.PyTorch;

/// <summary>Moves weights between models and PyTorch's state dictionaries (see <see cref="TorchFile"/>).</summary>
public static class TorchWeights
{
    const string Counter = "num_batches_tracked"; // of batch normalization; used only without a momentum

    /// <summary>Loads a state dictionary: all of it, or on a mistake nothing.</summary>
    /// <param name="model">The model, which must be built.</param>
    /// <param name="state">Tensors by PyTorch's names.</param>
    /// <param name="names">What does not follow from the names of the layers.</param>
    /// <param name="partly">Whether missing weights and tensors left over are only reported.</param>
    /// <exception cref="StrataException">A tensor has another shape than its weight; nothing fits; or something is missing or left over and
    /// <paramref name="partly"/> is off.</exception>
    public static WeightReport Load(Model model, IReadOnlyDictionary<string, Tensor> state, TorchNames? names = null, bool partly = false)
    {
        names ??= new();
        var places = new WeightPlaces(nameof(TorchWeights), model);
        foreach (var (path, variable) in model.WeightPaths())
        {
            var name = NameOf(path, names);
            if (state.TryGetValue(name, out var tensor)) places.Add(path, variable, name, tensor, FromTorch(tensor, variable, name, names));
            else places.Miss(name);
        }

        return places.Assign(state.Keys.Where(name => !IsIgnored(name, names)).Order(StringComparer.Ordinal), partly);
    }

    /// <summary>The weights of a model by PyTorch's names, in its layout.</summary>
    /// <exception cref="StrataException">The model has no weights yet.</exception>
    public static IReadOnlyDictionary<string, Tensor> Save(Model model, TorchNames? names = null)
    {
        names ??= new();
        var state = new Dictionary<string, Tensor>();
        foreach (var (path, variable) in model.WeightPaths())
        {
            var name = NameOf(path, names);
            state[name] = ToTorch(variable.Value, path, name, names);
        }

        return state;
    }

    /// <summary>Whether a model has no place for a tensor of this name and needs none.</summary>
    internal static bool IsIgnored(string name, TorchNames names) =>
        name.EndsWith(Counter, StringComparison.Ordinal) || names.Ignored.Any(i => name.StartsWith(i, StringComparison.Ordinal));

    /// <summary>What PyTorch calls the weight of a path.</summary>
    internal static string NameOf(string path, TorchNames names)
    {
        var cut = path.LastIndexOf('/');
        var weight = path[(cut + 1)..] switch
        {
            "kernel" or "gamma" or "embeddings" => "weight",
            "beta" => "bias",
            "moving_mean" => "running_mean",
            "moving_variance" => "running_var",
            var other => other,
        };
        return names.Rename($"{path[..(cut + 1)].Replace('/', '.')}{weight}");
    }

    /// <summary>A tensor of PyTorch's layout in that of the weight it is for.</summary>
    internal static Tensor FromTorch(Tensor tensor, Variable variable, string name, TorchNames names)
    {
        if (!variable.Name.EndsWith("/kernel", StringComparison.Ordinal) || tensor.Rank != variable.Shape.Rank || tensor.Rank < 2) return tensor;
        if (tensor.Rank > 2) return tensor.Transpose([.. Enumerable.Range(2, tensor.Rank - 2), 1, 0]);
        if (!names.Flattened.TryGetValue(name, out var image)) return tensor.Transpose();
        var channels = tensor.Shape[1] / (image.Height * image.Width);
        return tensor.Reshape(-1, channels, image.Height, image.Width).Transpose(2, 3, 1, 0).Reshape(variable.Shape);
    }

    static Tensor ToTorch(Tensor value, string path, string name, TorchNames names)
    {
        if (!path.EndsWith("/kernel", StringComparison.Ordinal) || value.Rank < 2) return value;
        if (value.Rank > 2) return value.Transpose([value.Rank - 1, value.Rank - 2, .. Enumerable.Range(0, value.Rank - 2)]);
        if (!names.Flattened.TryGetValue(name, out var image)) return value.Transpose();
        var channels = value.Shape[0] / (image.Height * image.Width);
        return value.Reshape(image.Height, image.Width, channels, -1).Transpose(3, 2, 0, 1).Reshape(-1, value.Shape[0]);
    }
}
