using Strata.Nn;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.Asynchronous;

/// <summary>Catch on 10×10 pixels, two pictures a state, for asynchronous learners.</summary>
internal static class AsyncCatch
{
    /// <summary>Two pictures.</summary>
    public static Env Make() => new FrameStack(new Catch(), 2);

    /// <summary>What is observed.</summary>
    public static Space Observed { get; } = Make().ObservationSpace;

    /// <summary>A network of one hidden layer of 128, with its weights.</summary>
    public static Sequential Network(int outputs, long seed)
    {
        var network = QNetworks.Pixels(outputs, seed);
        network.BuildFor(Observed.Shape, Observed.DType);
        return network;
    }

    /// <summary>Trains in stretches and logs the course.</summary>
    public static void Train(Run run, string title, AsyncTrainer trainer, long steps)
    {
        for (var k = 1; k <= 10; k++)
        {
            trainer.Run(steps * k / 10);
            run.Metric($"{title}/return of the last 500 episodes", trainer.Steps, trainer.MeanReturn(500));
        }
    }

    /// <summary>The mean return of the greedy policy of a network: the largest of its first three outputs.</summary>
    public static double Greedy(Model network, long seed)
    {
        using var env = Make();
        var random = new NumpyRandom(seed);
        return Evaluator.Run(env, e =>
        {
            using var scope = new Memory.TensorScope();
            return Exploration.Greedy(network.Apply(e.ToTensor()).AsSpan<float>()[..3], random);
        }, 500, seed).Mean;
    }
}
