namespace Strata.Formats.Onnx;

/// <summary>How a model is written.</summary>
public sealed record OnnxOptions
{
    /// <summary>Whether inputs and outputs of rank 4 are images that the file's user gives and gets as [n, channels, height, width], as is ONNX's custom.</summary>
    public bool ChannelsFirst { get; init; } = true;

    /// <summary>The number of examples that the file is for; none: any.</summary>
    public int? Batch { get; init; }

    /// <summary>Whether masked steps are always the last of their sequences, as sequences filled up at their ends have them. ONNX's recurrent operators know no other
    /// masks, but lengths; they are exported only if this is said. A sequence must have one step at least that counts.</summary>
    public bool PaddingAtEnd { get; init; }

    /// <summary>The types of the inputs' elements; float32 where none is given.</summary>
    public IReadOnlyList<DType> InputTypes { get; init; } = [];
}
