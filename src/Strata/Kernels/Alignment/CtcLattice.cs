namespace Strata.Kernels.Alignment;

/// <summary>The paths through one example of connectionist temporal classification (Graves et al. 2006): the labels with blanks between and around them
/// are the states, and a step stays, goes on, or jumps over a blank between two different labels. In logarithms and double, as probabilities
/// of long sequences underflow.</summary>
/// <param name="labels">The labels.</param>
/// <param name="blank">The class that stands for none.</param>
/// <param name="steps">How many steps count.</param>
internal readonly ref struct CtcLattice(ReadOnlySpan<int> labels, int blank, int steps)
{
    readonly ReadOnlySpan<int> labels = labels;

    /// <summary>The number of states.</summary>
    public int States => (2 * labels.Length) + 1;

    /// <summary>The class of a state.</summary>
    public int Class(int state) => (state & 1) == 0 ? blank : labels[state / 2];

    /// <summary>α: the logarithm of the probability to be in each state after each step, [steps, states]; equations 6 and 7.</summary>
    /// <param name="p">The log-probabilities [steps, classes].</param>
    /// <param name="alpha">Is filled.</param>
    /// <returns>The logarithm of the probability of the labels; equation 8.</returns>
    public double Forward(ClassScores p, Span<double> alpha)
    {
        var states = States;
        if (steps == 0) return states == 1 ? 0 : double.NegativeInfinity;
        alpha[..states].Fill(double.NegativeInfinity);
        for (var s = 0; s < Math.Min(2, states); s++) alpha[s] = p[0, Class(s)];
        for (var t = 1; t < steps; t++)
        {
            var before = alpha.Slice((t - 1) * states, states);
            var now = alpha.Slice(t * states, states);
            for (var s = 0; s < states; s++)
            {
                var sum = before[s];
                if (s > 0) sum = Add(sum, before[s - 1]);
                if (Jumps(s)) sum = Add(sum, before[s - 2]);
                now[s] = sum + p[t, Class(s)];
            }
        }

        var last = alpha.Slice((steps - 1) * states, states);
        return states > 1 ? Add(last[^1], last[^2]) : last[^1];
    }

    /// <summary>β without the step's own emission: the logarithm of the probability to end well from each state after each step, [steps, states]; equations 9 to 11.</summary>
    public void Backward(ClassScores p, Span<double> beta)
    {
        var states = States;
        if (steps == 0) return;
        var last = beta.Slice((steps - 1) * states, states);
        last.Fill(double.NegativeInfinity);
        for (var s = Math.Max(0, states - 2); s < states; s++) last[s] = 0;
        for (var t = steps - 2; t >= 0; t--)
        {
            var after = beta.Slice((t + 1) * states, states);
            var now = beta.Slice(t * states, states);
            for (var s = 0; s < states; s++)
            {
                var sum = after[s] + p[t + 1, Class(s)];
                if (s + 1 < states) sum = Add(sum, after[s + 1] + p[t + 1, Class(s + 1)]);
                if (s + 2 < states && Jumps(s + 2)) sum = Add(sum, after[s + 2] + p[t + 1, Class(s + 2)]);
                now[s] = sum;
            }
        }
    }

    /// <summary>Whether a path may come to a state from the one before the last.</summary>
    bool Jumps(int state) => state > 1 && (state & 1) == 1 && labels[state / 2] != labels[(state / 2) - 1];

    /// <summary>ln(eᵃ + eᵇ).</summary>
    static double Add(double a, double b)
    {
        if (a < b) (a, b) = (b, a);
        return double.IsNegativeInfinity(b) ? a : a + Math.Log(1 + Math.Exp(b - a));
    }
}
