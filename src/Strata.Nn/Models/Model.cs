using Strata.Compilation;
using Strata.Memory;
using Strata.Random;

namespace Strata.Nn;

/// <summary>Layers put together to one, with the means to train, judge, use and save it. A model is a layer: it can be part of another.</summary>
/// <remarks>Three ways lead to one: <see cref="Sequential"/>; a graph of layers, <c>new Model(inputs, outputs)</c>; or a class derived from it
/// that <see cref="Layer.Track"/>s layers in its constructor and overrides <see cref="Layer.Call(Tensor, CallContext)"/>.</remarks>
public partial class Model : Layer
{
    readonly LayerGraph? graph;
    RandomStream? random;
    bool complete; // whether all layers inside have their weights
    LayerWeight[]? penalized, constrained; // once complete

    /// <summary>The graph of layers that leads from one input to one output.</summary>
    /// <exception cref="StrataException">The output needs another input.</exception>
    public Model(SymbolicTensor input, SymbolicTensor output)
        : this([input], (SymbolicTensor[])[output])
    {
    }

    /// <summary>The graph of layers that leads from several inputs to one output.</summary>
    /// <exception cref="StrataException">The output needs another input.</exception>
    public Model(SymbolicTensor[] inputs, SymbolicTensor output)
        : this(inputs, (SymbolicTensor[])[output])
    {
    }

    /// <summary>The graph of layers that leads from one input to several outputs.</summary>
    /// <exception cref="StrataException">An output needs another input.</exception>
    public Model(SymbolicTensor input, SymbolicTensor[] outputs)
        : this([input], outputs)
    {
    }

    /// <summary>The graph of layers that leads from some inputs to some outputs. Layers may be shared, and tensors inside other models' graphs may
    /// be taken, too.</summary>
    /// <exception cref="StrataException">An output needs another input.</exception>
    public Model(SymbolicTensor[] inputs, SymbolicTensor[] outputs)
    {
        graph = new LayerGraph(inputs, outputs);
        foreach (var layer in graph.Layers) Track(layer);
    }

    /// <summary>For a model that overrides <see cref="Layer.Call(Tensor, CallContext)"/>.</summary>
    protected Model()
    {
    }

    /// <summary>The applications of layers that the model consists of; null if it is no graph.</summary>
    internal LayerGraph? Graph => graph;

    /// <summary>The inputs of a graph.</summary>
    /// <exception cref="StrataException">The model is no graph.</exception>
    public IReadOnlyList<SymbolicTensor> Inputs => graph?.Inputs ?? throw NoGraph();

    /// <summary>The outputs of a graph.</summary>
    /// <exception cref="StrataException">The model is no graph.</exception>
    public IReadOnlyList<SymbolicTensor> Outputs => graph?.Outputs ?? throw NoGraph();

    /// <summary>The names of the inputs, in order: those of a graph's <see cref="Input"/> layers; otherwise <c>input</c>, or <c>input_1</c> and so on.</summary>
    /// <exception cref="StrataException">The model has no weights yet because the shape of its input is not known.</exception>
    public virtual IReadOnlyList<string> InputNames => graph is not null
        ? [.. graph.Inputs.Select(x => ChildNames[Layers.ToList().IndexOf(x.Source.Layer)])]
        : InputTypes.Count == 1 ? ["input"] : [.. InputTypes.Select((_, i) => $"input_{i + 1}")];

    /// <summary>The type of each input without the axis of examples.</summary>
    /// <exception cref="StrataException">The model has no weights yet because the shape of its input is not known.</exception>
    public IReadOnlyList<TensorType> InputTypes
    {
        get
        {
            RequireWeights();
            return BuiltFor!;
        }
    }

    /// <summary>The seed of the model's random numbers: first weights, dropout, the order of examples. By default the next of <see cref="RandomSeed"/>.</summary>
    public long Seed
    {
        init => random = new RandomStream(value);
    }

    /// <summary>The stream that the layers draw from.</summary>
    public RandomStream Random => random ??= RandomSeed.NextStream();

    /// <summary>The layers of the model, in order.</summary>
    public IReadOnlyList<Layer> Layers => Children;

    /// <summary>The layer of a name.</summary>
    /// <exception cref="StrataException">There is none.</exception>
    public Layer GetLayer(string name)
    {
        for (var i = 0; i < ChildNames.Count; i++)
            if (ChildNames[i] == name) return Layers[i];
        throw new StrataException($"Model: '{Name}' has no layer '{name}'; it has {string.Join(", ", ChildNames.Select(n => $"'{n}'"))}.");
    }

    /// <summary>Makes the weights for examples of a shape, without the axis of examples.</summary>
    /// <param name="example">As in <c>[28, 28, 1]</c>.</param>
    /// <param name="dtype">The type of the elements of the input; by default <see cref="Configuration.FloatType"/>.</param>
    /// <exception cref="LayerException">A layer cannot take what it would get.</exception>
    public void BuildFor(Shape example, DType? dtype = null) => BuildFor([example], [dtype ?? Configuration.FloatType]);

