namespace Strata.Nn;

/// <summary>An optimizer that is itself a network, learned by a <see cref="MetaTrainer"/> (Andrychowicz et al. 2016): θₜ₊₁ = θₜ + gₜ,
/// (gₜ, hₜ₊₁) = m(∇f(θₜ), hₜ; φ). Every coordinate of θ has a state h of its own and the same φ, so that a few thousand weights serve any number of
/// coordinates, in whatever order.</summary>
/// <remarks>The learning rate multiplies what comes out of m. Weight decay and penalties of <see cref="Optimizer"/> are not part of the rule and have no effect.</remarks>
public sealed class LearnedOptimizer : Optimizer
{
    readonly CoordinateNetwork network;
    readonly double? small;

    /// <summary>Makes an optimizer that has not learned yet.</summary>
    /// <param name="units">The units of each LSTM.</param>
    /// <param name="layers">How many LSTMs.</param>
    /// <param name="scale">What m's output is multiplied by; .1 by default.</param>
    /// <param name="small">p of <see cref="LogSignPreprocess"/>; null: m gets the gradient as it is.</param>
    /// <param name="seed">The seed of φ; by default the next of <see cref="RandomSeed"/>.</param>
    public LearnedOptimizer(int units = 20, int layers = 2, Schedule? scale = null, double? small = 10, long? seed = null)
        : base(scale ?? 0.1)
    {
        this.small = small;
        network = seed is { } s ? new CoordinateNetwork(units, layers, Inputs) { Seed = s } : new CoordinateNetwork(units, layers, Inputs);
        network.Apply([Tensor.Zeros([1, Inputs]), .. network.StateShapes(1).Select(shape => Tensor.Zeros(shape))]);
    }

    /// <summary>m, to be saved and loaded.</summary>
    public Model Network => network;

    /// <summary>φ.</summary>
    public IReadOnlyList<Variable> Weights => network.TrainableWeights;

    int Inputs => small is null ? 1 : 2;

    /// <inheritdoc/>
    protected override Shape[] StateShapes(Shape parameter) => network.StateShapes(checked((int)parameter.Size));

    /// <inheritdoc/>
    protected override double[] Numbers(double learningRate, long t) => [learningRate];

    /// <inheritdoc/>
    protected override Tensor[] Update(Tensor parameter, Tensor gradient, Tensor[] state, Tensor numbers)
    {
        var g = small is { } p ? LogSignPreprocess.Of(gradient.Reshape(-1), p) : gradient.Reshape(-1, 1);
        var y = network.Apply([g, .. state]);
        return [parameter + (y[0].Reshape(parameter.Shape) * numbers[2].Cast(parameter.DType)), .. y[1..]];
    }
}
