using Strata.Nn;

namespace Strata.Reinforcement.Search;

/// <summary>relu(x + BN(conv(relu(BN(conv(x)))))), both convolutions 3×3 (He et al. 2016, as AlphaGo Zero has it).</summary>
internal sealed class ResidualBlock : Layer
{
    readonly NormalizedConvolution first, second;

    public ResidualBlock(int filters) =>
        (first, second) = (Track(new NormalizedConvolution(filters, 3)), Track(new NormalizedConvolution(filters, 3)));

    protected override Tensor Call(Tensor x, CallContext context) => (x + second.Apply(first.Apply(x, context).Relu(), context)).Relu();

    public FoldedConvolution[] Fold() => [first.Fold(), second.Fold()];
}
