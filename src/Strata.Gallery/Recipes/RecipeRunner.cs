using System.Diagnostics;

namespace Strata.Gallery;

/// <summary>Runs recipes.</summary>
public static class RecipeRunner
{
    /// <summary>Runs a recipe, decides its claims and writes the run's folder.</summary>
    /// <exception cref="StrataException">The recipe has no such preset, or its data are missing or damaged.</exception>
    public static Outcome Run(Recipe recipe, RunOptions options)
    {
        var preset = recipe.Presets.FirstOrDefault(p => p.Name == options.Preset)
            ?? throw new StrataException($"'{recipe.Id}' has no preset '{options.Preset}'; it has {string.Join(" and ", recipe.Presets.Select(p => $"'{p.Name}'"))}.");
        if (options.Data is { } data && !Directory.Exists(data)) throw new StrataException($"--data: there is no folder '{data}'.");
        if (options.Epochs is < 1) throw new StrataException($"--epochs: {options.Epochs} was asked for; at least 1 is needed.");
        var path = options.Directory ?? Path.Combine("runs", $"{recipe.Id}-{preset.Name}-{options.Seed}");
        using var folder = new RunFolder(path, recipe, preset, options);
        var run = new Run(recipe, preset, options, folder);
        var clock = Stopwatch.StartNew();
        recipe.Run(run);
        var outcome = new Outcome(run.Decide(), clock.Elapsed, folder.Path);
        folder.Finish(outcome);
        return outcome;
    }
}