    private protected void BuildFor(Shape[] examples, DType[] types)
    {
        if (complete) return;
        Layer[] unbuilt = [.. SelfAndInner().Where(l => !l.IsBuilt)];
        try
        {
            using var scope = new TensorScope();
            var tracer = Allowance.Current is { HasWeights: true } && IsTraceable ? new Tracer() : null; // what a file says of shapes must not cost memory
            var context = new CallContext(random: Random) { IsForShapes = true, IsTraced = tracer is not null, Allowance = Allowance.Current };
            var inputs = examples.Zip(types, (shape, type) => new TensorType([1, .. shape], type));
            if (tracer is null) Apply([.. inputs.Select(i => Tensor.Zeros(i.Shape, i.DType))], context);
            else tracer.Run(() => Apply([.. inputs.Select(tracer.Argument)], context));
            complete = true;
        }
        finally
        {
            // After a mistake, all that was made for the wrong shape goes, so that the right one finds the model as it was.
            if (!complete)
                foreach (var layer in unbuilt) layer.Unbuild();
        }
    }

    internal void BuildFor(TensorType[] examples) => BuildFor(Array.ConvertAll(examples, e => e.Shape), Array.ConvertAll(examples, e => e.DType));

    /// <summary>Makes the weights for inputs like these, unless they exist.</summary>
    private protected void BuildOn(Tensor[] inputs)
    {
        if (complete) return;
        foreach (var x in inputs)
            if (x.Rank == 0) throw new ShapeException($"Model: an input of '{Name}' is a scalar, without an axis of examples.");
        BuildFor(Array.ConvertAll(inputs, x => x.Shape[1..]), Array.ConvertAll(inputs, x => x.DType));
    }

    /// <summary>Makes the weights if the shape of the inputs is known without data.</summary>
    private protected virtual void BuildIfKnown()
    {
        if (graph is not null) BuildFor(Array.ConvertAll(graph.Inputs, x => x.Shape), Array.ConvertAll(graph.Inputs, x => x.DType));
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => graph is null ? base.Call(x, context)
        : Run([x], context) is [var y] ? y
        : throw new ShapeException("it has several outputs; apply it to an array of inputs.");

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context) => graph is not null ? Run(x, context) : base.Call(x, context);

    Tensor[] Run(Tensor[] x, CallContext context) => x.Length == graph!.Inputs.Length
        ? graph.Run(x, context)
        : throw new ShapeException($"it has {graph.Inputs.Length} inputs ({string.Join(", ", graph.Inputs.Select(i => i.ToString()))}), but got {x.Length}.");

    StrataException NoGraph() => new($"Model: '{Name}' is no graph of layers, so its inputs and outputs have no symbols.");

    private protected override void RequireWeights()
    {
        if (IsBuilt) return;
        BuildIfKnown();
        if (!IsBuilt) throw new StrataException($"Model: '{Name}' has no weights yet, because the shape of its input is not known; call BuildFor, begin it with an Input layer, or call it on data.");
    }

    private protected override CallContext NewContext(bool training) => new(training, Random);

    /// <summary>The loss of the weights' regularizers: a scalar; null when there is none.</summary>
    public Tensor? RegularizationLoss()
    {
        Tensor? sum = null;
        foreach (var weight in Those(ref penalized, w => w.Regularizer is not null))
        {
            var term = weight.Regularizer!.Apply(weight.Variable);
            sum = sum is null ? term : sum + term;
        }

        return sum;
    }

    /// <summary>Applies the weights' constraints: to be called after each update in a training loop of one's own.</summary>
    public void ApplyConstraints()
    {
        foreach (var weight in Those(ref constrained, w => w.Constraint is not null))
        {
            using var scope = new TensorScope();
            weight.Variable.Assign(weight.Constraint!.Apply(weight.Variable));
        }
    }

    LayerWeight[] Those(ref LayerWeight[]? kept, Func<LayerWeight, bool> condition)
    {
        if (kept is not null) return kept;
        LayerWeight[] found = [.. AllWeights().Where(condition)];
        if (complete) kept = found;
        return found;
    }

    /// <summary>A table of the layers with their output shapes and parameters.</summary>
    /// <param name="width">Characters of a line; by default 65, or 98 for a graph, whose table also tells what is connected to what.</param>
    /// <exception cref="StrataException">The model has no weights yet because the shape of its input is not known.</exception>
    public string Summary(int? width = null)
    {
        RequireWeights();
        return ModelSummary.Of(this, width ?? (graph is null ? 65 : 98));
    }

    /// <summary>The layers with their output shapes and connections in the DOT language of Graphviz.</summary>
    /// <exception cref="StrataException">The model has no weights yet because the shape of its input is not known.</exception>
    public string ToDot()
    {
        RequireWeights();
        return new ModelPlot(this).ToDot();
    }

    /// <summary>A picture of the layers with their output shapes and connections.</summary>
    /// <returns>An SVG document, legible on light and dark pages.</returns>
    /// <exception cref="StrataException">The model has no weights yet because the shape of its input is not known.</exception>
    public string ToSvg()
    {
        RequireWeights();
        return new ModelPlot(this).ToSvg();
    }
}
