using Strata.Compilation;
using Strata.Random;

namespace Strata.Nn;

/// <summary>A function with weights. The weights are made at the first call, when the shape of the input is known; a layer may be called
/// many times, be shared between models and hold other layers.</summary>
/// <remarks>To write one, override <see cref="Build(Shape)"/>, where <see cref="Weight"/> makes the weights, and
/// <see cref="Call(Tensor, CallContext)"/>; for several inputs or outputs the forms with arrays. Axis 0 counts the examples everywhere.</remarks>
public abstract partial class Layer : IConfigurable, IHasCommonArguments
{
    string? name, given; // by the user, by the first model that holds the layer
    DType dtype = Configuration.FloatType;
    Regularizer? activityRegularizer;
    int? ownChildren; // how many layers inside there were before Build

    /// <summary>The name in messages, summaries and checkpoints. By default the model gives one: <c>dense_1</c>, <c>dense_2</c>, …</summary>
    public string Name
    {
        get => name ?? given ?? SnakeCase.Of(GetType().Name);
        init => name = value;
    }

    /// <summary>The element type of the weights; by default <see cref="Configuration.FloatType"/>.</summary>
    public DType DType
    {
        get => dtype;
        init => dtype = value;
    }

    /// <summary>A penalty on the output, added to the loss. (Keras 2.2.4 does not divide it by the batch size.)</summary>
    public Regularizer? ActivityRegularizer
    {
        get => activityRegularizer;
        init => activityRegularizer = value;
    }

    /// <summary>Whether the weights exist.</summary>
    public bool IsBuilt { get; private set; }

    /// <summary>The shape of the output at the first call, without the axis of examples; null before.</summary>
    public Shape? OutputShape { get; private set; }

    /// <summary>Whether the user gave the name.</summary>
    internal bool IsNamed => name is not null;

    /// <summary>Whether a model gave the name.</summary>
    internal bool IsNumbered => given is not null;

    /// <summary>The inputs that the weights were made for, without the axis of examples.</summary>
    internal TensorType[]? BuiltFor { get; private set; }

    /// <summary>The output for one input.</summary>
    /// <param name="x">The input; axis 0 counts the examples.</param>
    /// <param name="context">The pass that this call is part of.</param>
    /// <exception cref="LayerException">The input does not fit; the message names the layer.</exception>
    public Tensor Apply(Tensor x, CallContext context)
    {
        try
        {
            context.Allowance?.Apply();
            if (!IsBuilt) Build([x], context);
            var y = Call(x, context);
            if (context.HasMasks) PassMask([x], ref y, context);
            if (OutputShape is null || ActivityRegularizer is not null || context.Observer is not null) Finish(y, context);
            return y;
        }
        catch (ShapeException e) when (e is not LayerException)
        {
            throw new LayerException(this, e);
        }
    }

    /// <summary>The outputs for several inputs.</summary>
    /// <inheritdoc cref="Apply(Tensor, CallContext)"/>
    public Tensor[] Apply(Tensor[] x, CallContext context)
    {
        try
        {
            context.Allowance?.Apply();
            if (!IsBuilt) Build(x, context);
            var y = Call(x, context);
            if (context.HasMasks && y.Length > 0) PassMask(x, ref y[0], context);
            foreach (var output in y) Finish(output, context);
            return y;
        }
        catch (ShapeException e) when (e is not LayerException)
        {
            throw new LayerException(this, e);
        }
    }

    /// <summary>The output for one input in a pass of its own.</summary>
    /// <param name="x">The input; axis 0 counts the examples.</param>
    /// <param name="training">Whether the layer is learning: dropout drops, batch normalization uses the batch.</param>
    /// <exception cref="LayerException">The input does not fit; the message names the layer.</exception>
    public Tensor Apply(Tensor x, bool training = false) => Apply(x, NewContext(training));

    /// <summary>The outputs for several inputs in a pass of their own.</summary>
    /// <inheritdoc cref="Apply(Tensor, bool)"/>
    public Tensor[] Apply(Tensor[] x, bool training = false) => Apply(x, NewContext(training));

