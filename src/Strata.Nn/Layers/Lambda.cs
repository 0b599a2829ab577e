namespace Strata.Nn;

/// <summary>A function of tensors as a layer; it has no weights of its own.</summary>
public sealed class Lambda(Func<Tensor, CallContext, Tensor> f) : Layer
{
    /// <summary>A function of the input alone.</summary>
    public Lambda(Func<Tensor, Tensor> f)
        : this((x, _) => f(x))
    {
    }

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Stop;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => f(x, context);
}
