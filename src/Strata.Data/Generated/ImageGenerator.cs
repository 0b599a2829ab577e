using Strata.Random;
using Strata.Threading;

namespace Strata.Data;

/// <summary>Pictures that are drawn when they are asked for, without end. Picture i of a seed is a pure function of (seed, i): the same in every epoch, on any
/// machine, for any number of threads. <c>Take</c> makes a data set of some; <see cref="Split"/> keeps them in memory.</summary>
public abstract class ImageGenerator : Dataset<(Tensor X, Tensor Y)>
{
    /// <summary>The number of the first test picture of <see cref="Split"/>: far beyond what anybody trains on, so that the test pictures are the same and new
    /// whatever the number of training pictures.</summary>
    public const long FirstTestPicture = 1L << 40;

    readonly long seed;

    /// <summary>Fixes what all pictures have in common.</summary>
    /// <param name="seed">The same seed gives the same pictures.</param>
    /// <param name="imageShape">[height, width, channels] of one picture.</param>
    /// <param name="classes">The names of the classes.</param>
    protected ImageGenerator(long seed, Shape imageShape, IReadOnlyList<string> classes) => (this.seed, ImageShape, Classes) = (seed, imageShape, classes);

    /// <summary>[height, width, channels] of one picture.</summary>
    public Shape ImageShape { get; }

    /// <summary>The names of the classes; a label is a place in this list.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Null: there is no end.</summary>
    public sealed override long? Count => null;

    /// <summary>Draws one picture.</summary>
    /// <param name="random">The picture's own stream.</param>
    /// <param name="image">To be filled: height·width·channels zeros.</param>
    /// <returns>The label.</returns>
    protected abstract int Draw(RandomStream random, Span<float> image);

    /// <summary>The pictures <paramref name="start"/> … <paramref name="start"/> + <paramref name="count"/> − 1, drawn by all threads.</summary>
    /// <returns>Pictures [count, height, width, channels] float32 and labels [count] int32.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public (Tensor X, Tensor Y) Generate(long start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var size = (int)ImageShape.Size;
        var (pixels, labels) = (new float[checked(count * size)], new int[count]);
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Workers.Threads }, i =>
            labels[i] = Draw(StreamOf(seed, start + i), pixels.AsSpan(i * size, size)));
        return (Tensor.From(pixels, [count, .. ImageShape.Span]), Tensor.From(labels, [count]));
    }

    /// <summary>Pictures in memory: the first <paramref name="train"/>, and <paramref name="test"/> that no number of training pictures reaches.</summary>
    public ImageDataset Split(int train, int test)
    {
        var (a, b) = (Generate(0, train), Generate(FirstTestPicture, test));
        return new(new(a.X, a.Y), new(b.X, b.Y), Classes);
    }

    private protected static RandomStream StreamOf(long seed, long picture) => EpochRandom.Of(seed, picture);

    /// <inheritdoc/>
    protected internal sealed override IEnumerable<(Tensor X, Tensor Y)> Enumerate(long epoch, long start)
    {
        for (var i = start; ; i++)
        {
            var (x, y) = Generate(i, 1);
            yield return (x.Reshape(ImageShape), y.Reshape());
        }
    }

    internal sealed override Dataset<(Tensor X, Tensor Y)> BatchCore(int size, bool dropRemainder, Func<IReadOnlyList<(Tensor X, Tensor Y)>, (Tensor X, Tensor Y)> stack)
    {
        BatchStage<int, int>.CheckSize(size);
        return new GeneratedDataset<(Tensor X, Tensor Y)>(batch => Generate(checked(batch * size), size), null);
    }
}
