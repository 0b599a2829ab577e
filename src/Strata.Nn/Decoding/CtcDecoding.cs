namespace Strata.Nn;

/// <summary>Reads labels out of the scores of a network that was trained with <see cref="CtcLoss"/>.</summary>
public static class CtcDecoding
{
    /// <summary>The most probable class of each step, repetitions merged and blanks removed (best path decoding).</summary>
    /// <param name="scores">[t, classes], any scores that grow with the probability.</param>
    /// <param name="blank">The class that stands for no label.</param>
    public static int[] BestPath(Tensor scores, int blank = 0)
    {
        Check(scores, blank);
        var labels = new List<int>();
        var last = blank;
        foreach (var best in scores.ArgMax(-1).ToArray<long>())
        {
            if (best != last && best != blank) labels.Add((int)best);
            last = (int)best;
        }

        return [.. labels];
    }

    /// <summary>The most probable label sequences, the alignments of each taken together (prefix beam search; Hannun, Maas, Jurafsky and Ng 2014, without a language
    /// model).</summary>
    /// <param name="logits">[t, classes]; log-probabilities are logits, too.</param>
    /// <param name="width">How many prefixes are kept after each step.</param>
    /// <param name="blank">The class that stands for no label.</param>
    /// <returns>At most <paramref name="width"/> sequences, the most probable first, with the logarithm of the probability that was found; a lower bound, since
    /// alignments through prefixes that were dropped are missing.</returns>
    public static IReadOnlyList<(int[] Labels, double LogProbability)> PrefixBeam(Tensor logits, int width = 100, int blank = 0)
    {
        Check(logits, blank);
        if (width < 1) throw new ArgumentOutOfRangeException(nameof(width), width, "CtcDecoding: the width must be at least 1.");
        var (steps, classes) = (logits.Shape[0], logits.Shape[1]);
        var p = logits.Cast(DType.Float64).LogSoftmax().ToArray<double>();
        var beam = new List<Prefix> { new(null, -1) { Blank = 0 } };
        for (var t = 0; t < steps; t++)
        {
            var row = p.AsSpan(t * classes, classes);
            var reached = new HashSet<Prefix>();
            foreach (var prefix in beam)
            {
                prefix.NextBlank = Add(prefix.NextBlank, prefix.Total + row[blank]);
                if (prefix.Parent is not null) prefix.NextLabel = Add(prefix.NextLabel, prefix.Label + row[prefix.Last]);
                reached.Add(prefix);
                for (var k = 0; k < classes; k++)
                {
                    if (k == blank) continue;
                    var longer = prefix.Then(k);
                    longer.NextLabel = Add(longer.NextLabel, (k == prefix.Last ? prefix.Blank : prefix.Total) + row[k]); // a repetition needs a blank between
                    reached.Add(longer);
                }
            }

            foreach (var prefix in beam) (prefix.Blank, prefix.Label) = (double.NegativeInfinity, double.NegativeInfinity); // those that fall out have no paths any more
            foreach (var prefix in reached) prefix.Advance();
            beam = [.. reached.OrderByDescending(x => x.Total).Take(width)];
            foreach (var prefix in reached.Except(beam)) (prefix.Blank, prefix.Label) = (double.NegativeInfinity, double.NegativeInfinity);
        }

        return [.. beam.Select(x => (x.Labels(), x.Total))];
    }

    static double Add(double a, double b)
    {
        if (a < b) (a, b) = (b, a);
        return double.IsNegativeInfinity(b) ? a : a + Math.Log(1 + Math.Exp(b - a));
    }

    static void Check(Tensor scores, int blank)
    {
        if (scores.Rank != 2) throw new ShapeException($"CtcDecoding: the scores are {scores.Shape}; those of one example are [steps, classes].");
        if (blank < 0 || blank >= scores.Shape[1]) throw new ShapeException($"CtcDecoding: the blank {blank} is none of the {scores.Shape[1]} classes.");
    }

    /// <summary>A sequence of labels with the logarithms of the probabilities of its paths so far, those that end in a blank and those that end in its last label.</summary>
    sealed class Prefix(Prefix? parent, int last)
    {
        readonly Dictionary<int, Prefix> longer = [];

        public Prefix? Parent => parent;

        public int Last => last;

        public double Blank { get; set; } = double.NegativeInfinity;

        public double Label { get; set; } = double.NegativeInfinity;

        public double NextBlank { get; set; } = double.NegativeInfinity;

        public double NextLabel { get; set; } = double.NegativeInfinity;

        public double Total => Add(Blank, Label);

        public Prefix Then(int label) => longer.TryGetValue(label, out var found) ? found : longer[label] = new Prefix(this, label);

        public void Advance()
        {
            (Blank, Label) = (NextBlank, NextLabel);
            (NextBlank, NextLabel) = (double.NegativeInfinity, double.NegativeInfinity);
        }

        public int[] Labels()
        {
            var labels = new Stack<int>();
            for (var at = this; at.Parent is { } before; at = before) labels.Push(at.Last);
            return [.. labels];
        }
    }
}
