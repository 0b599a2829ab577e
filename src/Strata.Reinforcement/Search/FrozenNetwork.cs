namespace Strata.Reinforcement.Search;

/// <summary>The function of a <see cref="PolicyValueNetwork"/> at one moment. It never changes; threads may share it.</summary>
public sealed class FrozenNetwork
{
    readonly FoldedConvolution stem, policyFilters, policyLast, valueFilter, valueHidden, valueLast;
    readonly (FoldedConvolution First, FoldedConvolution Second)[] blocks;

    internal FrozenNetwork(
        NetworkSize size,
        FoldedConvolution stem,
        (FoldedConvolution First, FoldedConvolution Second)[] blocks,
        FoldedConvolution policyFilters,
        FoldedConvolution policyLast,
        FoldedConvolution valueFilter,
        FoldedConvolution valueHidden,
        FoldedConvolution valueLast)
    {
        Size = size;
        (this.stem, this.blocks, this.policyFilters, this.policyLast) = (stem, blocks, policyFilters, policyLast);
        (this.valueFilter, this.valueHidden, this.valueLast) = (valueFilter, valueHidden, valueLast);
    }

    /// <summary>The shape.</summary>
    public NetworkSize Size { get; }

    /// <summary>Logits and values.</summary>
    /// <param name="planes">[n, height, width, planes].</param>
    /// <returns>[n, actions] and [n, 1].</returns>
    public (Tensor Logits, Tensor Values) Predict(Tensor planes)
    {
        var n = planes.Shape[0];
        var h = stem.Apply(planes).Relu();
        foreach (var (first, second) in blocks) h = (h + second.Apply(first.Apply(h).Relu())).Relu();
        var policy = policyFilters.Apply(h).Relu();
        policy = Size.Policy == PolicyHead.Planes
            ? policyLast.Apply(policy).Reshape(n, Size.Actions)
            : Dense(policy.Reshape(n, Size.Height * Size.Width * 2), policyLast);
        var value = valueFilter.Apply(h).Relu().Reshape(n, Size.Height * Size.Width);
        return (policy, Dense(Dense(value, valueHidden).Relu(), valueLast).Tanh());
    }

    static Tensor Dense(Tensor x, FoldedConvolution weights) => x.MatMul(weights.Kernel) + weights.Bias;
}
