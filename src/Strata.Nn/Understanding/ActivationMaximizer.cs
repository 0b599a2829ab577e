using Strata.Memory;
using Strata.Random;

namespace Strata.Nn;

/// <summary>Makes pictures that an objective of a model finds large, by gradient ascent on the pixels (Erhan et al. 2009; Simonyan et al. 2013, arXiv:1312.6034, equation 1).
/// The model is as in inference and is not changed.</summary>
public sealed class ActivationMaximizer
{
    readonly AscentOptions options;
    readonly Func<Tensor, (Tensor Value, Tensor Gradient)> slope;

    /// <summary>A maximizer of one objective.</summary>
    /// <param name="model">The model, with its weights.</param>
    /// <param name="objective">What is to become large.</param>
    /// <param name="options">Steps and what keeps the picture smooth; by default Chollet's recipe.</param>
    /// <exception cref="StrataException">The model has no such layer.</exception>
    /// <exception cref="ArgumentException">An option has no meaning.</exception>
    public ActivationMaximizer(Model model, ActivationObjective objective, AscentOptions? options = null)
    {
        this.options = (options ?? new AscentOptions()).Checked();
        var extractor = objective.Layer is { } layer ? new FeatureExtractor(model, layer) : null;
        slope = Compiled.Function<Tensor, (Tensor, Tensor)>(x =>
        {
            var (values, pullback) = Gradient.Vjp(xs => [Objective(xs[0])], x);
            var gradient = pullback([Tensor.Ones(values[0].Shape, values[0].DType)])[0];
            if (this.options.TotalVariation > 0) gradient -= this.options.TotalVariation * Gradient.Of(Variation, x);
            return (values[0], gradient);
        });

        Tensor Objective(Tensor x)
        {
            var context = new CallContext();
            return objective.Of(extractor is null ? context.ScoresOf(model.Apply(x, context)) : extractor.Apply(x, context));
        }
    }

    /// <summary>Gray noise, uniform in mean ± amplitude: the start of Chollet's recipe in the units of pictures in [0, 1].</summary>
    /// <param name="shape">[n, height, width, c].</param>
    /// <param name="random">Where it is drawn from.</param>
    /// <param name="mean">The middle.</param>
    /// <param name="amplitude">Half of the range.</param>
    public static Tensor Noise(Shape shape, RandomStream random, double mean = .5, double amplitude = 10 / 255.0) => random.Uniform(shape, mean - amplitude, mean + amplitude);

    /// <summary>A picture to look at of any numbers: centered, scaled to a standard deviation of 0.1, + 0.5, cut to [0, 1]; picture by picture.</summary>
    /// <param name="images">[n, height, width, c].</param>
    public static Tensor Deprocess(Tensor images)
    {
        int[] all = [1, 2, 3];
        var centered = images - images.Mean(all, keepDims: true);
        return ((centered / (centered.StandardDeviation(all, keepDims: true) + 1e-5) * .1) + .5).Clip(0, 1);
    }

    /// <summary>Climbs from some pictures.</summary>
    /// <param name="start">[n, height, width, c], each climbs for itself.</param>
    /// <param name="random">Where jitter is drawn from; needed only for it.</param>
    /// <returns>The pictures at the end, and the objective [n] before each step and at the end, one row a step.</returns>
    public (Tensor Images, double[][] Values) Maximize(Tensor start, RandomStream? random = null)
    {
        if (start.Rank != 4) throw new ShapeException($"ActivationMaximizer: pictures are [n, height, width, channels], but these are {start.Shape}.");
        random ??= RandomSeed.NextStream();
        using var all = new TensorScope();
        var values = new List<double[]>();
        var (height, width) = (start.Shape[1], start.Shape[2]);
        var x = start;
        foreach (var octave in options.Octaves)
        {
            x = x.Resize(Math.Max(1, (int)Math.Round(height * octave)), Math.Max(1, (int)Math.Round(width * octave)));
            for (var i = 1; i <= options.Iterations; i++)
            {
                using var step = new TensorScope();
                x = step.Return(Step(x, i, random, values));
            }
        }

        values.Add(slope(x).Value.Cast(DType.Float64).ToArray<double>());
        return (all.Return(x), [.. values]);
    }

    Tensor Step(Tensor x, int i, RandomStream random, List<double[]> values)
    {
        var (dy, dx) = options.Jitter > 0 ? (random.NextInt((2 * options.Jitter) + 1) - options.Jitter, random.NextInt((2 * options.Jitter) + 1) - options.Jitter) : (0, 0);
        x = Rolled(x, dy, dx);
        var (value, gradient) = slope(x);
        values.Add(value.Cast(DType.Float64).ToArray<double>());
        x += options.Step * (options.Normalize ? Normalized(gradient) : gradient);
        x = Rolled(x, -dy, -dx);
        if (options.Decay > 0) x *= 1 - options.Decay;
        if (options.BlurEvery > 0 && i % options.BlurEvery == 0) x = Blur(x, options.BlurDeviation);
        if (options.SmallNormQuantile > 0) x = Without(x, x.Norm([-1], keepDims: true), options.SmallNormQuantile);
        if (options.SmallContributionQuantile > 0) x = Without(x, (x * Rolled(gradient, -dy, -dx)).Sum(-1, keepDims: true).Abs(), options.SmallContributionQuantile);
        if (options.Range is var (low, high)) x = x.Clip(low, high);
        if (options.Ball is { } radius)
        {
            var norm = x.Norm([1, 2, 3], keepDims: true);
            x *= (radius / (norm + 1e-12)).Clip(0, 1);
        }

        return x;
    }

    /// <summary>The gradient of each picture divided by its root mean square + 10⁻⁵.</summary>
    /// <param name="gradient">[n, height, width, c].</param>
    public static Tensor Normalized(Tensor gradient) => gradient / (gradient.Square().Mean([1, 2, 3], keepDims: true).Sqrt() + 1e-5);

    static Tensor Rolled(Tensor x, int dy, int dx) => (dy, dx) == (0, 0) ? x : x.Roll(dy, 1).Roll(dx, 2);

    // Pixels whose measure is below its quantile in their picture become 0.
    static Tensor Without(Tensor x, Tensor measure, double quantile)
    {
        var sorted = measure.Reshape(x.Shape[0], -1).Sort(1);
        var least = sorted[.., (int)(quantile * sorted.Shape[1])].Reshape(x.Shape[0], 1, 1, 1);
        return Tensor.Where(measure < least, Tensor.ZerosLike(x), x);
    }

    // Sum of the absolute differences to the right and lower neighbors.
    static Tensor Variation(Tensor x) => (x[.., 1.., .., ..] - x[.., ..^1, .., ..]).Abs().Sum() + (x[.., .., 1.., ..] - x[.., .., ..^1, ..]).Abs().Sum();

    static Tensor Blur(Tensor x, double deviation)
    {
        var reach = (int)Math.Ceiling(3 * deviation);
        var weights = Enumerable.Range(-reach, (2 * reach) + 1).Select(i => Math.Exp(-i * i / (2 * deviation * deviation))).ToArray();
        var (size, channels) = (weights.Length, x.Shape[3]);
        var kernel = Tensor.From([.. weights.Select(w => (float)(w / weights.Sum()))], [size, 1]).Tile(1, channels);
        var padded = x.Pad([(0, 0), (reach, reach), (reach, reach), (0, 0)], PadMode.Edge);
        return padded
            .DepthwiseConvolution(kernel.Reshape(size, 1, channels, 1), [1], Padding.Valid, [])
            .DepthwiseConvolution(kernel.Reshape(1, size, channels, 1), [1], Padding.Valid, []);
    }
}
