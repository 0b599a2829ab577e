using Strata.Random;

namespace Strata.Data;

/// <summary>Copy (section 4.1): a start flag, vectors of random bits and an end flag; then the vectors are asked for. The flags have channels of their own.</summary>
/// <param name="bits">The size of a vector.</param>
/// <param name="length">The least and the most vectors of a sequence.</param>
public sealed class CopyTask(int bits, (int Least, int Most) length) : AlgorithmicTask
{
    readonly (int Least, int Most) length = Checked(length, nameof(CopyTask), "lengths");

    /// <inheritdoc/>
    public override int Inputs => bits + 2;

    /// <inheritdoc/>
    public override int Outputs => bits;

    /// <inheritdoc/>
    public override Batch Draw(int count, RandomStream random)
    {
        var vectors = Between(length.Least, length.Most, random);
        var steps = (2 * vectors) + 2;
        var (x, y) = (new float[count, steps, Inputs], new float[count, steps, bits]);
        for (var i = 0; i < count; i++)
        {
            x[i, 0, bits] = 1;
            x[i, vectors + 1, bits + 1] = 1;
            for (var v = 0; v < vectors; v++)
            {
                Bits(x, i, v + 1, bits, random);
                Copy(x, v + 1, y, vectors + 2 + v, i, bits);
            }
        }

        return Made(x, y, ^vectors..);
    }
}
