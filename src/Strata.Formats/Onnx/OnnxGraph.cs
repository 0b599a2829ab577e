namespace Strata.Formats.Onnx;

/// <summary>What an ONNX file holds, as far as models need it.</summary>
sealed class OnnxGraph
{
    /// <summary>The version of the standard operators.</summary>
    public long Opset { get; set; } = 17;

    public string Name { get; set; } = "";

    public List<OnnxNode> Nodes { get; } = [];

    /// <summary>Constants by name; weights among them.</summary>
    public Dictionary<string, Tensor> Initializers { get; } = [];

    public List<OnnxValue> Inputs { get; } = [];

    public List<OnnxValue> Outputs { get; } = [];
}
