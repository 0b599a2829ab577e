using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Cells one upon the other as one: each takes the output of the one before. The states stand in the order of the cells.</summary>
public sealed class StackedRNNCells : RecurrentCell
{
    readonly RecurrentCell[] cells;

    /// <summary>Stacks cells.</summary>
    /// <param name="cells">The cells, from the input on.</param>
    public StackedRNNCells(params ReadOnlySpan<RecurrentCell> cells)
    {
        if (cells.Length == 0) throw new StrataException("StackedRNNCells: there must be a cell at least.");
        this.cells = cells.ToArray();
        foreach (var cell in this.cells) Track(cell);
    }

    /// <summary>The share of each cell's input that is dropped in training, anew at each step (Zaremba, Sutskever and Vinyals 2014); states are left whole.</summary>
    public double Dropout { get; init; }

    internal static StackedRNNCells FromConfig(Config c) => new([.. c.Objects("cells").Select(CustomObjects.Make<RecurrentCell>)]) { Dropout = c.DoubleOrNull("dropout") ?? 0 };

    /// <inheritdoc/>
    protected override void Write(JsonObject config) =>
        (config["cells"], config["dropout"]) = (new JsonArray([.. cells.Select((cell, i) => (JsonNode)Config.Describe(cell, ChildNames[i]))]), Dropout);

    /// <inheritdoc/>
    public override Shape[] StateShapes(Shape step)
    {
        var shapes = new List<Shape>();
        foreach (var cell in cells)
        {
            var own = cell.StateShapes(step);
            shapes.AddRange(own);
            step = [step[0], .. cell.OutputOf(step)];
        }

        return [.. shapes];
    }

    /// <inheritdoc/>
    public override Shape OutputOf(Shape step)
    {
        foreach (var cell in cells) step = [step[0], .. cell.OutputOf(step)];
        return step[1..];
    }

    /// <inheritdoc/>
    public override Tensor[] InitialStates(Shape step, CallContext context)
    {
        var states = new List<Tensor>();
        foreach (var cell in cells)
        {
            states.AddRange(cell.FirstStates(step, context));
            step = [step[0], .. cell.OutputOf(step)];
        }

        return [.. states];
    }

    /// <inheritdoc/>
    public override RecurrentCell Copy() => new StackedRNNCells(Array.ConvertAll(cells, c => c.Copy())) { Dropout = Dropout, DType = DType, Trainable = Trainable };

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        var next = new List<Tensor>();
        var (y, at) = (x[0], 1);
        foreach (var cell in cells)
        {
            var count = cell.StateShapes(y.Shape).Length;
            var results = cell.Apply([Dropped(y, context), .. x[at..(at + count)]], context);
            next.AddRange(results[1..]);
            (y, at) = (results[0], at + count);
        }

        return [y, .. next];
    }

    // A cell needs nothing of those above it, so each goes over the whole sequence before the next, at once if it can.
    private protected override (Tensor Output, Tensor[] States) Run(SequenceInput input, CallContext context)
    {
        var next = new List<Tensor>();
        var (y, at) = (input.X, 0);
        for (var i = 0; i < cells.Length; i++)
        {
            var count = cells[i].StateShapes(y.Shape.Without(1)).Length;
            var own = input with { X = Dropped(y, context), States = input.States[at..(at + count)], EveryStep = input.EveryStep || i < cells.Length - 1 };
            (y, var states) = cells[i].Carry(own, context);
            next.AddRange(states);
            at += count;
        }

        return (y, [.. next]);
    }

    Tensor Dropped(Tensor x, CallContext context) => Nn.Dropout.Drop(x, x.Shape, Dropout, context);
}
