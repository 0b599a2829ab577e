namespace Strata.Nn;

/// <summary>How a picture is changed to make a unit answer. The defaults are Chollet's recipe for pictures in [0, 255] (Deep learning with Python, 2017, section
/// 5.4.2); the others keep the picture smooth.</summary>
public sealed record AscentOptions
{
    /// <summary>The length of a step in the picture's units, for a gradient with a root mean square of 1.</summary>
    public double Step { get; init; } = 1;

    /// <summary>Steps of each octave.</summary>
    public int Iterations { get; init; } = 20;

    /// <summary>λ in x ← (1 − λ)x after each step: decay towards 0 (Yosinski et al. 2015, arXiv:1506.06579, section 3).</summary>
    public double Decay { get; init; }

    /// <summary>The weight of −Σ|x − neighbor| beside the objective.</summary>
    public double TotalVariation { get; init; }

    /// <summary>A blur after every so many steps; 0: never.</summary>
    public int BlurEvery { get; init; }

    /// <summary>The standard deviation of the blur, in pixels.</summary>
    public double BlurDeviation { get; init; } = .5;

    /// <summary>The picture is shifted in circles by up to so many pixels before each step, and back after it.</summary>
    public int Jitter { get; init; }

    /// <summary>After each step, pixels whose norm over the channels is below this quantile become 0; 0: none.</summary>
    public double SmallNormQuantile { get; init; }

    /// <summary>After each step, pixels whose contribution |Σ_c x_c·∂/∂x_c| is below this quantile become 0; 0: none.</summary>
    public double SmallContributionQuantile { get; init; }

    /// <summary>The sizes, as shares of the picture's, at which it is worked on one after the other, the last being 1.</summary>
    public IReadOnlyList<double> Octaves { get; init; } = [1];

    /// <summary>The range that pixels are held in; null: any.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>The radius that each picture, as a vector, is brought back to when it leaves the ball around 0; null: none.</summary>
    public double? Ball { get; init; }

    /// <summary>Whether the gradient is divided by its root mean square + 10⁻⁵, picture by picture.</summary>
    public bool Normalize { get; init; } = true;

    internal AscentOptions Checked()
    {
        if (!(double.IsFinite(Step) && Step > 0)) Fail($"the step is {Step}, expected a positive number");
        if (Iterations < 1) Fail($"the iterations are {Iterations}, expected 1 or more");
        if (!(Decay is >= 0 and < 1)) Fail($"the decay is {Decay}, expected a number in [0, 1)");
        if (BlurEvery < 0 || !(BlurDeviation > 0)) Fail($"the blur is every {BlurEvery} steps by {BlurDeviation}, expected 0 or more and a positive deviation");
        if (Jitter < 0) Fail($"the jitter is {Jitter}, expected 0 or more");
        if (!(TotalVariation >= 0)) Fail($"the total variation counts {TotalVariation}, expected 0 or more");
        foreach (var q in (double[])[SmallNormQuantile, SmallContributionQuantile])
            if (!(q is >= 0 and < 1)) Fail($"a quantile is {q}, expected a number in [0, 1)");
        if (Octaves.Count == 0 || Octaves.Any(o => !(o is > 0 and <= 1)) || Octaves[^1] != 1) Fail($"the octaves are {string.Join(", ", Octaves)}, expected shares of the size that end with 1");
        return this;

        static void Fail(string message) => throw new ArgumentException($"AscentOptions: {message}.");
    }
}
