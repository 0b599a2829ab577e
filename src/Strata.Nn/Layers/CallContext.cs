using Strata.Random;

namespace Strata.Nn;

/// <summary>What a layer may need to know about the call it is in: whether the model is learning, where random numbers come from, and
/// where terms of the loss go. One context serves one pass through a model.</summary>
public sealed class CallContext
{
    List<Tensor>? losses; // made when needed: a context is made for every action of a small policy
    List<(Variable Variable, Tensor Old)>? changes;
    RandomStream? random;
    List<(string Name, Tensor Value)>? metrics;
    Dictionary<Tensor, Tensor>? masks;
    (Tensor Output, Tensor Logits, Activation Activation) last;

    /// <summary>Begins a pass.</summary>
    /// <param name="training">Whether the model is learning: dropout drops, batch normalization uses the batch.</param>
    /// <param name="random">Where the layers draw first weights and masks from; by default a stream of its own (see <see cref="RandomSeed"/>).</param>
    public CallContext(bool training = false, RandomStream? random = null)
    {
        Training = training;
        this.random = random;
    }

    /// <summary>Whether the model is learning.</summary>
    public bool Training { get; }

    /// <summary>The stream of random numbers of this pass.</summary>
    public RandomStream Random => random ??= RandomSeed.NextStream();

    /// <summary>The terms that layers added to the loss: scalars.</summary>
    public IReadOnlyList<Tensor> Losses => losses ?? (IReadOnlyList<Tensor>)[];

    /// <summary>Whether the old values of <see cref="Assign"/> are kept until <see cref="Commit"/> or <see cref="RollBack"/>.</summary>
    internal bool Journals { get; init; }

    /// <summary>Whether the pass only finds out shapes: weights that are made are zeros and are thrown away.</summary>
    internal bool IsTrial { get; init; }

    /// <summary>Whether the pass, on zeros, is only to find shapes and make weights: no layer keeps a state of it.</summary>
    internal bool IsForShapes
    {
        get => field || IsTrial;
        init;
    }

    /// <summary>Whether the tensors of a pass for shapes have no elements, which then costs neither memory nor time.</summary>
    internal bool IsTraced { get; init; }

    /// <summary>What the pass may cost, while a model is made from a description.</summary>
    internal Allowance? Allowance { get; init; }

    /// <summary>Sees the output of each layer as the layer ends, innermost first; and what a layer shows of its inside, under a name.</summary>
    internal Action<Layer, string?, Tensor>? Observer { get; set; }

    /// <summary>Adds a scalar to the loss of the step: a penalty on activations, the divergence of a variational layer.</summary>
    /// <exception cref="ShapeException">The term is not a scalar.</exception>
    public void AddLoss(Tensor loss)
    {
        if (loss.Size != 1) throw new ShapeException($"AddLoss: the term must be one number, but it is {loss.Type}; reduce it with Sum or Mean.");
        (losses ??= []).Add(loss.Reshape());
    }

    /// <summary>What layers asked to be logged, by name: scalars.</summary>
    internal IReadOnlyList<(string Name, Tensor Value)> Metrics => metrics ?? (IReadOnlyList<(string, Tensor)>)[];

    /// <summary>Adds a scalar to what Fit and Evaluate log, as its mean over the examples.</summary>
    /// <exception cref="ShapeException">The value is not a scalar.</exception>
    public void AddMetric(string name, Tensor value)
    {
        if (value.Size != 1) throw new ShapeException($"AddMetric: '{name}' must be one number, but it is {value.Type}; reduce it with Sum or Mean.");
        (metrics ??= []).Add((name, value.Reshape()));
    }

    /// <summary>The mask that came with a tensor of this pass, bools [n, steps] with false for padding; null if all steps count.</summary>
    public Tensor? MaskOf(Tensor x) => masks?.GetValueOrDefault(x);

    /// <summary>Says which steps of a tensor of this pass count: layers that follow, the loss and the metrics leave the others out.</summary>
    /// <param name="x">The tensor, [n, steps, …].</param>
    /// <param name="mask">Bools [n, steps], false for padding; null: all count.</param>
    /// <exception cref="ShapeException">The mask does not fit.</exception>
    public void SetMask(Tensor x, Tensor? mask)
    {
        if (mask is null)
        {
            masks?.Remove(x);
            return;
        }

        if (mask.DType != DType.Bool || mask.Rank > x.Rank || mask.Shape != x.Shape[..mask.Rank])
            throw new ShapeException($"SetMask: a mask {mask.Type} does not fit a tensor {x.Shape}; it must be bool {(x.Rank >= 2 ? x.Shape[..2] : x.Shape)}.");
        (masks ??= new(ReferenceEqualityComparer.Instance))[x] = mask;
    }

    /// <summary>The context of a step of a loop that is traced once: what layers add to the loss or log there is the step's, and nobody observes
    /// tensors that have no elements yet.</summary>
    internal CallContext Within() => new(Training, random) { IsTrial = IsTrial, IsForShapes = IsForShapes, IsTraced = IsTraced, Allowance = Allowance };

    /// <summary>Takes over what was added to the loss and logged in the steps of a loop.</summary>
    /// <param name="step">The context of a step.</param>
    /// <param name="values">Its losses and then its metrics, each of all steps: [steps].</param>
    internal void Gather(CallContext step, Tensor[] values)
    {
        foreach (var loss in values[..step.Losses.Count]) AddLoss(loss.Sum());
        for (var i = 0; i < step.Metrics.Count; i++) AddMetric(step.Metrics[i].Name, values[step.Losses.Count + i].Mean());
    }

    /// <summary>Whether any tensor of this pass has a mask.</summary>
    internal bool HasMasks => masks is { Count: > 0 };

    /// <summary>Changes a variable as part of the pass: a moving average, a state. A training step that fails takes it back.</summary>
    public void Assign(Variable variable, Tensor value)
    {
        if (Journals) (changes ??= []).Add((variable, variable.Exchange(value)));
        else variable.Assign(value);
    }

    /// <summary>Makes the changes final.</summary>
    internal void Commit()
    {
        foreach (var (_, old) in changes ?? []) old.Release();
        changes = null;
    }

    /// <summary>Takes the changes back.</summary>
    internal void RollBack()
    {
        for (var i = changes?.Count - 1 ?? -1; i >= 0; i--) changes![i].Variable.Adopt(changes[i].Old);
        changes = null;
    }

    /// <summary>Remembers what an activation was applied to, for losses that work on logits.</summary>
    internal void Note(Activation activation, Tensor logits, Tensor output) => last = (output, logits, activation);

    /// <summary>What a final activation of this pass was applied to, if <paramref name="output"/> is its result; else the output itself.</summary>
    internal Tensor ScoresOf(Tensor output) => LogitsOf(output, "softmax") ?? LogitsOf(output, "sigmoid") ?? output;

    /// <summary>The logits behind <paramref name="output"/>, if it is the very result of <paramref name="activation"/> in this pass.</summary>
    internal Tensor? LogitsOf(Tensor output, string activation) =>
        ReferenceEquals(last.Output, output) && last.Activation.Function == activation ? last.Logits : null;
}
