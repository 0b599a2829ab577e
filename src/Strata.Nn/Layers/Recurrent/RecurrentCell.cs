namespace Strata.Nn;

/// <summary>One step of a recurrent network: from an input and the states to an output and the next states. <see cref="RNN"/> carries it over sequences.</summary>
/// <remarks>A cell of your own states the shapes of its states and overrides <see cref="Layer.Build(Shape)"/>, which gets the shape [n, …] of a step, and
/// <see cref="Layer.Call(Tensor[], CallContext)"/>, which takes [x, states…, what <see cref="SequenceConstants"/> gave, the layer's constants…] to
/// [output, next states…].</remarks>
public abstract class RecurrentCell : Layer
{
    /// <summary>The shapes of the states of one example.</summary>
    /// <param name="step">The shape [n, …] of the input of a step.</param>
    public abstract Shape[] StateShapes(Shape step);

    /// <summary>The shape of the output of one example; by default that of the first state.</summary>
    /// <param name="step">The shape [n, …] of the input of a step.</param>
    public virtual Shape OutputOf(Shape step) => StateShapes(step)[0];

    /// <summary>The states [n, …] before the first step, where none are given; by default zeros. The weights exist already.</summary>
    /// <param name="step">The shape [n, …] of the input of a step.</param>
    /// <param name="context">The pass.</param>
    public virtual Tensor[] InitialStates(Shape step, CallContext context) => Array.ConvertAll(StateShapes(step), s => Tensor.Zeros([step[0], .. s], DType));

    /// <summary>Tensors that are made once for a whole sequence and given to each step: dropout masks.</summary>
    /// <param name="step">The shape [n, …] of the input of a step.</param>
    /// <param name="context">The pass.</param>
    public virtual Tensor[] SequenceConstants(Shape step, CallContext context) => [];

    /// <summary>A cell with the same arguments and weights of its own, not made yet; what <see cref="Bidirectional"/> needs.</summary>
    /// <exception cref="StrataException">The cell does not say how it is copied.</exception>
    public virtual RecurrentCell Copy() => throw new StrataException($"{GetType().Name}: it does not override Copy; give Bidirectional a backward layer.");

    /// <inheritdoc/>
    protected override void Build(Shape[] x) => Build(x[0]);

    /// <summary>The states before the first step of a cell that may have no weights yet.</summary>
    internal Tensor[] FirstStates(Shape step, CallContext context)
    {
        if (!IsBuilt) EnsureBuilt([Tensor.Zeros(step, DType)], context);
        return InitialStates(step, context);
    }

    /// <summary>Carries the cell over a sequence.</summary>
    internal (Tensor Output, Tensor[] States) Carry(SequenceInput input, CallContext context)
    {
        if (!IsBuilt) EnsureBuilt([input.X[.., 0]], context);
        return ActivityRegularizer is null ? Run(input, context) : Steps(input, context); // a penalty is on every step's output
    }

    /// <summary>Carries the cell over a sequence; cells with a kernel for whole sequences do it at once.</summary>
    private protected virtual (Tensor Output, Tensor[] States) Run(SequenceInput input, CallContext context) => Steps(input, context);

    /// <summary>Carries the cell over a sequence as a loop whose body, the step, is traced once.</summary>
    private protected (Tensor Output, Tensor[] States) Steps(SequenceInput input, CallContext context)
    {
        var step = input.X.Shape.Without(1);
        Tensor[] constants = [.. SequenceConstants(step, context), .. input.Constants];
        Tensor[] sequences = input.Mask is { } mask ? [input.X.SwapAxes(0, 1), mask.SwapAxes(0, 1)] : [input.X.SwapAxes(0, 1)]; // [t, n, …]
        var count = input.States.Length;

        // The output goes round with the states where a masked step repeats it, or where that of the last step alone is wanted.
        var carried = input.Mask is not null || !input.EveryStep;
        Tensor[] initial = carried ? [.. input.States, Tensor.Zeros([step[0], .. OutputOf(step)], DType)] : input.States;
        var within = context;
        var (states, outputs) = Flow.Scan(
            (items, before) =>
            {
                within = context.Within();
                var y = Apply([items[0], .. before[..count], .. constants], within);
                if (y.Length != count + 1) throw new ShapeException($"{Name} has {count} states, but a step gave {y.Length - 1} and an output.");
                Tensor[] next = carried ? [.. y[1..], y[0]] : y[1..];
                if (items is [_, var counts])
                    for (var i = 0; i < next.Length; i++) next[i] = Kept(counts, next[i], before[i]);
                Tensor[] output = !input.EveryStep ? [] : carried ? [next[count]] : [y[0]];
                return (next, [.. output, .. within.Losses, .. within.Metrics.Select(m => m.Value)]);
            },
            sequences,
            initial,
            reverse: input.Reverse);
        context.Gather(within, outputs[(input.EveryStep ? 1 : 0)..]);
        return (input.EveryStep ? outputs[0].SwapAxes(0, 1) : states[count], states[..count]);
    }

    // A masked step keeps the states and repeats the output, which is zero before the first that counts.
    static Tensor Kept(Tensor counts, Tensor next, Tensor old)
    {
        Span<int> sizes = stackalloc int[next.Rank];
        sizes.Fill(1);
        sizes[0] = next.Shape[0];
        return Tensor.Where(counts.Reshape(sizes), next, old);
    }
}
