namespace Strata.Nn;

/// <summary>The exponential moving average of a model's weights, which is often better than the weights themselves (Polyak and Juditsky 1992).</summary>
public sealed class WeightAverage
{
    readonly Model model;
    readonly Variable[] averages;
    readonly double decay;

    /// <summary>Begins with the weights as they are.</summary>
    /// <param name="model">The model; with its weights.</param>
    /// <param name="decay">d in ā ← d·ā + (1 − d)·w, in 0 … 1.</param>
    public WeightAverage(Model model, double decay)
    {
        if (decay is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(decay), decay, "WeightAverage: the decay must be in 0 … 1.");
        (this.model, this.decay) = (model, decay);
        averages = [.. model.Weights.Select(w => new Variable(w, $"{w.Name}/average", trainable: false))];
    }

    /// <summary>The averages, in the order of the model's weights.</summary>
    public IReadOnlyList<Variable> Averages => averages;

    /// <summary>Takes the weights of now into the average: to be called after each update.</summary>
    public void Update()
    {
        var weights = model.Weights;
        for (var i = 0; i < averages.Length; i++) averages[i].Assign((averages[i] * decay) + (weights[i] * (1 - decay)));
    }

    /// <summary>Gives the averages to a model of the same kind: the averaged one itself at the end, or another to be judged.</summary>
    public void CopyTo(Model target) => target.SetWeights([.. averages.Select(a => (Tensor)a)]);
}
