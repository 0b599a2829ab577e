using Strata.Random;

namespace Strata.Nn;

/// <summary>Where models and layers that were given no seed of their own take their random streams from: one sequence a process, the same
/// in each run of a program that makes its models in the same order.</summary>
public static class RandomSeed
{
    static readonly Lock gate = new();
    static RandomStream stream = new(0);

    /// <summary>Begins the sequence anew. Give a model its own seed (<see cref="Model.Seed"/>) where several threads make models.</summary>
    public static void Set(long seed)
    {
        lock (gate) stream = new RandomStream(seed);
    }

    /// <summary>The next stream of the sequence.</summary>
    internal static RandomStream NextStream()
    {
        lock (gate) return stream.Split();
    }
}
