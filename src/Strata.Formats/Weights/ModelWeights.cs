using Strata.Formats.Keras;
using Strata.Formats.PyTorch;
using Strata.Nn;

namespace Strata.Formats.Weights;

/// <summary>Moves weights between models and named tensors of any file (see <see cref="WeightFile"/>).</summary>
public static class ModelWeights
{
    /// <summary>Loads tensors: all of them, or on a mistake nothing. A tensor under this library's name (<c>dense_1/kernel</c>) is taken as it lies, one under
    /// PyTorch's (<c>dense_1.weight</c>) from PyTorch's layout (see <see cref="TorchNames"/>), one of a Keras file (<c>dense_1/dense_1/kernel:0</c>, <c>layers/dense/vars/0</c>) as it
    /// lies, for the layer of that name or at that place among the layers of its class.</summary>
    /// <param name="model">The model, which must be built.</param>
    /// <param name="tensors">Tensors by name.</param>
    /// <param name="names">What of PyTorch's names does not follow from the names of the layers.</param>
    /// <param name="byOrder">Whether tensors are given to the weights one after the other, whatever their names; the name still tells the layout.</param>
    /// <param name="partly">Whether missing weights and tensors left over are only reported.</param>
    /// <exception cref="StrataException">A tensor has another shape than its weight; nothing fits; or something is missing or left over and
    /// <paramref name="partly"/> is off.</exception>
    public static WeightReport Load(Model model, IReadOnlyDictionary<string, Tensor> tensors, TorchNames? names = null, bool byOrder = false, bool partly = false)
    {
        names ??= new();
        var places = new WeightPlaces("Weights", model);
        string[] candidates = [.. tensors.Keys.Where(name => !TorchWeights.IsIgnored(name, names) && !KerasNames.IsIgnored(name))];
        var weights = TorchPlace.Of(model, names);
        var keras = KerasNames.Of(model, candidates);
        var next = 0;
        foreach (var place in weights)
        {
            IReadOnlyList<string> sources = !byOrder ? tensors.ContainsKey(place.Path) ? [place.Path] : keras.TryGetValue(place.Path, out var theirs) ? [theirs] : place.Names : next == candidates.Length ? [] : Next(place);
            next += sources.Count;
            if (!sources.All(tensors.ContainsKey)) places.Miss(place.Path);
            else if (sources is [var source] && IsOurs(source, place)) places.Add(place.Path, place.Variable, source, tensors[source]);
            else if (sources.Count == place.Names.Count) places.Add(place, [.. sources.Select(s => tensors[s])], sources);
            else places.Miss(place.Path);
        }

        return places.Assign(candidates, partly);

        // PyTorch has two tensors for the bias of a recurrent layer.
        string[] Next(TorchPlace place) => candidates[next..Math.Min(candidates.Length, next + (TorchPlace.IsRecurrent(candidates[next]) ? place.Names.Count : 1))];
    }

    /// <summary>The weights of a model by their paths.</summary>
    /// <exception cref="StrataException">The model has no weights yet.</exception>
    public static IReadOnlyDictionary<string, Tensor> Save(Model model) => model.WeightPaths().ToDictionary(w => w.Path, w => w.Variable.Value);

    // PyTorch calls every kernel a weight, and in recurrent layers says of what.
    static bool IsOurs(string source, TorchPlace place) => source == place.Path || KerasNames.IsKeras(source) || (place.Names.Count == 1 && !source.EndsWith("weight", StringComparison.Ordinal) && !TorchPlace.IsRecurrent(source));
}
