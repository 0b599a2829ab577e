namespace Strata.Data;

/// <summary>Where Keras divides a file that holds training and test data in one.</summary>
static class TestShare
{
    /// <exception cref="ArgumentOutOfRangeException">The share is not in [0, 1).</exception>
    public static void Check(string dataset, double testSplit)
    {
        if (testSplit is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(testSplit), testSplit, $"{dataset}: testSplit must be at least 0 and below 1.");
    }

    /// <summary>The number of those to train on, which come first: ⌊n·(1 − share)⌋.</summary>
    public static int TrainCount(int count, double testSplit) => (int)(count * (1 - testSplit));
}
