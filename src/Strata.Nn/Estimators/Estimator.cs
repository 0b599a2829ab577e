namespace Strata.Nn;

/// <summary>A model that is made, trained and judged as scikit-learn does it, so that code that searches for settings can try many alike (Keras's
/// <c>wrappers.scikit_learn</c>).</summary>
/// <param name="create">Makes a compiled model; called anew by each <see cref="Fit"/>.</param>
public abstract class Estimator(Func<Model> create)
{
    Model? model;

    /// <summary>Passes over the data.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Examples of an update.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Callbacks for each training; null: none.</summary>
    public Func<IReadOnlyList<Callback>>? Callbacks { get; init; }

    /// <summary>The model that the last <see cref="Fit"/> trained.</summary>
    /// <exception cref="StrataException">Nothing was fitted yet.</exception>
    public Model Model => model ?? throw new StrataException($"{GetType().Name}: call Fit first.");

    /// <summary>Makes a model and trains it.</summary>
    /// <param name="x">The examples, along axis 0.</param>
    /// <param name="y">Their targets, as many.</param>
    /// <exception cref="StrataException">The model is not compiled.</exception>
    public History Fit(Tensor x, Tensor y)
    {
        if (x.Rank == 0 || y.Rank == 0 || x.Shape[0] != y.Shape[0]) throw new ShapeException($"{GetType().Name}.Fit: the examples are {x.Type} and the targets {y.Type}; they must be as many.");
        model = create();
        return model.Fit(x, Targets(model, y), BatchSize, Epochs, callbacks: Callbacks?.Invoke(), verbose: false);
    }

    /// <summary>What the model says of examples.</summary>
    public abstract Tensor Predict(Tensor x);

    /// <summary>How good the predictions are; more is better.</summary>
    public abstract double Score(Tensor x, Tensor y);

    /// <summary>The targets as the model's loss takes them.</summary>
    private protected abstract Tensor Targets(Model model, Tensor y);
}
