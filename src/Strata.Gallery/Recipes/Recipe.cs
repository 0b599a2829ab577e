namespace Strata.Gallery;

/// <summary>A system of the gallery: what it is, how it is trained with one command, and what it claims. Its model stands beside it in a
/// file of its own, in the paper's notation.</summary>
/// <remarks>A recipe without arguments in <c>Family/Topic/System/SystemRecipe.cs</c> is found by the build and listed in <see cref="Recipes"/>.</remarks>
public abstract class Recipe
{
    /// <summary>The name on the command line: lower case, words joined by hyphens.</summary>
    public abstract string Id { get; }

    /// <summary>The name of the system for people.</summary>
    public abstract string Title { get; }

    /// <summary>The paper.</summary>
    public abstract Source Source { get; }

    /// <summary>One or two sentences on what the run does and shows.</summary>
    public abstract string Summary { get; }

    /// <summary>Where this differs from the paper: section and reason, one a line.</summary>
    public virtual IReadOnlyList<string> Deviations => [];

    /// <summary>The configurations it runs in; the first is the default.</summary>
    public virtual IReadOnlyList<Preset> Presets => [Preset.Quick, Preset.Paper];

    /// <summary>What a run in <paramref name="preset"/> claims, in the order of its table.</summary>
    /// <param name="preset">The configuration.</param>
    /// <param name="realData">Whether the run was given real data.</param>
    public abstract IReadOnlyList<Claim> Claims(Preset preset, bool realData);

    /// <summary>The family and topic: <c>Vision.Classification</c>.</summary>
    public string Family => GetType().Namespace!["Strata.Gallery.".Length..];

    /// <summary>How the model that a run saves reads pictures; null if it does not.</summary>
    public virtual ImageReader? Reader => null;

    /// <summary>The same of the model that a run in <paramref name="preset"/> saves, where presets have models of their own.</summary>
    public virtual ImageReader? ReaderOf(Preset preset) => Reader;

    /// <summary>The board game that the model of a run in <paramref name="preset"/> plays: what <c>strata play</c> needs; null if it plays none.</summary>
    public virtual BoardPlayer? PlayerOf(Preset preset) => null;

    /// <summary>Trains, measures every claim and reports to <paramref name="run"/>.</summary>
    public abstract void Run(Run run);
}

/// <summary>A published work.</summary>
/// <param name="Authors">As on the paper, or the first with "et al.".</param>
/// <param name="Year">Of publication.</param>
/// <param name="Title">Of the paper.</param>
/// <param name="Where">Journal or conference, or the arXiv identifier.</param>
public sealed record Source(string Authors, int Year, string Title, string Where)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Authors} ({Year}): {Title}. {Where}.";
}

/// <summary>A configuration of a recipe.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Summary">What it runs on and how long it takes.</param>
public sealed record Preset(string Name, string Summary)
{
    /// <summary>Generated data, no download, at most about 150 s on two cores; shows the claims.</summary>
    public static Preset Quick { get; } = new("quick", "generated data, at most 150 s on two cores");

    /// <summary>The published configuration on the real data set.</summary>
    public static Preset Paper { get; } = new("paper", "the published configuration on the real data set (--data)");
}
