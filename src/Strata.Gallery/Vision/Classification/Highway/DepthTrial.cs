using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Vision.Classification;

/// <summary>A setting of the study of depth (section 3.1), fixed or drawn at random.</summary>
/// <param name="Depth">Layers before the softmax.</param>
/// <param name="LearningRate">The first η.</param>
/// <param name="Activation">The name of the function in H.</param>
/// <param name="GateBias">The first b_T; null: a plain network.</param>
/// <param name="Momentum">μ.</param>
/// <param name="Decay">What η is multiplied by after each epoch.</param>
public sealed record DepthTrial(int Depth, double LearningRate, string Activation = "relu", double? GateBias = null, double Momentum = .9, double Decay = 1)
{
    /// <summary>A setting of the random search: η log-uniform in a range, μ in [.5, .95], decay in [.9, 1], ReLU or tanh, and b_T in [−10, −1].</summary>
    public static DepthTrial Draw(RandomStream random, int depth, bool highway, double lowest, double highest) => new(
        depth,
        lowest * Math.Pow(highest / lowest, random.NextDouble()),
        random.NextInt(2) == 0 ? "relu" : "tanh",
        highway ? -1 - (9 * random.NextDouble()) : null,
        .5 + (.45 * random.NextDouble()),
        .9 + (.1 * random.NextDouble()));

    /// <summary>What is trained, for people.</summary>
    public string Title => FormattableString.Invariant($"{(GateBias is null ? "plain" : "highway")}-{Depth} {Activation}, η {LearningRate:0.####}")
        + (GateBias is { } b ? FormattableString.Invariant($", b_T {b:0.#}") : "");

    /// <summary>Trains on batches of 64 and gives the network with its loss on all the examples; +∞ if training went to pieces.</summary>
    public (Sequential Network, double Loss) Train(Run run, Tensor x, Tensor y, int epochs)
    {
        var seed = run.SeedFor(Title);
        var network = GateBias is { } bias ? HighwayNetwork.Create(seed, Depth, bias, Activation) : HighwayNetwork.CreatePlain(seed, Depth, Activation);
        var steps = (x.Shape[0] + 63) / 64;
        network.Compile(new SGD(new ExponentialDecay(LearningRate, steps, Decay), Momentum), Loss.SparseCategoricalCrossentropy);
        try
        {
            run.Fit(Title, network, new TensorBatches([x], [y], 64, run.SeedFor("order")), epochs);
            return (network, network.Evaluate(x, y, 256)["loss"]);
        }
        catch (NonFiniteLossException)
        {
            return (network, double.PositiveInfinity);
        }
    }
}
