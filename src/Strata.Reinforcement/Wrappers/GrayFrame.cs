namespace Strata.Reinforcement;

/// <summary>Turns pictures [h, w, 3] or [h, w, 1] into gray ones [size, size, 1]: luminance .299 R + .587 G + .114 B, then the mean over the area that
/// a pixel covers, rounded (Mnih et al. 2015, Methods).</summary>
public sealed class GrayFrame : Wrapper
{
    readonly int channels, height, width, size, crop;
    readonly Area rows, columns;
    readonly float[] luminance, narrowed;

    /// <summary>Wraps an environment of pictures.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="size">Height and width of the result.</param>
    /// <param name="cropped">Whether the height is brought to 110/84 of the size and the playing field cut out of it, as in 2013.</param>
    /// <exception cref="EnvironmentException">The observations are no pictures of 8 bits.</exception>
    public GrayFrame(Env inner, int size = 84, bool cropped = false)
        : base(inner, new Box(0, 255, [size, size, 1], DType.UInt8))
    {
        var shape = inner.ObservationSpace.Shape;
        if (shape.Rank != 3 || shape[2] is not (1 or 3) || inner.ObservationSpace.DType != DType.UInt8)
            throw new EnvironmentException($"GrayFrame: observations of {inner.Name} are {inner.ObservationSpace}; uint8 [height, width, 1 or 3] fits.");
        (height, width, channels, this.size) = (shape[0], shape[1], shape[2], size);
        var tall = cropped ? size * 110 / 84 : size;
        crop = cropped ? (tall - size) * 18 / 26 : 0; // 18 rows of score above, 8 rows below
        (rows, columns) = (new Area(height, tall), new Area(width, size));
        luminance = new float[width];
        narrowed = new float[height * size];
    }

    /// <inheritdoc/>
    protected override void Begin(long? seed)
    {
        base.Begin(seed);
        Convert();
    }

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        var result = base.Advance(action);
        Convert();
        return result;
    }

    void Convert()
    {
        var pixels = Inner.ObservationBytes;
        for (var y = 0; y < height; y++)
        {
            var row = pixels.Slice(y * width * channels, width * channels);
            for (var x = 0; x < width; x++)
                luminance[x] = channels == 1 ? row[x] : (0.299f * row[3 * x]) + (0.587f * row[(3 * x) + 1]) + (0.114f * row[(3 * x) + 2]);
            for (var x = 0; x < size; x++) narrowed[(y * size) + x] = columns.Mean(luminance, 0, 1, x);
        }

        var to = Writable<byte>();
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
                to[(y * size) + x] = (byte)MathF.Round(rows.Mean(narrowed, x, size, y + crop));
    }

    /// <summary>The means over equal parts of a line.</summary>
    internal readonly struct Area(int from, int to)
    {
        readonly float length = (float)from / to;

        /// <summary>The mean of part <paramref name="part"/> of the numbers at <paramref name="start"/>, <paramref name="start"/> + <paramref name="stride"/>, ….</summary>
        public float Mean(ReadOnlySpan<float> x, int start, int stride, int part)
        {
            var (low, high) = (part * length, Math.Min((part + 1) * length, from));
            var first = (int)low;
            var sum = 0f;
            for (var i = first; i < high; i++)
                sum += x[start + (i * stride)] * (Math.Min(i + 1, high) - Math.Max(i, low));
            return sum / length;
        }
    }
}
