namespace Strata.Nn;

/// <summary>A model of numbers as a regressor.</summary>
/// <param name="create">Makes a compiled model.</param>
public sealed class Regressor(Func<Model> create) : Estimator(create)
{
    /// <summary>The numbers of each example: [n], or [n, outputs] of several.</summary>
    public override Tensor Predict(Tensor x)
    {
        var y = Model.Predict(x, BatchSize);
        return y.Rank == 2 && y.Shape[1] == 1 ? y.Reshape(-1) : y;
    }

    /// <summary>Minus the loss, as in Keras.</summary>
    public override double Score(Tensor x, Tensor y) => -Model.Evaluate(x, y, BatchSize)["loss"];

    private protected override Tensor Targets(Model model, Tensor y) => y;
}
