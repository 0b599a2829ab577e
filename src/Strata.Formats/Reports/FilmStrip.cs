using Strata.Formats.Images;

namespace Strata.Formats.Reports;

/// <summary>The frames of an animation one under another in a single picture, which a style sheet then moves past a window.</summary>
static class FilmStrip
{
    // Browsers hand pictures to the graphics processor, whose textures end here.
    const int MostRows = 16_384;

    /// <summary>The strip and the number of its frames: all, or evenly chosen ones if the strip would be too long.</summary>
    /// <exception cref="ArgumentException">There is no frame, or the frames differ in size.</exception>
    public static (Image Strip, int Frames) Of(IReadOnlyList<Image> frames)
    {
        if (frames.Count == 0) throw new ArgumentException("Report.Animation: there are no frames; one or more fit.");
        var (height, width, channels) = (frames[0].Height, frames[0].Width, frames.Max(f => f.Channels));
        foreach (var frame in frames)
        {
            if (frame.Height != height || frame.Width != width)
                throw new ArgumentException($"Report.Animation: a frame is {frame.Width} × {frame.Height} pixels, the first is {width} × {height}; all must be of one size.");
        }

        var count = Math.Clamp(MostRows / height, 1, frames.Count);
        var size = height * width * channels;
        var samples = new byte[checked(count * size)];
        for (var i = 0; i < count; i++)
        {
            var frame = frames[(int)((long)i * frames.Count / count)];
            frame.To8Bit().ToChannels(channels).Bytes.CopyTo(samples.AsSpan(i * size));
        }

        return (new(count * height, width, channels, samples), count);
    }
}
