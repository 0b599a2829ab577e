using Strata.Formats.Images;

namespace Strata.Formats.TensorBoard;

/// <summary>What an event of a TensorBoard file tells: a <see cref="ScalarSummary"/>, <see cref="HistogramSummary"/>,
/// <see cref="ImageSummary"/> or <see cref="TextSummary"/>.</summary>
/// <param name="Tag">The name of the quantity; slashes group names.</param>
/// <param name="Step">The training step.</param>
/// <param name="Time">When it was written.</param>
public abstract record Summary(string Tag, long Step, DateTimeOffset Time);

/// <summary>One number; files hold it with single precision.</summary>
/// <param name="Tag">The name.</param>
/// <param name="Step">The training step.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Value">The number, which may be NaN or infinite.</param>
public sealed record ScalarSummary(string Tag, long Step, DateTimeOffset Time, float Value) : Summary(Tag, Step, Time);

/// <summary>How many values lie in each of a row of intervals.</summary>
/// <param name="Tag">The name.</param>
/// <param name="Step">The training step.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Histogram">The counts and moments.</param>
public sealed record HistogramSummary(string Tag, long Step, DateTimeOffset Time, Histogram Histogram) : Summary(Tag, Step, Time);

/// <summary>A picture.</summary>
/// <param name="Tag">The name.</param>
/// <param name="Step">The training step.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Encoded">The bytes of its file, as a rule PNG.</param>
public sealed record ImageSummary(string Tag, long Step, DateTimeOffset Time, byte[] Encoded) : Summary(Tag, Step, Time)
{
    /// <summary>The picture of a PNG file.</summary>
    /// <exception cref="DataFileException">The bytes are no PNG, or damaged.</exception>
    public Image Decode() => Png.Decode(Encoded);
}

/// <summary>A text, which TensorBoard shows as Markdown.</summary>
/// <param name="Tag">The name.</param>
/// <param name="Step">The training step.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Text">The text.</param>
public sealed record TextSummary(string Tag, long Step, DateTimeOffset Time, string Text) : Summary(Tag, Step, Time);
