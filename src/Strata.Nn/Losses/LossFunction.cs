namespace Strata.Nn;

/// <summary>A loss given by a function.</summary>
internal sealed class LossFunction(string name, Func<Tensor, Tensor, Tensor> f) : Loss(name)
{
    /// <inheritdoc/>
    protected override Tensor Call(Tensor targets, Tensor predictions) => f(targets, predictions);
}
