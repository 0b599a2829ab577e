namespace Strata.Formats.Onnx;

/// <summary>How a model is written.</summary>
public sealed record OnnxOptions
{
    /// <summary>Whether inputs and outputs of rank 4 are images that the file's user gives and gets as [n, channels, height, width], as is ONNX's custom.</summary>
    public bool ChannelsFirst { get; init; } = true;

    /// <summary>The number of examples that the file is for; none: any.</summary>
    public int? Batch { get; init; }

    /// <summary>The types of the inputs' elements; float32 where none is given.</summary>
    public IReadOnlyList<DType> InputTypes { get; init; } = [];
}
