using Strata.Nn;

namespace Strata.Reinforcement.Search;

/// <summary>l = (z − v)² − πᵀ log p + c‖θ‖², the mean over a batch (Silver et al. 2017, equation 1), and a step down it.</summary>
public sealed class SelfPlayLoss
{
    readonly PolicyValueNetwork network;
    readonly Optimizer optimizer;
    readonly Func<Tensor[], Tensor[]> step;

    /// <summary>No step was made.</summary>
    /// <param name="network">(p, v).</param>
    /// <param name="optimizer">Makes the step. c‖θ‖² is its <see cref="Optimizer.L2"/> = 2c.</param>
    public SelfPlayLoss(PolicyValueNetwork network, Optimizer optimizer)
    {
        (this.network, this.optimizer) = (network, optimizer);
        step = Compiled.Function<Tensor[], Tensor[]>(Update);
    }

    /// <summary>The two terms that depend on the data.</summary>
    /// <param name="logits">[n, actions].</param>
    /// <param name="values">v, [n, 1].</param>
    /// <param name="π">[n, actions].</param>
    /// <param name="z">[n, 1].</param>
    /// <returns>The means of (z − v)² and of −πᵀ log p.</returns>
    public static (Tensor Value, Tensor Policy) Terms(Tensor logits, Tensor values, Tensor π, Tensor z)
    {
        ArgumentNullException.ThrowIfNull(z);
        return ((z - values).Square().Mean(), Tensor.SoftmaxCrossEntropy(logits, π).Mean());
    }

    /// <summary>One update.</summary>
    /// <param name="batch">Planes, π and z, as <see cref="SelfPlayWindow{TMove}.Sample"/> draws them.</param>
    /// <returns>The loss without c‖θ‖², its value term and its policy term, before the update.</returns>
    public Tensor[] Step(Tensor[] batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return step(batch);
    }

    Tensor[] Update(Tensor[] batch)
    {
        var variables = network.TrainableWeights;
        var context = new CallContext(training: true, network.Random);
        var (loss, terms, gradients) = Gradient.ValueAndGradient(
            () =>
            {
                var y = network.Apply([batch[0]], context);
                var (value, policy) = Terms(y[0], y[1], batch[1], batch[2]);
                return (value + policy, (Tensor[])[value, policy]);
            },
            variables);
        optimizer.Apply(variables, gradients);
        return [loss, .. terms];
    }
}
