using Strata.Nn;

namespace Strata.Gallery;

/// <summary>The model that a run leaves behind: its weights, and which recipe they belong to.</summary>
public static class TrainedModel
{
    const string Key = "recipe", PresetKey = "preset";

    /// <summary>Saves the weights of a recipe's model; the file is replaced as a whole or not at all.</summary>
    public static void Save(string path, Recipe recipe, Preset preset, Model model) =>
        model.SaveWeights(path, new Dictionary<string, string> { [Key] = recipe.Id, [PresetKey] = preset.Name });

    /// <summary>Whether the notes of a file say which recipe its model is of.</summary>
    internal static bool IsOfRecipe(IReadOnlyDictionary<string, string> notes) => notes.ContainsKey(Key);

    /// <summary>The preset that trained the model of a file, which <see cref="RecipeOf"/> names the recipe of; the first one if the file does not say.</summary>
    public static Preset PresetOf(string path)
    {
        var recipe = RecipeOf(path);
        return Model.ReadNotes(path).TryGetValue(PresetKey, out var name) && recipe.Presets.FirstOrDefault(p => p.Name == name) is { } preset ? preset : recipe.Presets[0];
    }

    /// <summary>The recipe whose model a file holds.</summary>
    /// <exception cref="StrataException">The file is missing, damaged or of no recipe.</exception>
    public static Recipe RecipeOf(string path) => Model.ReadNotes(path).TryGetValue(Key, out var id)
        ? Recipes.Get(id)
        : throw new StrataException($"'{path}' holds weights, but does not say of which system; only a model that 'strata run' saved can be used here.");

    /// <summary>The model with the weights of the file.</summary>
    /// <exception cref="StrataException">The file is missing, damaged or of another model.</exception>
    public static Model Load(string path, ImageReader reader)
    {
        var model = reader.Create();
        model.BuildFor(reader.Input);
        model.LoadWeights(path);
        return model;
    }
}
