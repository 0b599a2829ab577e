using Strata.Formats.Weights;
using Strata.Nn;

namespace Strata.Formats.PyTorch;

/// <summary>Moves weights between models and PyTorch's state dictionaries (see <see cref="TorchFile"/>).</summary>
/// <remarks>Recurrent layers: PyTorch's LSTM, GRU and RNN (one layer or several, in one direction or both) correspond to <see cref="LSTM"/>, <see cref="GRU"/> with
/// <c>resetAfter: true</c>, <see cref="SimpleRNN"/>, <see cref="RNN"/> of several such cells, and <see cref="Bidirectional"/> around these; gates and both biases are
/// brought into this library's order. PyTorch's gates are <see cref="Activation.Sigmoid"/>, which is to be asked for here. Several layers in one module of PyTorch whose
/// directions are joined in between are several <see cref="Bidirectional"/> here: <see cref="TorchNames.Rename"/> says which is which, or they are given by order.</remarks>
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
        foreach (var place in TorchPlace.Of(model, names))
        {
            if (place.Names.All(state.ContainsKey)) places.Add(place, [.. place.Names.Select(n => state[n])]);
            else places.Miss(string.Join(" + ", place.Names));
        }

        return places.Assign(state.Keys.Where(name => !IsIgnored(name, names)).Order(StringComparer.Ordinal), partly);
    }

    /// <summary>The weights of a model by PyTorch's names, in its layout.</summary>
    /// <exception cref="StrataException">The model has no weights yet, or has a GRU that PyTorch has not.</exception>
    public static IReadOnlyDictionary<string, Tensor> Save(Model model, TorchNames? names = null)
    {
        var state = new Dictionary<string, Tensor>();
        foreach (var place in TorchPlace.Of(model, names ?? new()))
            foreach (var (name, tensor) in place.Names.Zip(place.To(place.Variable.Value))) state[name] = tensor;
        return state;
    }

    /// <summary>What PyTorch calls the tensors of each weight, by the weight's path.</summary>
    /// <exception cref="StrataException">The model has no weights yet.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> NamesOf(Model model, TorchNames? names = null) =>
        TorchPlace.Of(model, names ?? new()).ToDictionary(p => p.Path, p => p.Names);

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

    /// <summary>The value of a weight in PyTorch's layout.</summary>
    internal static Tensor ToTorch(Tensor value, Variable variable, string name, TorchNames names)
    {
        if (!variable.Name.EndsWith("/kernel", StringComparison.Ordinal) || value.Rank < 2) return value;
        if (value.Rank > 2) return value.Transpose([value.Rank - 1, value.Rank - 2, .. Enumerable.Range(0, value.Rank - 2)]);
        if (!names.Flattened.TryGetValue(name, out var image)) return value.Transpose();
        var channels = value.Shape[0] / (image.Height * image.Width);
        return value.Reshape(image.Height, image.Width, channels, -1).Transpose(3, 2, 0, 1).Reshape(-1, value.Shape[0]);
    }
}
