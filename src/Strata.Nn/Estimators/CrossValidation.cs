using Strata.Random;

namespace Strata.Nn;

/// <summary>Judges settings by data that was not learned from: the examples are dealt out to folds, and each fold is judged by what was learned from the others.
/// <code>var best = rates.MaxBy(rate =&gt; CrossValidation.Scores(() =&gt; new Classifier(() =&gt; Build(rate)) { Epochs = 5 }, x, y).Average());</code></summary>
public static class CrossValidation
{
    /// <summary>The score of each fold.</summary>
    /// <param name="create">Makes an estimator of the settings that are tried.</param>
    /// <param name="x">The examples, along axis 0.</param>
    /// <param name="y">Their targets, as many.</param>
    /// <param name="folds">How many folds, 2 to the number of examples.</param>
    /// <param name="seed">The seed of the order in which examples are dealt out.</param>
    public static double[] Scores(Func<Estimator> create, Tensor x, Tensor y, int folds = 5, long seed = 0)
    {
        var n = x.Rank == 0 ? 0 : x.Shape[0];
        if (folds < 2 || folds > n) throw new ArgumentOutOfRangeException(nameof(folds), folds, $"CrossValidation.Scores: of {n} examples 2 to {n} folds can be made.");
        int[] order = new RandomStream(seed).Permutation(n).Cast(DType.Int32).ToArray<int>();
        var scores = new double[folds];
        for (var fold = 0; fold < folds; fold++)
        {
            var (from, to) = ((int)((long)fold * n / folds), (int)((long)(fold + 1) * n / folds));
            var (held, rest) = (Tensor.From(order[from..to]), Tensor.From([.. order[..from], .. order[to..]]));
            var estimator = create();
            estimator.Fit(x.Gather(rest), y.Gather(rest));
            scores[fold] = estimator.Score(x.Gather(held), y.Gather(held));
        }

        return scores;
    }
}
