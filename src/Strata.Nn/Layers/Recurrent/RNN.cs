using System.Text.Json.Nodes;
using Strata.Compilation;

namespace Strata.Nn;

/// <summary>A cell carried over the steps of sequences;  x [n, t, …] → y [n, …], the output of the last step, or [n, t, …], those of all.</summary>
/// <remarks>With several inputs they are [x, initial states…, constants…], and with <c>returnState</c> the outputs [y, final states…].
/// Where the input has a mask, a masked step leaves the states as they are and repeats the output of the step before (zeros at the start); the mask
/// goes on with the outputs of all steps. Keras's <c>unroll</c> is not there: steps are taken one by one as operations, or all in one kernel where there
/// is one, and a compiled step chooses for itself.</remarks>
public class RNN : Layer
{
    readonly bool returnSequences, returnState, goBackwards, stateful;
    readonly RecurrentCell cell;
    readonly Dictionary<int, Variable[]> carried = []; // by the number of examples, so that compiled steps find theirs again
    int? examples; // of the batches since the last reset
    Shape? features; // of a step, once one was seen
    int constantCount;

    /// <summary>Carries a cell over sequences.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are wanted, not the last alone.</param>
    /// <param name="returnState">Whether the final states are outputs, too.</param>
    /// <param name="goBackwards">Whether to go from the last step to the first; the outputs stay in the order of their making, which is the reverse.</param>
    /// <param name="stateful">Whether a batch begins with the states that the one before ended with, example by example. Gradients do not reach back.</param>
    public RNN(RecurrentCell cell, bool returnSequences = false, bool returnState = false, bool goBackwards = false, bool stateful = false)
    {
        (this.returnSequences, this.returnState, this.goBackwards, this.stateful) = (returnSequences, returnState, goBackwards, stateful);
        this.cell = Track(cell);
    }

    /// <summary>Carries several cells, one upon the other, over sequences.</summary>
    /// <param name="cells">The cells, from the input on.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are wanted, not the last alone.</param>
    /// <param name="returnState">Whether the final states are outputs, too.</param>
    /// <param name="goBackwards">Whether to go from the last step to the first; the outputs stay in the order of their making, which is the reverse.</param>
    /// <param name="stateful">Whether a batch begins with the states that the one before ended with, example by example. Gradients do not reach back.</param>
    public RNN(RecurrentCell[] cells, bool returnSequences = false, bool returnState = false, bool goBackwards = false, bool stateful = false)
        : this(new StackedRNNCells(cells), returnSequences, returnState, goBackwards, stateful)
    {
    }

    /// <summary>How many of the last inputs are constants: tensors that each step gets besides, as attention does with what it looks at.</summary>
    public int ConstantCount
    {
        get => constantCount;
        init => constantCount = value;
    }

    /// <summary>What is carried over the steps.</summary>
    public RecurrentCell Cell => cell;

    /// <summary>Whether the outputs of all steps are returned.</summary>
    public bool ReturnSequences => returnSequences;

    /// <summary>Whether it goes from the last step to the first.</summary>
    public bool GoesBackwards => goBackwards;

    /// <summary>Whether the final states are outputs.</summary>
    public bool ReturnState => returnState;

    /// <summary>Forgets the states carried from batch to batch: the next begins as the first did, or with the given.</summary>
    /// <param name="states">The states [n, …] to begin with.</param>
    /// <exception cref="StrataException">The layer is not stateful.</exception>
    public void ResetStates(params Tensor[] states)
    {
        if (!stateful) throw new StrataException($"RNN: '{Name}' is not stateful; it has no states to reset.");
        if (features is not { } step) carried.Clear(); // nothing but given states, which no batch has begun with
        else
            foreach (var (count, old) in carried)
                foreach (var (state, first) in old.Zip(cell.FirstStates([count, .. step], new CallContext()))) state.Assign(first);
        examples = states.Length == 0 ? null : states[0].Shape[0];
        if (examples is not { } n) return;
        if (!carried.TryGetValue(n, out var own)) carried[n] = Array.ConvertAll(states, s => new Variable(s, $"{Name}/state", trainable: false));
        else if (own.Length != states.Length) throw new ShapeException($"RNN: {states.Length} states were given for the {own.Length} of '{Name}'.");
        else
            for (var i = 0; i < own.Length; i++) own[i].Assign(states[i]);
    }

