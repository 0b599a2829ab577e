using Strata.Nn;

namespace Strata.Gallery;

/// <summary>How a recipe is to be run.</summary>
public sealed record RunOptions
{
    /// <summary>The name of the preset.</summary>
    public string Preset { get; init; } = "quick";

    /// <summary>The seed of everything random.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The folder of the real data set, or null for generated data.</summary>
    public string? Data { get; init; }

    /// <summary>The folder that the run writes; null: <c>runs/ID-PRESET-SEED</c> below the current one.</summary>
    public string? Directory { get; init; }

    /// <summary>Passes over the training data instead of the preset's; null leaves the preset's.</summary>
    public int? Epochs { get; init; }

    /// <summary>Who watches the training; null: nobody.</summary>
    public IMonitor? Monitor { get; init; }
}

/// <summary>Who shows a run to a person while it works.</summary>
public interface IMonitor
{
    /// <summary>The callback that shows one training of the run.</summary>
    /// <param name="title">What is trained.</param>
    Callback Watch(string title);

    /// <summary>Shows a line of text.</summary>
    void Say(string text);
}
