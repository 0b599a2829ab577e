using Strata.Memory;
using Strata.Random;

namespace Strata.Nn;

/// <summary>Layers put together to one, with the means to train, judge, use and save it. A model is a layer: it can be part of another.</summary>
/// <remarks>Derive from it, <see cref="Layer.Track"/> layers in the constructor and override
/// <see cref="Layer.Call(Tensor, CallContext)"/>, or take <see cref="Sequential"/>.</remarks>
public abstract partial class Model : Layer
{
    RandomStream? random;
    bool complete; // whether all layers inside have their weights
    LayerWeight[]? penalized, constrained; // once complete

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
    public Layer GetLayer(string name) => Layers.FirstOrDefault(l => l.Name == name)
        ?? throw new StrataException($"Model: '{Name}' has no layer '{name}'; it has {string.Join(", ", Layers.Select(l => $"'{l.Name}'"))}.");

    /// <summary>Makes the weights for examples of a shape, without the axis of examples.</summary>
    /// <param name="example">As in <c>[28, 28, 1]</c>.</param>
    /// <param name="dtype">The type of the elements of the input.</param>
    /// <exception cref="LayerException">A layer cannot take what it would get.</exception>
    public void BuildFor(Shape example, DType dtype = DType.Float32) => BuildFor([example], [dtype]);

    private protected void BuildFor(Shape[] examples, DType[] types)
    {
        if (complete) return;
        Layer[] unbuilt = [.. SelfAndInner().Where(l => !l.IsBuilt)];
        try
        {
            using var scope = new TensorScope();
            Apply([.. examples.Zip(types, (shape, type) => Tensor.Zeros([1, .. shape], type))], new CallContext(random: Random));
            complete = true;
        }
        finally
        {
            // After a mistake, all that was made for the wrong shape goes, so that the right one finds the model as it was.
            if (!complete)
                foreach (var layer in unbuilt) layer.Unbuild();
        }
    }

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
    }

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
    /// <param name="width">Characters of a line.</param>
    /// <exception cref="StrataException">The model has no weights yet because the shape of its input is not known.</exception>
    public string Summary(int width = 65)
    {
        RequireWeights();
        return ModelSummary.Of(this, width);
    }
}
