using Strata.Random;

namespace Strata.Data;

/// <summary>Priority sort (section 4.5): vectors of random bits, each with a priority from U(−1, 1), and an end flag; then those of the highest priorities are
/// asked for, the highest first. Priority and flag have channels of their own.</summary>
/// <param name="bits">The size of a vector.</param>
/// <param name="vectors">How many come in.</param>
/// <param name="asked">How many are asked for.</param>
public sealed class PrioritySortTask(int bits, int vectors = 20, int asked = 16) : AlgorithmicTask
{
    readonly int asked = asked >= 1 && asked <= vectors
        ? asked
        : throw new StrataException($"PrioritySortTask: of {vectors} vectors {asked} cannot be asked for.");

    /// <inheritdoc/>
    public override int Inputs => bits + 2;

    /// <inheritdoc/>
    public override int Outputs => bits;

    /// <inheritdoc/>
    public override Batch Draw(int count, RandomStream random)
    {
        var steps = vectors + 1 + asked;
        var (x, y) = (new float[count, steps, Inputs], new float[count, steps, bits]);
        for (var i = 0; i < count; i++)
        {
            var priorities = new double[vectors];
            for (var v = 0; v < vectors; v++)
            {
                Bits(x, i, v, bits, random);
                x[i, v, bits] = (float)(priorities[v] = (2 * random.NextDouble()) - 1);
            }

            x[i, vectors, bits + 1] = 1;
            var order = Enumerable.Range(0, vectors).OrderByDescending(v => priorities[v]).ToArray();
            for (var a = 0; a < asked; a++) Copy(x, order[a], y, vectors + 1 + a, i, bits);
        }

        return Made(x, y, ^asked..);
    }
}
