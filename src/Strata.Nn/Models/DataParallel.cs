using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Deals the examples of each batch out to several replicas of a model, which share its weights, and puts their outputs together
/// (Keras's <c>multi_gpu_model</c>).</summary>
/// <remarks>Outputs and gradients are those of the model itself, but a layer that looks at its batch as a whole sees a part of it: batch normalization takes
/// the statistics of each part (the "ghost batches" of Hoffer, Hubara and Soudry 2017), and terms that layers add to the loss are added for each part. On one
/// processor every operation uses all threads as it is, so that this does not train faster. Compile and fit this model; save the one inside.</remarks>
public sealed class DataParallel : Model
{
    readonly Model model;
    readonly int replicas;

    /// <summary>Creates the replicas.</summary>
    /// <param name="model">The model.</param>
    /// <param name="replicas">How many, at least 1. A batch of fewer examples goes to as many.</param>
    public DataParallel(Model model, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        (this.model, this.replicas) = (Track(model), replicas);
    }

    internal static new DataParallel FromConfig(Config c) => new(c.Required<Model>("model"), c.Int("replicas"));

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Stop; // it deals the masks out itself

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["model"], config["replicas"]) = (Config.Describe(model, ChildNames[0]), replicas);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => Call([x], context)[0];

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        var examples = x[0].Shape[0];
        if (Array.Find(x, t => t.Shape[0] != examples) is { } other) throw new ShapeException($"the inputs {x[0].Shape} and {other.Shape} do not hold as many examples.");
        var parts = Math.Clamp(replicas, 1, Math.Max(examples, 1));
        var outputs = new Tensor[parts][];
        for (var i = 0; i < parts; i++)
        {
            // Parts differ by one example at most.
            var (from, to) = ((int)((long)i * examples / parts), (int)((long)(i + 1) * examples / parts));
            outputs[i] = model.Apply(Array.ConvertAll(x, t => Part(t, from, to, context)), context);
        }

        return parts == 1 ? outputs[0] : [.. Enumerable.Range(0, outputs[0].Length).Select(k => Joined([.. outputs.Select(o => o[k])], context))];
    }

    static Tensor Part(Tensor x, int from, int to, CallContext context)
    {
        var part = x[from..to];
        if (context.MaskOf(x) is { } mask) context.SetMask(part, mask[from..to]);
        return part;
    }

    static Tensor Joined(Tensor[] parts, CallContext context)
    {
        var whole = Tensor.Concatenate(parts);
        if (Array.TrueForAll(parts, p => context.MaskOf(p) is not null)) context.SetMask(whole, Tensor.Concatenate(Array.ConvertAll(parts, p => context.MaskOf(p)!)));
        return whole;
    }
}
