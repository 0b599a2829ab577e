namespace Strata.Nn;

/// <summary>One step of a recurrent network: from an input and the states to an output and the next states. <see cref="RNN"/> carries it over sequences.</summary>
/// <remarks>A cell of your own states the shapes of its states and overrides <see cref="Layer.Build(Shape)"/>, which gets the shape [n, …] of a step, and
/// <see cref="Layer.Call(Tensor[], CallContext)"/>, which takes [x, states…, what <see cref="SequenceConstants"/> gave, the layer's constants…] to
/// [output, next states…].</remarks>
public abstract class RecurrentCell : Layer
{
    /// <summary>The shapes of the states of one example; the first is the output's.</summary>
    /// <param name="step">The shape [n, …] of the input of a step.</param>
    public abstract Shape[] StateShapes(Shape step);

    /// <summary>Tensors that are made once for a whole sequence and given to each step: dropout masks.</summary>
    /// <param name="step">The shape [n, …] of the input of a step.</param>
    /// <param name="context">The pass.</param>
    public virtual Tensor[] SequenceConstants(Shape step, CallContext context) => [];

    /// <summary>A cell with the same arguments and weights of its own, not made yet; what <see cref="Bidirectional"/> needs.</summary>
    /// <exception cref="StrataException">The cell does not say how it is copied.</exception>
    public virtual RecurrentCell Copy() => throw new StrataException($"{GetType().Name}: it does not override Copy; give Bidirectional a backward layer.");

    /// <inheritdoc/>
    protected override void Build(Shape[] x) => Build(x[0]);

    /// <summary>The states of zeros.</summary>
    internal Tensor[] ZeroStates(Shape step) => Array.ConvertAll(StateShapes(step), s => Tensor.Zeros([step[0], .. s], DType));

    /// <summary>Carries the cell over a sequence.</summary>
    internal (Tensor Output, Tensor[] States) Carry(SequenceInput input, CallContext context)
    {
        if (!IsBuilt) EnsureBuilt([input.X[.., 0]], context);
        return Run(input, context);
    }

    /// <summary>Carries the cell over a sequence, step by step; cells with a kernel for whole sequences do it at once.</summary>
    private protected virtual (Tensor Output, Tensor[] States) Run(SequenceInput input, CallContext context)
    {
        var steps = input.X.Unstack(1);
        var (states, outputs) = (input.States, new Tensor[steps.Length]);
        Tensor[] constants = [.. SequenceConstants(steps[0].Shape, context), .. input.Constants];
        Tensor? output = null;
        for (var s = 0; s < steps.Length; s++)
        {
            var at = input.Reverse ? steps.Length - 1 - s : s;
            var y = Apply([steps[at], .. states, .. constants], context);
            if (y.Length != states.Length + 1) throw new ShapeException($"{Name} has {states.Length} states, but a step gave {y.Length - 1} and an output.");
            if (input.Mask is { } mask)
            {
                // A masked step keeps the states and repeats the output, which is zero before the first that counts.
                y[0] = Kept(mask, at, y[0], output ?? Tensor.ZerosLike(y[0]));
                for (var i = 0; i < states.Length; i++) y[i + 1] = Kept(mask, at, y[i + 1], states[i]);
            }

            (output, states) = (y[0], y[1..]);
            outputs[at] = output;
        }

        return (input.EveryStep ? Tensor.Stack(outputs, 1) : output!, states);
    }

    static Tensor Kept(Tensor mask, int at, Tensor next, Tensor old)
    {
        Span<int> sizes = stackalloc int[next.Rank];
        sizes.Fill(1);
        sizes[0] = next.Shape[0];
        return Tensor.Where(mask[.., at].Reshape(sizes), next, old);
    }
}