    /// <summary>Makes the weights for inputs of the given shape, which includes the axis of examples.</summary>
    protected virtual void Build(Shape x)
    {
    }

    /// <summary>Makes the weights for several inputs of the given shapes.</summary>
    protected virtual void Build(Shape[] x) => Build(x[0]);

    /// <summary>Computes the output for one input.</summary>
    protected virtual Tensor Call(Tensor x, CallContext context) => throw new ShapeException("it takes several inputs, but got one.");

    /// <summary>Computes the outputs for several inputs.</summary>
    protected virtual Tensor[] Call(Tensor[] x, CallContext context) => x.Length == 1
        ? [Call(x[0], context)]
        : throw new ShapeException($"it takes one input, but got {x.Length}.");

    /// <summary>What the layer does with the mask of its input. By default a layer that holds others leaves it to them, and any other refuses.</summary>
    protected virtual MaskRule MaskRule => Children.Count > 0 ? MaskRule.Stop : MaskRule.Refuse;

    /// <summary>The context of a call that was given none.</summary>
    private protected virtual CallContext NewContext(bool training) => new(training);

    internal void NameAs(string name) => given ??= name;

    /// <summary>Takes the element type of the layer around it, before there are weights.</summary>
    internal void Become(DType type) => dtype = type;

    /// <summary>Whether types are found by tracing: all layers inside are of this library, of which it is known that they do not look at elements.</summary>
    internal bool IsTraceable => !Compiled.Eager && SelfAndInner().All(l => l.GetType().Assembly == typeof(Layer).Assembly);

    /// <summary>Makes the weights, if they are not there yet, for a layer that uses this one otherwise than by Apply.</summary>
    internal void EnsureBuilt(Tensor[] x, CallContext context)
    {
        if (!IsBuilt) Build(x, context);
    }

    void Build(Tensor[] x, CallContext context)
    {
        building = context;
        ownChildren = children.Count;
        try
        {
            // Weights are made once, also in a function that is being traced.
            Tracer.Untraced(() => Build(Array.ConvertAll(x, t => t.Shape)));
            BuiltFor = Array.ConvertAll(x, t => new TensorType(t.Rank > 0 ? t.Shape[1..] : t.Shape, t.DType));
            IsBuilt = true;
        }
        finally
        {
            building = null;
            if (!IsBuilt) Unbuild(); // a shape that did not fit leaves the layer as it was
        }
    }

    /// <summary>Forgets the weights, which the next call makes anew.</summary>
    internal void Unbuild()
    {
        IsBuilt = false;
        OutputShape = null;
        BuiltFor = null;
        weights.Clear();
        if (ownChildren is { } count)
            while (children.Count > count) Untrack(children[^1]); // those that Build made
        ownChildren = null;
    }

    void PassMask(Tensor[] x, ref Tensor y, CallContext context)
    {
        var mask = Array.Find(x, t => context.MaskOf(t) is not null) is { } masked ? context.MaskOf(masked) : null;
        if (mask is null) return;
        switch (MaskRule)
        {
            case MaskRule.Pass:
                if (context.MaskOf(x[0]) is { } own) context.SetMask(y, own);
                break;
            case MaskRule.Stop when Children.Count == 0 && Array.IndexOf(x, y) >= 0:
                y = new Operations.Alias(y.Shape).Apply(y); // the input itself came out: another identity, which has no mask
                break;
            case MaskRule.Refuse:
                throw new ShapeException($"it does not take masks into account, but its input has one ({mask.Shape}); without Masking, maskZero or a layer before it that ends the mask it would fit.");
        }
    }

    void Finish(Tensor y, CallContext context)
    {
        OutputShape ??= y.Rank > 0 ? y.Shape[1..] : y.Shape;
        if (ActivityRegularizer is { } penalty) context.AddLoss(penalty.Apply(y));
        context.Observer?.Invoke(this, null, y);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({GetType().Name})";
}
