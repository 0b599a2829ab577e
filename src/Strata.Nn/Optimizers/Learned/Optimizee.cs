using Strata.Memory;
using Strata.Random;

namespace Strata.Nn;

/// <summary>A family of functions f(θ) to be minimized, of which one, or some side by side, are drawn: what an optimizer is learned on and compared by.</summary>
public abstract class Optimizee
{
    /// <summary>θ.</summary>
    public abstract IReadOnlyList<Variable> Parameters { get; }

    /// <summary>How many functions are minimized side by side.</summary>
    public virtual int Count => 1;

    /// <summary>Draws other functions, by assigning variables, and puts θ where it begins.</summary>
    public abstract void Draw(RandomStream random);

    /// <summary>What f depends on in each of the next steps beside θ, [steps, …]: batches of examples. By default nothing.</summary>
    public virtual Tensor[] Batches(int steps, RandomStream random) => [];

    /// <summary>f(θ), a scalar: the sum over the functions side by side, each of which depends on parameters of its own.</summary>
    /// <param name="batch">What <see cref="Batches"/> gave for the step.</param>
    public abstract Tensor Loss(Tensor[] batch);

    /// <summary>Draws functions and minimizes them, each from its beginning.</summary>
    /// <param name="optimizer">Changes θ; what it has gathered is forgotten before each draw.</param>
    /// <param name="steps">How often.</param>
    /// <param name="random">Whence functions and batches are drawn: the same stream gives every optimizer the same.</param>
    /// <param name="draws">How often functions are drawn.</param>
    /// <returns>f before each step and after the last, the mean over functions and draws: [steps + 1].</returns>
    public double[] Minimize(Optimizer optimizer, int steps, RandomStream random, int draws = 1)
    {
        var minimize = Compiled.Function((Tensor[] batches) => Losses(optimizer, steps, batches, secondOrder: false).Cast(DType.Float64));
        var mean = new double[steps + 1];
        for (var draw = 0; draw < draws; draw++)
        {
            using var scope = new TensorScope();
            Draw(random);
            optimizer.Reset();
            var losses = minimize(Batches(steps + 1, random)).ToArray<double>();
            for (var t = 0; t <= steps; t++) mean[t] += losses[t] / Count / draws;
        }

        return mean;
    }

    /// <summary>f before each step of an optimizer and after the last: [steps + 1].</summary>
    /// <param name="optimizer">Changes θ.</param>
    /// <param name="steps">How often.</param>
    /// <param name="batches">[steps + 1, …].</param>
    /// <param name="secondOrder">Whether who differentiates the result sees that ∇f(θ) depends on θ, too.</param>
    internal Tensor Losses(Optimizer optimizer, int steps, Tensor[] batches, bool secondOrder)
    {
        var (_, losses) = Flow.Scan(
            (batch, _) =>
            {
                var (f, gradients) = Gradient.ValueAndGradient(() => Loss(batch), Parameters);
                optimizer.Apply(Parameters, secondOrder ? gradients : Array.ConvertAll(gradients, g => g.StopGradient()));
                return ([], [f]);
            },
            Array.ConvertAll(batches, b => b[..steps]),
            [],
            steps);
        return Tensor.Concatenate([losses[0], Loss(Array.ConvertAll(batches, b => b[steps])).Reshape(1)], 0);
    }
}