    internal static RNN FromConfig(Config c) =>
        new(c.Required<RecurrentCell>("cell"), c.Bool("return_sequences"), c.Bool("return_state"), c.Bool("go_backwards"), c.Bool("stateful"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["cell"] = Config.Describe(cell);

    private protected override void WriteCommon(JsonObject config)
    {
        base.WriteCommon(config);
        (config["return_sequences"], config["return_state"], config["go_backwards"], config["stateful"], config["constants"]) =
            (returnSequences, returnState, goBackwards, stateful, constantCount);
    }

    internal override void ReadCommon(Config config)
    {
        base.ReadCommon(config);
        constantCount = config.Int("constants");
    }

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Stop;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => returnState
        ? throw new ShapeException("it returns its states beside the output; call Apply with an array of inputs.")
        : Call([x], context)[0];

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        var input = x[0];
        if (input.Rank < 3) throw new ShapeException($"the input must be [examples, steps, features…], but it is {input.Shape}.");
        if (input.Shape[1] == 0) throw new ShapeException($"sequences must have a step at least, but the input is {input.Shape}.");
        if (!input.DType.IsFloating()) input = input.Cast(DType);
        var step = input.Shape.Without(1);
        var shapes = cell.StateShapes(step);
        var given = x.Length - 1 - ConstantCount;
        if (given != 0 && given != shapes.Length)
            throw new ShapeException($"it takes the input, no or {shapes.Length} initial states and {ConstantCount} constants, but got {x.Length} tensors.");
        var own = stateful && !context.IsForShapes ? Carried(step, context) : null;
        var states = given > 0 ? x[1..(1 + given)] : own is null ? cell.FirstStates(step, context) : Array.ConvertAll(own, s => s.Borrow());
        for (var i = 0; i < states.Length; i++)
            if (states[i].Shape != Shape.Of([step[0], .. shapes[i].Span]))
                throw new ShapeException($"initial state {i} is {states[i].Shape}, but must be {Shape.Of([step[0], .. shapes[i].Span])}.");

        var mask = context.MaskOf(x[0]);
        var (y, next) = cell.Carry(new SequenceInput(input, states, x[(1 + given)..], mask, goBackwards, returnSequences), context);
        if (mask is not null) y = ZeroBeforeFirst(y, mask);
        if (returnSequences && goBackwards) (y, mask) = (y.Flip(1), mask?.Flip(1));
        if (returnSequences) context.SetMask(y, mask);
        for (var i = 0; i < own?.Length; i++) context.Assign(own[i], next[i]);
        return returnState ? [y, .. next] : [y];
    }

    /// <summary>A layer of the same arguments that goes the other way, with weights of its own.</summary>
    internal virtual RNN Opposite() => new(cell.Copy(), returnSequences, returnState, !goBackwards, stateful)
    {
        Name = "backward_" + Name,
        DType = DType,
        ConstantCount = ConstantCount,
        ActivityRegularizer = ActivityRegularizer,
        Trainable = Trainable,
    };

    // The state before the first step that counts may not be zero, but the output there is.
    Tensor ZeroBeforeFirst(Tensor y, Tensor mask)
    {
        var begun = mask.Cast(y.DType).CumulativeSum(1, reverse: goBackwards) > 0;
        if (!returnSequences) begun = begun[.., goBackwards ? 0 : ^1];
        Span<int> sizes = stackalloc int[y.Rank];
        sizes.Fill(1);
        for (var i = 0; i < begun.Rank; i++) sizes[i] = begun.Shape[i];
        return Tensor.Where(begun.Reshape(sizes), y, Tensor.ZerosLike(y));
    }

    Variable[] Carried(Shape step, CallContext context)
    {
        var n = step[0];
        if (examples is { } others && others != n)
            throw new ShapeException($"it carries the states of {others} examples, but the batch has {n}; a stateful layer needs batches of one size, or ResetStates between.");
        (examples, features) = (n, step[1..]);
        if (!carried.TryGetValue(n, out var own))
            carried[n] = own = Tracer.Untraced(() => Array.ConvertAll(cell.FirstStates(step, context), s => new Variable(s, $"{Name}/state", trainable: false)));
        if (cell.StateShapes(step).Length is var count && own.Length != count) throw new ShapeException($"it was reset to {own.Length} states, but has {count}.");
        return own;
    }
}
