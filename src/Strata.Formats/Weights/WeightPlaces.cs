using Strata.Nn;

namespace Strata.Formats.Weights;

/// <summary>Which tensor goes to which weight of a model; assigns all of them or, on a mistake, none.</summary>
sealed class WeightPlaces(string operation, Model model)
{
    readonly List<(string Path, string Source, Variable Variable, Tensor Value)> found = [];
    readonly List<string> missing = [];

    /// <summary>Gives a weight the tensor of a name.</summary>
    /// <param name="path">The weight's path.</param>
    /// <param name="variable">The weight.</param>
    /// <param name="source">The tensor's name.</param>
    /// <param name="tensor">The tensor as it is in the file.</param>
    /// <param name="value">In the layout of this library.</param>
    /// <exception cref="StrataException">The shapes differ.</exception>
    public void Add(string path, Variable variable, string source, Tensor tensor, Tensor value)
    {
        if (value.Shape != variable.Shape) throw new StrataException($"{operation}: '{source}' is {tensor.Shape}, which does not fit the weight '{path}' {variable.Shape}.");
        found.Add((path, source, variable, value));
    }

    /// <summary>Tells that nothing was found for a weight.</summary>
    public void Miss(string name) => missing.Add(name);

    /// <summary>Assigns what was found.</summary>
    /// <param name="tensors">The names of all tensors.</param>
    /// <param name="partly">Whether missing weights and tensors left over are only reported.</param>
    /// <exception cref="StrataException">Nothing was found; or something is missing or left over and <paramref name="partly"/> is off.</exception>
    public WeightReport Assign(IEnumerable<string> tensors, bool partly)
    {
        var used = found.Select(f => f.Source).ToHashSet();
        string[] left = [.. tensors.Where(t => !used.Contains(t))];
        if (found.Count == 0) throw new StrataException($"{operation}: no tensor fits '{model.Name}'; it needs {List(missing)}, there are {List(left)}.");
        if (!partly && missing.Count + left.Length > 0)
            throw new StrataException($"{operation}: {missing.Count} weights are missing ({List(missing)}) and {left.Length} tensors are left over ({List(left)}).");
        foreach (var (_, _, variable, value) in found) variable.Assign(value.Cast(variable.DType));
        return new([.. found.Select(f => f.Path)], missing, left, []) { Sources = [.. found.Select(f => f.Source)] };
    }

    static string List(IEnumerable<string> names) => string.Join(", ", names.Take(20).Select(n => $"'{n}'")) is { Length: > 0 } list
        ? list + (names.Skip(20).Any() ? $" and {names.Count() - 20} more" : "")
        : "none";
}
