using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Recurrent cells whose output looks at a source before it goes on (Luong, Pham and Manning 2015, section 3): h = cells(x), a, c = attention(h),
/// h̃ = tanh([c; h]·W) (equation 5). With input feeding the cells get [x; h̃ of the step before] (section 3.3).</summary>
/// <remarks>[x [n, t, in], values [n, s, d], places [n, 1], h̃ [n, units], the cells' states…] → [h̃ [n, t, units], attention's weights [n, t, s], the next places, the
/// last h̃, the last states…]: what goes in after the values is what came out of the steps before; <see cref="Begin"/> makes the first of it. The places tell a
/// <see cref="MonotonicWindow"/> at which step it is. With input feeding the loop is <see cref="Flow.Scan(Func{Tensor[], Tensor[], ValueTuple{Tensor[], Tensor[]}}, Tensor[], Tensor[], int?, bool, int?, int?)"/>;
/// without, the cells go over all steps at once.</remarks>
public sealed class AttentionDecoder : Layer
{
    readonly RecurrentCell cell;
    readonly Attention attention;
    readonly Initializer kernelInitializer;
    readonly int units;
    readonly bool inputFeeding;
    Dense combine = null!;

    /// <summary>Makes a decoder.</summary>
    /// <param name="cell">The cells.</param>
    /// <param name="units">The size of h̃.</param>
    /// <param name="attention">By default global attention with <see cref="DotScore"/>.</param>
    /// <param name="inputFeeding">Whether the cells are told the last h̃.</param>
    /// <param name="kernelInitializer">The first value of W.</param>
    public AttentionDecoder(RecurrentCell cell, int units, Attention? attention = null, bool inputFeeding = true, Initializer? kernelInitializer = null)
    {
        if (units < 1) throw new ArgumentOutOfRangeException(nameof(units), units, "AttentionDecoder: units must be at least 1.");
        (this.units, this.inputFeeding) = (units, inputFeeding);
        this.cell = Track(cell);
        this.attention = Track(attention ?? new Attention());
        this.kernelInitializer = kernelInitializer ?? Initializer.GlorotUniform;
    }

    internal static AttentionDecoder FromConfig(Config c) => new(
        c.Required<RecurrentCell>("cell"), c.Int("units"), c.Required<Attention>("attention"), c.Bool("input_feeding"), c.Required<Initializer>("kernel_initializer"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        (config["cell"], config["units"], config["attention"]) = (Config.Describe(cell, ChildNames[0]), units, Config.Describe(attention, ChildNames[1]));
        (config["input_feeding"], config["kernel_initializer"]) = (inputFeeding, Config.Of(kernelInitializer));
    }

    /// <summary>The places, h̃ and states to begin with: place 0 and zeros, the cells' states as given.</summary>
    /// <param name="states">The cells' first states, such as an encoder's last.</param>
    public Tensor[] Begin(params Tensor[] states) =>
        [Tensor.Zeros([states[0].Shape[0], 1], DType), Tensor.Zeros([states[0].Shape[0], units], DType), .. states];

    /// <inheritdoc/>
    protected override void Build(Shape[] x) =>
        combine = Track(new Dense(units, Activation.Tanh, useBias: false) { Name = "combine", KernelInitializer = kernelInitializer, DType = DType });

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        if (x.Length < 5 || x[0].Rank != 3 || x[1].Rank != 3)
            throw new ShapeException($"it takes x [n, steps, features], values [n, steps, features], places, h̃ and the cells' states, but got {string.Join(" and ", x.Select(t => t.Shape))}.");
        return inputFeeding ? StepByStep(x, context) : AtOnce(x, context);
    }

    Tensor[] AtOnce(Tensor[] x, CallContext context)
    {
        var (values, steps) = (x[1], x[0].Shape[1]);
        var (h, states) = cell.Carry(new SequenceInput(x[0], x[4..], [], null, Reverse: false, EveryStep: true), context);
        var (own, weights) = Look(h, values, x[2] + Tensor.Arange(0, steps).Cast(DType), context);
        return [own, weights, x[2] + steps, own[.., ^1], .. states];
    }

    Tensor[] StepByStep(Tensor[] x, CallContext context)
    {
        var values = x[1];
        var step = x[0].Shape.Without(1);
        cell.EnsureBuilt([Tensor.Zeros([step[0], step[1] + units], x[0].DType), .. x[4..]], context);
        var within = context;
        var (states, outputs) = Flow.Scan(
            (items, before) =>
            {
                within = context.Within();
                within.SetMask(values, context.MaskOf(values));
                var y = cell.Apply([Tensor.Concatenate([items[0], before[1]], 1), .. before[2..]], within);
                var (own, weights) = Look(y[0], values, before[0].Squeeze(1), within);
                return ([before[0] + 1, own, .. y[1..]], [own, weights, .. within.Losses, .. within.Metrics.Select(m => m.Value)]);
            },
            [x[0].SwapAxes(0, 1)],
            x[2..]);
        context.Gather(within, outputs[2..]);
        return [outputs[0].SwapAxes(0, 1), outputs[1].SwapAxes(0, 1), .. states];
    }

    // h̃ and a of h [n, units] or [n, t, units].
    (Tensor Output, Tensor Weights) Look(Tensor h, Tensor values, Tensor places, CallContext context)
    {
        var looked = attention.Apply(attention.NeedsPlaces ? [h, values, values, places] : [h, values], context); // c, a
        return (combine.Apply(Tensor.Concatenate([looked[0], h], -1), context), looked[1]); // (5)
    }
}
