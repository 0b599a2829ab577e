using Strata.Random;

namespace Strata.Data;

/// <summary>Sequences of bits that a short program answers, drawn without end (Graves, Wayne and Danihelka 2014, section 4). All sequences of a batch are
/// alike in length, so that they need no padding.</summary>
public abstract class AlgorithmicTask
{
    /// <summary>The channels of the input of a step.</summary>
    public abstract int Inputs { get; }

    /// <summary>The bits that are asked for at a step.</summary>
    public abstract int Outputs { get; }

    /// <summary>Draws sequences of a length that is drawn, too.</summary>
    /// <param name="count">n, how many.</param>
    /// <param name="random">Whence.</param>
    /// <returns>Inputs [n, t, <see cref="Inputs"/>], targets [n, t, <see cref="Outputs"/>], zeros where nothing is asked for, and weights [n, t]: at the
    /// steps that are asked for the number of these, 0 at the others. So a loss that sums over the bits of a step comes out as a sum over a sequence.</returns>
    public abstract Batch Draw(int count, RandomStream random);

    /// <summary>Batches for a training loop, all different.</summary>
    /// <param name="size">Sequences of a batch.</param>
    /// <param name="count">Batches of an epoch.</param>
    /// <param name="seed">The same seed gives the same batches.</param>
    public Dataset<Batch> Batches(int size, int count, long seed) => Dataset.FromEpochs(epoch =>
        Enumerable.Range(0, count).Select(i => Draw(size, EpochRandom.Of(seed, (epoch * count) + i))));

    /// <summary>The batch of sequences written to arrays.</summary>
    private protected static Batch Made(float[,,] x, float[,,] y, Range asked)
    {
        var (n, t) = (x.GetLength(0), x.GetLength(1));
        var (start, count) = asked.GetOffsetAndLength(t);
        var weights = new float[n, t];
        for (var i = 0; i < n; i++)
            for (var s = start; s < start + count; s++) weights[i, s] = count;
        return new Batch([Tensor.From(x)], [Tensor.From(y)], [Tensor.From(weights)]);
    }

    /// <summary>Puts random bits into the first channels of a step.</summary>
    private protected static void Bits(float[,,] to, int sequence, int step, int bits, RandomStream random)
    {
        for (var b = 0; b < bits; b++) to[sequence, step, b] = random.NextInt(2);
    }

    /// <summary>Copies the bits of a step.</summary>
    private protected static void Copy(float[,,] from, int step, float[,,] to, int target, int sequence, int bits)
    {
        for (var b = 0; b < bits; b++) to[sequence, target, b] = from[sequence, step, b];
    }

    private protected static int Between(int least, int most, RandomStream random) => least + random.NextInt(most - least + 1);

    private protected static (int Least, int Most) Checked((int Least, int Most) range, string task, string what) => range.Least >= 1 && range.Most >= range.Least
        ? range
        : throw new StrataException($"{task}: {what} of {range.Least} to {range.Most} cannot be drawn; the least is 1, and the most no less than the least.");
}
