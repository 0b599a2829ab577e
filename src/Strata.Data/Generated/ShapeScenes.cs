using Strata.Random;

namespace Strata.Data;

/// <summary>Colored shapes on a blotched ground: a stand-in for photographs of objects, with everything known about them. Pictures [size, size, 3] in [0, 1];
/// the label is the kind of the largest object.</summary>
public sealed class ShapeScenes : ImageGenerator
{
    const int Block = 8, Tries = 100;
    const double BlockDeviation = .06, NoiseDeviation = .05, MostOverlap = .05;

    readonly ShapeSceneOptions options;
    readonly long seed;

    /// <summary>Scenes of 64×64 pixels with one to three objects.</summary>
    /// <param name="seed">The same seed gives the same scenes.</param>
    public ShapeScenes(long seed)
        : this(seed, new ShapeSceneOptions())
    {
    }

    /// <summary>Scenes that vary as <paramref name="options"/> say.</summary>
    /// <param name="seed">The same seed gives the same scenes.</param>
    /// <param name="options">Size, number and kinds of objects.</param>
    /// <exception cref="ArgumentException">An option has no meaning.</exception>
    public ShapeScenes(long seed, ShapeSceneOptions options)
        : base(seed, [options.Checked().Size, options.Size, 3], [.. options.Kinds.Select(k => k.ToString().ToLowerInvariant())]) => (this.seed, this.options) = (seed, options);

    /// <summary>The objects of scene <paramref name="index"/>, in the order in which they were placed.</summary>
    public IReadOnlyList<SceneObject> Objects(long index) => Layout(StreamOf(seed, index));

    /// <inheritdoc/>
    protected override int Draw(RandomStream random, Span<float> image)
    {
        var objects = Layout(random);
        var size = options.Size;
        DrawGround(random, image);
        foreach (var o in objects)
        {
            var (r, g, b) = o.Rgb;
            for (var y = Math.Max(0, (int)(o.Y - o.Radius) - 1); y < Math.Min(size, o.Y + o.Radius + 1); y++)
                for (var x = Math.Max(0, (int)(o.X - o.Radius) - 1); x < Math.Min(size, o.X + o.Radius + 1); x++)
                {
                    var alpha = (float)o.Coverage(y, x);
                    var pixel = image.Slice(3 * ((y * size) + x), 3);
                    (pixel[0], pixel[1], pixel[2]) = (pixel[0] + ((r - pixel[0]) * alpha), pixel[1] + ((g - pixel[1]) * alpha), pixel[2] + ((b - pixel[2]) * alpha));
                }
        }

        PixelNoise.Add(image, random, NoiseDeviation);
        foreach (ref var v in image) v = Math.Clamp(v, 0, 1);
        var largest = objects.MaxBy(o => o.Radius)!.Kind;
        for (var label = 0; ; label++)
            if (options.Kinds[label] == largest) return label;
    }

    List<SceneObject> Layout(RandomStream random)
    {
        double Uniform(double low, double high) => low + ((high - low) * random.NextDouble());

        var count = options.Objects.Least + random.NextInt(options.Objects.Most - options.Objects.Least + 1);
        var objects = new List<SceneObject>();
        for (var i = 0; i < count; i++)
        {
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                var kind = options.Kinds[random.NextInt(options.Kinds.Count)];
                var color = (ShapeColor)random.NextInt(6);
                var radius = Uniform(options.Radius.Low, options.Radius.High);
                var (x, y) = (Uniform(radius, options.Size - radius), Uniform(radius, options.Size - radius));
                if (options.DifferentKinds && i < options.Kinds.Count && objects.Exists(o => o.Kind == kind)) continue;
                if (objects.Exists(o => Math.Abs(o.Radius - radius) < options.RadiusGap)) continue;
                var bounds = SceneObject.BoundsOf(kind, x, y, radius);
                if (objects.Exists(o => o.Bounds.IoU(bounds) > MostOverlap)) continue;
                objects.Add(new(kind, color, x, y, radius, bounds));
                break;
            }
        }

        return objects;
    }

    void DrawGround(RandomStream random, Span<float> image)
    {
        var (size, across) = (options.Size, (options.Size + Block - 1) / Block);
        Span<float> ground = stackalloc float[3];
        foreach (ref var c in ground) c = (float)(.2 + (.4 * random.NextDouble()));
        var blocks = new float[across * across * 3];
        random.FillNormal(blocks, deviation: BlockDeviation);
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
                for (var c = 0; c < 3; c++)
                    image[(3 * ((y * size) + x)) + c] = ground[c] + blocks[(3 * ((y / Block * across) + (x / Block))) + c];
    }
}
