using System.Text.Json.Nodes;
using Strata.Operations;

namespace Strata.Nn;

/// <summary>Adam with Nesterov's momentum (Dozat 2016) and Keras's schedule of it, μ_t = β₁(1 − ½·.96^(t·schedule decay)).</summary>
/// <param name="learningRate">η, by default .002.</param>
/// <param name="beta1">β₁.</param>
/// <param name="beta2">β₂.</param>
/// <param name="epsilon">ε; by default <see cref="Numerics.Epsilon"/>.</param>
/// <param name="scheduleDecay">How fast the momentum rises.</param>
public sealed class Nadam(Schedule? learningRate = null, double beta1 = 0.9, double beta2 = 0.999, double? epsilon = null, double scheduleDecay = 0.004)
    : Optimizer(learningRate ?? 0.002, new NadamUpdate())
{
    readonly double epsilon = epsilon ?? Numerics.Epsilon;
    double product = 1; // Π μ_i over the updates made …
    long multiplied; // … up to this one

    internal static Nadam FromConfig(Config c) => new(c.Rate("lr"), c.Double("beta_1"), c.Double("beta_2"), c.DoubleOrNull("epsilon"), c.Double("schedule_decay"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["beta_1"], config["beta_2"], config["epsilon"], config["schedule_decay"]) = (beta1, beta2, epsilon, scheduleDecay);

    /// <inheritdoc/>
    protected override double[] Numbers(double learningRate, long t)
    {
        var (now, next) = (Momentum(t), Momentum(t + 1));
        if (t != multiplied) (product, multiplied) = (product * now, t);
        return
        [
            learningRate, beta1, 1 - beta1, beta2, 1 - beta2,
            (1 - now) / (1 - product), next / (1 - (product * next)), 1 / (1 - Math.Pow(beta2, t)), epsilon,
        ];
    }

    /// <inheritdoc/>
    public override void Save(State state, IReadOnlyList<Variable> variables)
    {
        base.Save(state, variables);
        state.Put("momentum_product", product);
    }

    /// <inheritdoc/>
    public override void Load(State state, IReadOnlyList<Variable> variables)
    {
        var saved = state.Double("momentum_product");
        base.Load(state, variables);
        (product, multiplied) = (saved, Iterations);
    }

    double Momentum(long t) => beta1 * (1 - (0.5 * Math.Pow(0.96, t * scheduleDecay)));
}
