namespace Strata.Reinforcement;

/// <summary>How actions are chosen from what a network says. Schedules of ε are those of learning rates, <see cref="Strata.Nn.Schedule"/>.</summary>
public static class Exploration
{
    /// <summary>The action of the largest value; one of several that are as large, with equal probability.</summary>
    public static int Greedy(ReadOnlySpan<float> values, NumpyRandom random)
    {
        var (best, ties) = (0, 1);
        for (var a = 1; a < values.Length; a++)
        {
            if (values[a] > values[best]) (best, ties) = (a, 1);
            else if (values[a] == values[best] && random.NextInt(++ties) == 0) best = a;
        }

        return best;
    }

    /// <summary>With probability ε any action, else a greedy one.</summary>
    public static int EpsilonGreedy(ReadOnlySpan<float> values, double epsilon, NumpyRandom random) =>
        random.Chance(epsilon) ? random.NextInt(values.Length) : Greedy(values, random);

    /// <summary>The probabilities of <see cref="EpsilonGreedy"/>: 1 − ε + ε/m for a single greedy action of m, ε/m for the others.</summary>
    public static double[] EpsilonGreedyProbabilities(ReadOnlySpan<float> values, double epsilon)
    {
        var most = float.NegativeInfinity;
        foreach (var value in values) most = Math.Max(most, value);
        var ties = values.Count(most);
        var probabilities = new double[values.Length];
        for (var a = 0; a < values.Length; a++) probabilities[a] = (epsilon / values.Length) + (values[a] == most ? (1 - epsilon) / ties : 0);
        return probabilities;
    }

    /// <summary>An action with probability ∝ exp(value/temperature): Boltzmann exploration, or for temperature 1 a draw from logits.</summary>
    public static int Softmax(ReadOnlySpan<float> values, NumpyRandom random, double temperature = 1)
    {
        var most = float.NegativeInfinity;
        foreach (var value in values) most = Math.Max(most, value);
        var sum = 0.0;
        foreach (var value in values) sum += Math.Exp((value - most) / temperature);
        var left = random.NextDouble() * sum;
        for (var a = 0; a < values.Length - 1; a++)
        {
            left -= Math.Exp((values[a] - most) / temperature);
            if (left < 0) return a;
        }

        return values.Length - 1;
    }

    /// <summary>A draw from independent normal distributions.</summary>
    /// <param name="mean">μ.</param>
    /// <param name="deviation">σ.</param>
    /// <param name="random">Where it is drawn from.</param>
    /// <param name="action">Takes the draw.</param>
    public static void Gaussian(ReadOnlySpan<float> mean, ReadOnlySpan<float> deviation, NumpyRandom random, Span<float> action)
    {
        for (var i = 0; i < action.Length; i++) action[i] = (float)(mean[i] + (deviation[i] * random.Normal()));
    }
}
