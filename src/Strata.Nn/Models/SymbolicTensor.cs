namespace Strata.Nn;

/// <summary>A tensor that is yet to come: what an <see cref="Input"/> stands for, and what a layer gives when it is applied to such. A
/// <see cref="Model"/> is made of them: <c>new Model([a, b], sum.Then(new Dense(1)))</c>.</summary>
public sealed class SymbolicTensor
{
    internal SymbolicTensor(LayerCall source, int index, TensorType example, Shape? mask)
    {
        (Source, Index, Mask) = (source, index, mask);
        (Shape, DType) = (example.Shape, example.DType);
    }

    /// <summary>The shape of an example, without the axis of examples.</summary>
    public Shape Shape { get; }

    /// <summary>The type of the elements.</summary>
    public DType DType { get; }

    /// <summary>The application of a layer that it comes out of.</summary>
    internal LayerCall Source { get; }

    /// <summary>Its place among the outputs of <see cref="Source"/>.</summary>
    internal int Index { get; }

    /// <summary>The shape of its mask without the axis of examples; null if it has none.</summary>
    internal Shape? Mask { get; }

    /// <summary>What comes out of the layers, one after the other.</summary>
    /// <exception cref="LayerException">A layer cannot take what it would get.</exception>
    public SymbolicTensor Then(params ReadOnlySpan<Layer> layers)
    {
        var x = this;
        foreach (var layer in layers) x = layer.Apply(x);
        return x;
    }

    /// <summary>What an input stands for.</summary>
    public static implicit operator SymbolicTensor(Input input) => input.Symbol;

    /// <summary>As in <c>float32 [None, 10]</c>.</summary>
    public override string ToString() => $"{DType.Name()} [{string.Join(", ", (string[])["None", .. Shape.Select(s => s.ToString(System.Globalization.CultureInfo.InvariantCulture))])}]";
}
