using Strata.Memory;
using Strata.Random;

namespace Strata.Nn;

/// <summary>Learns an optimizer by gradient descent through its own steps (Andrychowicz et al. 2016, section 2): φ lowers Σₜ f(θₜ) (3), with all weights wₜ = 1,
/// where θ comes from the optimizer's steps on functions drawn anew each epoch. Gradients go back through stretches of steps.</summary>
/// <param name="learned">The optimizer that learns.</param>
/// <param name="problem">What it learns on.</param>
/// <param name="optimizer">What changes φ.</param>
/// <param name="unroll">Steps of a stretch: φ changes after each.</param>
/// <param name="horizon">Steps of an epoch: so long a function is minimized.</param>
/// <param name="secondOrder">Whether gradients go through ∇f(θ), too, which takes second derivatives of f. The paper drops these terms.</param>
public sealed class MetaTrainer(LearnedOptimizer learned, Optimizee problem, Optimizer optimizer, int unroll = 20, int horizon = 100, bool secondOrder = false)
{
    readonly int unroll = unroll >= 1 && horizon >= unroll && horizon % unroll == 0
        ? unroll
        : throw new StrataException($"MetaTrainer: {horizon} steps cannot be cut into stretches of {unroll}.");

    Func<Tensor[], Tensor>? step;

    /// <summary>One epoch: draws functions, minimizes them, and changes φ after each stretch.</summary>
    /// <returns>The mean of f over the epoch's steps and functions.</returns>
    public double Epoch(RandomStream random)
    {
        problem.Draw(random);
        learned.Reset();
        step ??= Compiled.Function<Tensor[], Tensor>(Step);
        var sum = 0.0;
        for (var at = 0; at < horizon; at += unroll)
        {
            using var scope = new TensorScope();
            sum += step(problem.Batches(unroll + 1, random)).Item();
        }

        return sum / (horizon / unroll);
    }

    /// <summary>A stretch of steps from where θ and the states of the optimizer are, and a change of φ, as a function of tensors.</summary>
    /// <param name="batches">What f depends on beside θ: [unroll + 1, …].</param>
    /// <returns>The mean of f over the steps and functions, a scalar.</returns>
    public Tensor Step(Tensor[] batches)
    {
        var (loss, gradients) = MetaGradient(batches);
        optimizer.Apply(learned.Weights, gradients);
        return loss / (unroll + 1);
    }

    /// <summary>Σₜ f(θₜ) over a stretch (3), the mean over the functions, and its gradient for φ. θ and the states of the optimizer move on.</summary>
    /// <inheritdoc cref="Step" path="/param"/>
    public (Tensor Loss, Tensor[] Gradients) MetaGradient(Tensor[] batches) =>
        Gradient.ValueAndGradient(() => problem.Losses(learned, unroll, batches, secondOrder).Sum() / problem.Count, learned.Weights);
}
