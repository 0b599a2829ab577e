using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A recurrent layer that goes forward and another, with weights of its own, that goes backward over the same sequences (Schuster and Paliwal
/// 1997); their outputs belong to the same steps and are merged.</summary>
/// <remarks>With several inputs they are [x, forward's initial states…, backward's initial states…, constants…]; with states returned the outputs are
/// [y, forward's final states…, backward's final states…].</remarks>
public sealed class Bidirectional : Layer
{
    readonly RNN forward, backward;
    readonly MergeMode mergeMode;

    /// <summary>Runs a layer in both directions.</summary>
    /// <param name="layer">The layer that goes forward.</param>
    /// <param name="mergeMode">How the outputs are merged.</param>
    /// <param name="backwardLayer">The layer that goes backward; by default one like the first.</param>
    /// <exception cref="StrataException">The layers do not return the same, or the cell cannot be copied.</exception>
    public Bidirectional(RNN layer, MergeMode mergeMode = MergeMode.Concat, RNN? backwardLayer = null)
    {
        backwardLayer ??= layer.Opposite();
        if (layer.ReturnSequences != backwardLayer.ReturnSequences || layer.ReturnState != backwardLayer.ReturnState || layer.GoesBackwards == backwardLayer.GoesBackwards)
            throw new StrataException("Bidirectional: the two layers must return the same (sequences, states), and one must go backwards.");
        this.mergeMode = mergeMode;
        forward = Track(layer);
        backward = Track(backwardLayer);
    }

    /// <summary>Forgets the states carried from batch to batch.</summary>
    /// <exception cref="StrataException">The layers are not stateful.</exception>
    public void ResetStates()
    {
        forward.ResetStates();
        backward.ResetStates();
    }

    internal static Bidirectional FromConfig(Config c) => new(c.Required<RNN>("layer"), c.Enumeration<MergeMode>("merge_mode"), c.Required<RNN>("backward_layer"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        config["layer"] = Config.Describe(forward, ChildNames[0]);
        (config["merge_mode"], config["backward_layer"]) = (mergeMode.ToString().ToLowerInvariant(), Config.Describe(backward, ChildNames[1]));
    }

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Stop;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => forward.ReturnState || mergeMode == MergeMode.None
        ? throw new ShapeException("it has several outputs; call Apply with an array of inputs.")
        : Call([x], context)[0];

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        var given = x.Length - 1 - forward.ConstantCount;
        if (given < 0 || given % 2 != 0) throw new ShapeException($"it takes the input, initial states for both directions and {forward.ConstantCount} constants, but got {x.Length} tensors.");
        var (half, constants) = (given / 2, x[(1 + given)..]);
        var a = forward.Apply([x[0], .. x[1..(1 + half)], .. constants], context);
        var b = backward.Apply([x[0], .. x[(1 + half)..(1 + given)], .. constants], context);
        var (f, r) = (a[0], b[0]);
        if (forward.ReturnSequences) r = r.Flip(1);
        Tensor[] y = mergeMode switch
        {
            MergeMode.Concat => [Tensor.Concatenate([f, r], -1)],
            MergeMode.Sum => [f + r],
            MergeMode.Mul => [f * r],
            MergeMode.Ave => [(f + r) * 0.5],
            _ => [f, r],
        };
        if (forward.ReturnSequences && context.MaskOf(x[0]) is { } mask)
            foreach (var output in y) context.SetMask(output, mask);
        return [.. y, .. a[1..], .. b[1..]];
    }
}
