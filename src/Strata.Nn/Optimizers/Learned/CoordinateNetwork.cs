namespace Strata.Nn;

/// <summary>m of Andrychowicz et al. (2016): LSTMs upon each other and a linear output, from what is known of the gradient of a coordinate and the states of this
/// coordinate to its step. Axis 0 counts the coordinates.</summary>
internal sealed class CoordinateNetwork : Model
{
    readonly RecurrentCell cell;
    readonly Dense output;
    readonly int inputCount;

    public CoordinateNetwork(int units, int layers, int inputs)
    {
        cell = Track(new StackedRNNCells([.. Enumerable.Range(0, layers).Select(_ => new LSTMCell(units, recurrentActivation: Activation.Sigmoid))]));
        output = Track(new Dense(1) { Name = "output" });
        inputCount = inputs;
    }

    /// <summary>The shapes of the states of some coordinates.</summary>
    public Shape[] StateShapes(int coordinates) => Array.ConvertAll(cell.StateShapes([coordinates, inputCount]), s => Shape.Of([coordinates, .. s.Span]));

    /// <summary>From [g, states…] to [step [coordinates, 1], next states…].</summary>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        var y = cell.Apply(x, context);
        return [output.Apply(y[0], context), .. y[1..]];
    }
}
