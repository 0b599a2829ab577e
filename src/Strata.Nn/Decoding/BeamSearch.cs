namespace Strata.Nn;

/// <summary>Looks for the best sequences of a model that gives one token after the other, keeping several hypotheses. Sequences are ranked by
/// log P/lp + cp with the length penalty lp = ((5 + length)/6)^α and the coverage penalty cp = β·Σᵢ ln min(Σⱼ pᵢⱼ, 1) over the source's places i
/// (Wu et al. 2016, arXiv 1609.08144, equation 14); the end counts as a token.</summary>
/// <typeparam name="TState">What the model keeps of a hypothesis.</typeparam>
/// <param name="step">The model: from the states and the last tokens of some hypotheses to what may follow each.</param>
/// <param name="end">The token that ends a sequence.</param>
/// <param name="width">How many hypotheses are kept.</param>
/// <param name="maxLength">The most tokens of a sequence, the end included.</param>
/// <param name="lengthPenalty">α: 0 ranks by probability, which favors short sequences.</param>
/// <param name="coveragePenalty">β: how much it counts that all of the source was looked at.</param>
public sealed class BeamSearch<TState>(
    Func<IReadOnlyList<TState>, IReadOnlyList<int>, BeamStep<TState>> step, int end, int width = 4, int maxLength = 100, double lengthPenalty = 0, double coveragePenalty = 0)
{
    readonly int width = width > 0 ? width : throw new ArgumentOutOfRangeException(nameof(width), width, "BeamSearch: width must be at least 1.");
    readonly int maxLength = maxLength > 0 ? maxLength : throw new ArgumentOutOfRangeException(nameof(maxLength), maxLength, "BeamSearch: maxLength must be at least 1.");

    /// <summary>The best sequences, the best first; at most the width.</summary>
    /// <param name="state">The model's state at the start.</param>
    /// <param name="first">The token that begins all sequences.</param>
    public IReadOnlyList<Hypothesis> Search(TState state, int first)
    {
        var live = new List<Node> { new(state, null, first, 0, null, null) };
        var done = new List<Hypothesis>();
        for (var length = 1; length <= maxLength && live.Count > 0; length++)
        {
            var next = Extended(live).OrderByDescending(n => n.LogProbability).Take(width).ToList();
            done.AddRange(next.Where(n => n.Token == end).Select(n => Finished(n, length, ended: true)));
            live = [.. next.Where(n => n.Token != end)];
            if (length == maxLength) done.AddRange(live.Select(n => Finished(n, length, ended: false)));
            done = [.. done.OrderByDescending(h => h.Score).Take(width)];
            if (done.Count == width && live.TrueForAll(n => Bound(n) <= done[^1].Score)) break;
        }

        return done;
    }

    IEnumerable<Node> Extended(List<Node> live)
    {
        var said = step([.. live.Select(n => n.State)], [.. live.Select(n => n.Token)]);
        if (said.States.Length != live.Count || said.LogProbabilities.Length != live.Count)
            throw new StrataException($"BeamSearch: the step was given {live.Count} hypotheses, but answered with {said.States.Length} states and {said.LogProbabilities.Length} rows of probabilities.");
        for (var i = 0; i < live.Count; i++)
        {
            var looks = said.Attention?[i];
            var looked = looks is null ? null : Sum(live[i].Looked, looks);
            var row = said.LogProbabilities[i];
            foreach (var token in Best(row)) yield return new Node(said.States[i], live[i], token, live[i].LogProbability + row[token], looked, looks);
        }
    }

    // No more than the width of a row can be among the best of all. Insertion is quick: in a long row few numbers are larger than the best so far.
    List<int> Best(double[] row)
    {
        var best = new List<int>(Math.Min(width, row.Length) + 1);
        for (var token = 0; token < row.Length; token++)
        {
            if (double.IsNegativeInfinity(row[token]) || (best.Count == width && row[token] <= row[best[^1]])) continue;
            var at = best.Count;
            while (at > 0 && row[token] > row[best[at - 1]]) at--;
            best.Insert(at, token);
            if (best.Count > width) best.RemoveAt(width);
        }

        return best;
    }

    Hypothesis Finished(Node node, int length, bool ended)
    {
        var coverage = 0.0;
        if (coveragePenalty != 0 && node.Looked is { } looked)
            foreach (var sum in looked) coverage += Math.Log(Math.Min(sum, 1));
        var tokens = new Stack<int>();
        var looks = node.Looks is null ? null : new Stack<double[]>();
        for (var at = ended ? node.Before! : node; at.Before is { } before; at = before)
        {
            tokens.Push(at.Token);
            looks?.Push(at.Looks!);
        }

        return new Hypothesis([.. tokens], node.LogProbability, (node.LogProbability / Penalty(length)) + (coveragePenalty * coverage), ended, looks?.ToArray());
    }

    double Penalty(int length) => Math.Pow((5 + length) / 6.0, lengthPenalty);

    // No continuation scores higher: probabilities only fall, the divisor is largest at one end, and the coverage adds at most 0.
    double Bound(Node node) => node.LogProbability / Math.Max(Penalty(1), Penalty(maxLength));

    static double[] Sum(double[]? a, double[] b)
    {
        if (a is null) return b;
        var sum = new double[b.Length];
        for (var i = 0; i < sum.Length; i++) sum[i] = a[i] + b[i];
        return sum;
    }

    sealed record Node(TState State, Node? Before, int Token, double LogProbability, double[]? Looked, double[]? Looks);
}
