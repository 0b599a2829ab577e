namespace Strata.Nn;

public abstract partial class Layer
{
    readonly List<LayerWeight> weights = [];
    readonly List<Layer> children = [];
    readonly List<string> childNames = [];
    readonly Names names = new();
    CallContext? building; // while Build runs
    bool trainable = true;

    /// <summary>Whether optimizers should change the weights of this layer and of those inside it.</summary>
    public bool Trainable
    {
        get => trainable;
        set
        {
            if (trainable != value) Variable.TrainableChanges++;
            trainable = value;
        }
    }

    /// <summary>All weights, those inside it included, each once: first those that are learned, in the order of their making, then the others.</summary>
    /// <exception cref="StrataException">It is a model that has no weights yet.</exception>
    public IReadOnlyList<Variable> Weights
    {
        get
        {
            RequireWeights();
            return [.. AllWeights().Where(w => w.Learned).Select(w => w.Variable), .. AllWeights().Where(w => !w.Learned).Select(w => w.Variable)];
        }
    }

    /// <summary>The weights that optimizers should change.</summary>
    /// <exception cref="StrataException">It is a model that has no weights yet.</exception>
    public IReadOnlyList<Variable> TrainableWeights
    {
        get
        {
            RequireWeights();
            var found = new List<Variable>();
            CollectTrainable(found, []);
            return found;
        }
    }

    /// <summary>The weights that optimizers should leave alone: moving statistics and everything in frozen layers.</summary>
    public IReadOnlyList<Variable> NonTrainableWeights
    {
        get
        {
            var trainable = TrainableWeights.ToHashSet();
            return [.. Weights.Where(w => !trainable.Contains(w))];
        }
    }

    /// <summary>The number of elements of all weights.</summary>
    public long ParameterCount => Weights.Sum(w => w.Shape.Size);

    /// <summary>Copies of the values of <see cref="Weights"/>.</summary>
    public Tensor[] GetWeights() => [.. Weights.Select(w => w.Value)];

    /// <summary>Replaces the values of <see cref="Weights"/>: all of them, or on a mistake none.</summary>
    /// <exception cref="ShapeException">The number, a shape or a type differs.</exception>
    public void SetWeights(IReadOnlyList<Tensor> values)
    {
        var all = Weights;
        if (values.Count != all.Count)
            throw new ShapeException($"SetWeights: {values.Count} values were given for the {all.Count} weights of '{Name}'.");
        for (var i = 0; i < all.Count; i++)
            if (values[i].Shape != all[i].Shape || values[i].DType != all[i].DType)
                throw new ShapeException($"SetWeights: value {i} is {values[i].Type}, but the weight '{all[i].Name}' is {new TensorType(all[i].Shape, all[i].DType)}.");
        for (var i = 0; i < all.Count; i++) all[i].Assign(values[i]);
    }

    /// <summary>Makes a weight; to be called in <see cref="Build(Shape)"/>.</summary>
    /// <param name="name">Its name within the layer: <c>kernel</c>.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="initializer">Its first value.</param>
    /// <param name="trainable">Whether it is learned; otherwise the layer changes it itself, as moving statistics.</param>
    /// <param name="regularizer">A penalty on it, added to the loss.</param>
    /// <param name="constraint">What is done to it after each update.</param>
    protected Variable Weight(string name, Shape shape, Initializer initializer, bool trainable = true, Regularizer? regularizer = null, Constraint? constraint = null)
    {
        if (building is null) throw new InvalidOperationException($"{GetType().Name}: Weight may be called only inside Build.");
        var (type, path) = (new TensorType(shape, DType), $"{Name}/{name}");
        building.Allowance?.Take(type, path, building.IsTrial);
        var variable = building.IsTraced && building.IsTrial
            ? new Variable(type, path, trainable)
            : new Variable(building.IsTrial || building.Allowance is { HasWeights: true } ? Tensor.Zeros(shape, DType) : initializer.Create(shape, building.Random, DType), path, trainable);
        weights.Add(new LayerWeight(name, variable, trainable, regularizer, constraint));
        return variable;
    }

    /// <summary>Makes a layer part of this one: its weights count as this layer's.</summary>
    /// <returns>The layer.</returns>
    protected TLayer Track<TLayer>(TLayer layer)
        where TLayer : Layer
    {
        childNames.Add(names.Add(layer));
        children.Add(layer);
        return layer;
    }

    /// <summary>Fails where an empty list of weights would hide that they were not made yet.</summary>
    private protected virtual void RequireWeights()
    {
    }

    private protected void Untrack(Layer layer)
    {
        var at = children.LastIndexOf(layer);
        children.RemoveAt(at);
        names.Remove(childNames[at]);
        childNames.RemoveAt(at);
    }

    /// <summary>The layers directly inside this one, in order.</summary>
    internal IReadOnlyList<Layer> Children => children;

    /// <summary>The names of the layers directly inside this one, as far as this one is concerned: a layer that got its name in another model may
    /// have another here.</summary>
    internal IReadOnlyList<string> ChildNames => childNames;

    internal IReadOnlyList<LayerWeight> OwnWeights => weights;

    /// <summary>This layer and all layers inside it, outer before inner, each once.</summary>
    internal IReadOnlyCollection<Layer> SelfAndInner()
    {
        var found = new List<Layer>();
        Collect(found, []);
        return found;
    }

    internal IEnumerable<LayerWeight> AllWeights() => SelfAndInner().SelectMany(l => l.weights);

    void Collect(List<Layer> found, HashSet<Layer> seen)
    {
        if (!seen.Add(this)) return;
        found.Add(this);
        foreach (var child in children) child.Collect(found, seen);
    }

    // A step of training asks for this each time, so that a switch of Trainable counts at once; hence no LINQ.
    void CollectTrainable(List<Variable> found, HashSet<Layer> seen)
    {
        if (!Trainable || !seen.Add(this)) return;
        foreach (var weight in weights)
            if (weight.Learned && weight.Variable.Trainable) found.Add(weight.Variable);
        foreach (var child in children) child.CollectTrainable(found, seen);
    }
}
