using Strata.Random;

namespace Strata.Data;

/// <summary>Dynamic n-grams (section 4.4): each sequence has a table of its own that says with which probability, drawn from Beta(½, ½), a 1 follows the last
/// <paramref name="context"/> bits; the next bit is asked for. It begins with random bits.</summary>
/// <param name="context">How many bits decide on the next; 5 in the paper.</param>
/// <param name="length">The bits of a sequence.</param>
public sealed class NGramTask(int context = 5, int length = 200) : AlgorithmicTask
{
    readonly int length = context >= 1 && length > context
        ? length
        : throw new StrataException($"NGramTask: {length} bits do not fit a context of {context}; there must be more of them, and 1 in the context at least.");

    /// <summary>How many bits decide on the next.</summary>
    public int Context => context;

    /// <summary>The bits of a sequence.</summary>
    public int Length => length;

    /// <inheritdoc/>
    public override int Inputs => 1;

    /// <inheritdoc/>
    public override int Outputs => 1;

    /// <inheritdoc/>
    public override Batch Draw(int count, RandomStream random)
    {
        var (x, y) = (new float[count, length - 1, 1], new float[count, length - 1, 1]);
        for (var i = 0; i < count; i++)
        {
            // sin²(πu/2) of a uniform u has the distribution Beta(½, ½).
            var table = new double[1 << context];
            for (var c = 0; c < table.Length; c++) table[c] = Math.Pow(Math.Sin(Math.PI / 2 * random.NextDouble()), 2);
            var last = 0;
            for (var t = 0; t < length; t++)
            {
                var bit = random.NextDouble() < (t < context ? 0.5 : table[last]) ? 1 : 0;
                last = ((last << 1) | bit) & (table.Length - 1);
                if (t < length - 1) x[i, t, 0] = bit;
                if (t >= context) y[i, t - 1, 0] = bit;
            }
        }

        return Made(x, y, (context - 1)..);
    }

    /// <summary>What the best estimator believes, P(1 | c) = (N₁ + ½)/(N₀ + N₁ + 1) from how often 0 and 1 followed the context c before (10).</summary>
    /// <param name="batch">Sequences of this task.</param>
    /// <returns>Probabilities like the targets [n, t, 1]; ½ before the first that is asked for.</returns>
    public Tensor BestGuesses(Batch batch)
    {
        var (x, y) = (batch.Inputs[0].ToArray<float>(), batch.Targets[0].ToArray<float>());
        var steps = length - 1;
        var guesses = new float[x.Length];
        for (var i = 0; i < x.Length / steps; i++)
        {
            var seen = new int[1 << context, 2];
            var last = 0;
            for (var t = 0; t < steps; t++)
            {
                var at = (i * steps) + t;
                last = ((last << 1) | (int)x[at]) & ((1 << context) - 1);
                guesses[at] = t < context - 1 ? 0.5f : (seen[last, 1] + 0.5f) / (seen[last, 0] + seen[last, 1] + 1);     // (10)
                if (t >= context - 1) seen[last, (int)y[at]]++;
            }
        }

        return Tensor.From(guesses, batch.Targets[0].Shape);
    }
}
