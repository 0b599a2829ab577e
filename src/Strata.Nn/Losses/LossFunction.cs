namespace Strata.Nn;

/// <summary>A loss given by a function.</summary>
internal sealed class LossFunction(string name, Func<Tensor, Tensor, Tensor> f) : Loss(name), INamedFunction
{
    public string? FunctionName
    {
        get
        {
            CustomObjects.Named<Loss>(Name); // only what can be made again may be written
            return Name;
        }
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor targets, Tensor predictions) => f(targets, predictions);
}
