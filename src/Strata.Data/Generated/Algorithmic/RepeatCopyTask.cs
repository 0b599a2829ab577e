using Strata.Random;

namespace Strata.Data;

/// <summary>Repeat copy (section 4.2): as <see cref="CopyTask"/>, but the end flag is a number, and so many copies are asked for, and an end marker after the
/// last. The number comes as (r − mean)/deviation of the numbers that are drawn.</summary>
/// <param name="bits">The size of a vector.</param>
/// <param name="length">The least and the most vectors of a sequence.</param>
/// <param name="repeats">The least and the most copies.</param>
public sealed class RepeatCopyTask(int bits, (int Least, int Most) length, (int Least, int Most) repeats) : AlgorithmicTask
{
    readonly (int Least, int Most) length = Checked(length, nameof(RepeatCopyTask), "lengths"), repeats = Checked(repeats, nameof(RepeatCopyTask), "numbers of copies");

    /// <inheritdoc/>
    public override int Inputs => bits + 2;

    /// <summary>The bits and the end marker.</summary>
    public override int Outputs => bits + 1;

    /// <inheritdoc/>
    public override Batch Draw(int count, RandomStream random) =>
        Draw(count, Between(length.Least, length.Most, random), Between(repeats.Least, repeats.Most, random), random);

    /// <summary>Draws sequences of one length and number of copies, which may be more than those of training; the number is still scaled as in training.</summary>
    /// <param name="count">How many.</param>
    /// <param name="vectors">Vectors of a sequence.</param>
    /// <param name="copies">Copies asked for.</param>
    /// <param name="random">Whence.</param>
    public Batch Draw(int count, int vectors, int copies, RandomStream random)
    {
        var steps = vectors + 2 + (vectors * copies) + 1;
        var (x, y) = (new float[count, steps, Inputs], new float[count, steps, Outputs]);
        for (var i = 0; i < count; i++)
        {
            x[i, 0, bits] = 1;
            x[i, vectors + 1, bits + 1] = (float)Scaled(copies);
            y[i, steps - 1, bits] = 1;
            for (var v = 0; v < vectors; v++)
            {
                Bits(x, i, v + 1, bits, random);
                for (var c = 0; c < copies; c++) Copy(x, v + 1, y, vectors + 2 + (c * vectors) + v, i, bits);
            }
        }

        return Made(x, y, (vectors + 2)..);
    }

    // A number from a … b, all alike, has mean (a + b)/2 and variance ((b − a + 1)² − 1)/12.
    double Scaled(int copies)
    {
        var span = repeats.Most - repeats.Least + 1.0;
        return (copies - ((repeats.Least + repeats.Most) / 2.0)) / Math.Sqrt(Math.Max((span * span) - 1, 12) / 12);
    }
}
