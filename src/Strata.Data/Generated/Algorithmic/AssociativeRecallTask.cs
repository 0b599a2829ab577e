using Strata.Random;

namespace Strata.Data;

/// <summary>Associative recall (section 4.3): items of some vectors of random bits, a delimiter before each; then one of them, not the last, between two query
/// delimiters. The item that followed it is asked for. The delimiters have channels of their own.</summary>
/// <param name="bits">The size of a vector.</param>
/// <param name="vectors">The vectors of an item.</param>
/// <param name="items">The least and the most items of a sequence; 2 at least.</param>
public sealed class AssociativeRecallTask(int bits, int vectors, (int Least, int Most) items) : AlgorithmicTask
{
    readonly (int Least, int Most) items = items.Least >= 2
        ? Checked(items, nameof(AssociativeRecallTask), "numbers of items")
        : throw new StrataException($"AssociativeRecallTask: there must be 2 items at least, not {items.Least}: one to ask with and the one after it.");

    /// <inheritdoc/>
    public override int Inputs => bits + 2;

    /// <inheritdoc/>
    public override int Outputs => bits;

    /// <inheritdoc/>
    public override Batch Draw(int count, RandomStream random)
    {
        var number = Between(items.Least, items.Most, random);
        var query = number * (vectors + 1);
        var steps = query + (2 * vectors) + 2;
        var (x, y) = (new float[count, steps, Inputs], new float[count, steps, bits]);
        for (var i = 0; i < count; i++)
        {
            for (var item = 0; item < number; item++)
            {
                x[i, item * (vectors + 1), bits] = 1;
                for (var v = 1; v <= vectors; v++) Bits(x, i, (item * (vectors + 1)) + v, bits, random);
            }

            x[i, query, bits + 1] = x[i, query + vectors + 1, bits + 1] = 1;
            var asked = random.NextInt(number - 1) * (vectors + 1);
            for (var v = 1; v <= vectors; v++)
            {
                Copy(x, asked + v, x, query + v, i, bits);
                Copy(x, asked + vectors + 1 + v, y, query + vectors + 1 + v, i, bits);
            }
        }

        return Made(x, y, ^vectors..);
    }
}
