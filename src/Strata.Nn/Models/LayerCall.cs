namespace Strata.Nn;

/// <summary>One application of a layer to symbolic tensors; a shared layer has several.</summary>
internal sealed class LayerCall
{
    public LayerCall(Layer layer, SymbolicTensor[] inputs, IReadOnlyList<(TensorType Example, Shape? Mask)> outputs)
    {
        (Layer, Inputs) = (layer, inputs);
        Outputs = [.. outputs.Select((o, i) => new SymbolicTensor(this, i, o.Example, o.Mask))];
    }

    public Layer Layer { get; }

    public SymbolicTensor[] Inputs { get; }

    public SymbolicTensor[] Outputs { get; }
}
