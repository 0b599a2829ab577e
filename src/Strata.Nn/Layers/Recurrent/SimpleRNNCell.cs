using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>h' = activation(x·W + h·U + b), the state h' being the output as well (Elman 1990);  x [n, in], h [n, units].</summary>
/// <param name="units">The size of the state.</param>
/// <param name="activation">By default tanh.</param>
/// <param name="useBias">Whether b is there.</param>
/// <param name="dropout">The share of the input that is dropped in training.</param>
/// <param name="recurrentDropout">The share of the state that is dropped in training.</param>
public sealed class SimpleRNNCell(int units, Activation? activation = null, bool useBias = true, double dropout = 0, double recurrentDropout = 0)
    : KernelCell(1, dropout, recurrentDropout, 1)
{
    readonly int units = Positive(units, nameof(units));
    readonly Activation activation = activation ?? Activation.Tanh;
    Variable w = null!, u = null!;
    Variable? b;

    internal static SimpleRNNCell FromConfig(Config c) => new(c.Int("units"), c.Object<Activation>("activation"), c.Bool("use_bias"), c.Double("dropout"), c.Double("recurrent_dropout"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) =>
        (config["units"], config["activation"], config["use_bias"], config["dropout"], config["recurrent_dropout"]) =
        (units, Config.Of(activation), useBias, Dropout, RecurrentDropout);

    /// <inheritdoc/>
    public override Shape[] StateShapes(Shape step) => [[units]];

    /// <inheritdoc/>
    public override RecurrentCell Copy() => new SimpleRNNCell(units, activation, useBias, Dropout, RecurrentDropout) { Settings = Settings, DType = DType, Trainable = Trainable };

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        CheckStep(x);
        (w, u) = (Kernel([x[^1], units]), RecurrentKernel([units, units]));
        b = useBias ? Bias([units]) : null;
    }

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        var masks = Masks(x.AsSpan(2), x[0].Shape, context);
        var y = Project(x[0], w, masks.Input, Product) + Project(x[1], u, masks.State, Product);
        if (b is not null) y += b;
        y = activation.Of(y);
        return [y, y];
    }
}
