using Strata.Memory;
using Strata.Nn;

namespace Strata.Reinforcement.Search;

/// <summary>(p, v) = f_θ(s): a residual tower with a head for the logits of the moves and one for the value to the player to move, as in
/// AlphaGo Zero (Silver et al. 2017, Methods) and AlphaZero (2018).</summary>
/// <remarks>planes [n, h, w, c] → logits [n, actions], values [n, 1] in −1 … 1.</remarks>
public sealed class PolicyValueNetwork : Model
{
    readonly NormalizedConvolution stem, policyFilters, valueFilter;
    readonly ResidualBlock[] blocks;
    readonly Layer policyLast;
    readonly Dense valueHidden, valueLast;

    /// <summary>The network, with its first weights.</summary>
    /// <param name="size">Its shape.</param>
    /// <param name="seed">Of the first weights.</param>
    public PolicyValueNetwork(NetworkSize size, long seed)
    {
        ArgumentNullException.ThrowIfNull(size);
        Size = size;
        Seed = seed;
        stem = Track(new NormalizedConvolution(size.Filters, 3));
        blocks = [.. Enumerable.Range(0, size.Blocks).Select(_ => Track(new ResidualBlock(size.Filters)))];
        var planes = size.Policy == PolicyHead.Planes;
        policyFilters = Track(planes ? new NormalizedConvolution(size.Filters, 3) : new NormalizedConvolution(size.PolicyFilters, 1));
        // All moves alike to begin with. Random logits are worse than that, and the quickest way down from them is to silence the few filters below, which
        // at the papers' learning rates they do not survive: their units stay at 0 and the policy never learns.
        policyLast = planes
            ? Track(new Conv2D(size.Actions / (size.Height * size.Width), 3, padding: Padding.Same) { KernelInitializer = Initializer.Zeros })
            : Track(new Dense(size.Actions) { KernelInitializer = Initializer.Zeros });
        valueFilter = Track(new NormalizedConvolution(1, 1));
        valueHidden = Track(new Dense(size.ValueUnits, Activation.Relu));
        valueLast = Track(new Dense(1, Activation.Tanh));
        BuildFor([size.Height, size.Width, size.Planes]);
    }

    /// <summary>The shape.</summary>
    public NetworkSize Size { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> OutputNames => ["policy", "value"];

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        var n = x[0].Shape[0];
        var h = stem.Apply(x[0], context).Relu();
        foreach (var block in blocks) h = block.Apply(h, context);
        var policy = policyFilters.Apply(h, context).Relu();
        policy = Size.Policy == PolicyHead.Planes
            ? policyLast.Apply(policy, context).Reshape(n, Size.Actions)
            : policyLast.Apply(policy.Reshape(n, Size.Height * Size.Width * Size.PolicyFilters), context);
        var value = valueFilter.Apply(h, context).Relu().Reshape(n, Size.Height * Size.Width);
        return [policy, valueLast.Apply(valueHidden.Apply(value, context), context)];
    }

    /// <summary>What the network is now, for inference on any thread while it goes on learning. Batch normalization is folded into the convolutions.</summary>
    public FrozenNetwork Freeze()
    {
        using var scope = new TensorScope();
        // In the order in which the function takes them.
        return new FrozenNetwork(
            Size,
            [
                stem.Fold(),
                .. blocks.SelectMany(block => block.Fold()),
                policyFilters.Fold(),
                Copies(policyLast),
                valueFilter.Fold(),
                Copies(valueHidden),
                Copies(valueLast),
            ]);
    }

    static FoldedConvolution Copies(Layer layer) => new(layer.Weights[0].Value.Keep(), layer.Weights[1].Value.Keep());
}
