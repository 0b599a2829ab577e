using Strata.Formats.PyTorch;
using Strata.Nn;

namespace Strata.Formats.Weights;

/// <summary>Which tensor goes to which weight of a model; assigns all of them or, on a mistake, none.</summary>
sealed class WeightPlaces(string operation, Model model)
{
    readonly List<(string Path, string[] Sources, Variable Variable, Tensor Value)> found = [];
    readonly List<string> missing = [];

    /// <summary>Gives a weight a tensor that has its layout already.</summary>
    /// <param name="path">The weight's path.</param>
    /// <param name="variable">The weight.</param>
    /// <param name="source">The tensor's name.</param>
    /// <param name="tensor">The tensor.</param>
    /// <exception cref="StrataException">The shapes differ.</exception>
    public void Add(string path, Variable variable, string source, Tensor tensor) => Add(path, variable, [source], [tensor], tensor);

    /// <summary>Gives a weight the tensors of PyTorch that it is made of.</summary>
    /// <exception cref="StrataException">The shapes do not fit.</exception>
    public void Add(TorchPlace place, Tensor[] tensors, IReadOnlyList<string>? sources = null)
    {
        Tensor? value = null;
        try
        {
            value = place.From(tensors);
        }
        catch (ShapeException)
        {
            // tensors that cannot be turned, or added, are told of below
        }

        Add(place.Path, place.Variable, [.. sources ?? place.Names], tensors, value);
    }

    void Add(string path, Variable variable, string[] sources, Tensor[] tensors, Tensor? value)
    {
        if (value is null || value.Shape != variable.Shape)
            throw new StrataException($"{operation}: '{string.Join("' + '", sources)}' is {string.Join(" + ", tensors.Select(t => t.Shape))}, which does not fit the weight '{path}' {variable.Shape}.");
        found.Add((path, sources, variable, value));
    }

    /// <summary>Tells that nothing was found for a weight.</summary>
    public void Miss(string name) => missing.Add(name);

    /// <summary>Assigns what was found.</summary>
    /// <param name="tensors">The names of all tensors.</param>
    /// <param name="partly">Whether missing weights and tensors left over are only reported.</param>
    /// <exception cref="StrataException">Nothing was found; or something is missing or left over and <paramref name="partly"/> is off.</exception>
    public WeightReport Assign(IEnumerable<string> tensors, bool partly)
    {
        var used = found.SelectMany(f => f.Sources).ToHashSet();
        string[] left = [.. tensors.Where(t => !used.Contains(t))];
        if (found.Count == 0) throw new StrataException($"{operation}: no tensor fits '{model.Name}'; it needs {NameList.Of(missing)}, there are {NameList.Of(left)}.");
        if (!partly && missing.Count + left.Length > 0)
            throw new StrataException($"{operation}: {NameList.Count(missing.Count, "weight")} missing ({NameList.Of(missing)}), {NameList.Count(left.Length, "tensor")} left over ({NameList.Of(left)}).");
        foreach (var (_, _, variable, value) in found) variable.Assign(value.Cast(variable.DType));
        return new([.. found.Select(f => f.Path)], missing, left, []) { Sources = [.. found.Select(f => string.Join(" + ", f.Sources))] };
    }
}
