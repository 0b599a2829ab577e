namespace Strata;

/// <summary>How a function is compiled.</summary>
public sealed record CompileOptions
{
    /// <summary>The defaults: what <see cref="Configuration"/> says; otherwise every pass.</summary>
    public static CompileOptions Default => new() { Level = Configuration.Level, NanGuard = Configuration.NanGuard, Debug = Configuration.Debug };

    /// <summary>How much to do: 0 runs what was traced, 1 removes what is not needed or stands twice, 2 also simplifies, 3 also fuses.</summary>
    public int Level { get; init; } = 3;

    /// <summary>Passes to leave out, by their names.</summary>
    public IReadOnlyCollection<string> Excluded { get; init; } = [];

    /// <summary>What to do if the function does not use one of its arguments.</summary>
    public UnusedArgument OnUnusedArgument { get; init; }

    /// <summary>The numbers of the tensors among the arguments, from 0 and in order, whose memory a run may take for what it computes: for a large state
    /// that goes in and comes out again. Such a tensor's elements are lost after a call; a result may lie where it lay.</summary>
    public IReadOnlyCollection<int> Donated { get; init; } = [];

    /// <summary>Whether to look at every number that an operation makes and to stop at the first NaN, infinity or magnitude above 10¹⁰, naming the operation.</summary>
    public bool NanGuard { get; init; }

    /// <summary>How chains of element-wise operations run; by default what the environment variable <c>STRATA_FUSION</c> says
    /// (<c>interpret</c>, <c>emit</c> or <c>off</c>), else <see cref="FusionMode.Auto"/>.</summary>
    public FusionMode Fusion { get; init; } = FromEnvironment(Environment.GetEnvironmentVariable("STRATA_FUSION"));

    /// <summary>Sees each operation of a plan after it ran: its name and its outputs, which are valid during the call.</summary>
    public Action<string, IReadOnlyList<Tensor>>? OnNode { get; init; }

    /// <summary>Whether to run what was traced beside what was made of it, at each call, and to stop where they differ, naming the pass at fault;
    /// also where an operation gives other results when it runs again, or when its output takes the place of an input.</summary>
    public bool Debug { get; init; }

    /// <summary>Passes after all others: for tests.</summary>
    internal IReadOnlyList<Compilation.Passes.Pass> Extra { get; init; } = [];

    /// <summary>These options without some passes.</summary>
    public CompileOptions Without(params string[] passes) => this with { Excluded = [.. Excluded, .. passes] };

    static FusionMode FromEnvironment(string? text) => text?.ToLowerInvariant() switch
    {
        null or "" or "auto" => FusionMode.Auto,
        "interpret" => FusionMode.Interpret,
        "emit" => FusionMode.Emit,
        "off" => FusionMode.Off,
        _ => throw new NotSupportedException($"STRATA_FUSION: '{text}' is not known; use auto, interpret, emit or off."),
    };
}
