namespace Strata.Formats.Plots;

/// <summary>How often examples of each class were taken for each class.</summary>
public sealed class ConfusionMatrix
{
    // Of more classes, names and numbers could not be read.
    const int MostNamed = 40;

    readonly int[,] counts;

    /// <summary>Counts examples.</summary>
    /// <param name="labels">The class of each example, 0 … classes − 1.</param>
    /// <param name="predictions">What each was taken for, as many.</param>
    /// <param name="classes">How many classes there are, at least 1.</param>
    /// <exception cref="ArgumentException">The numbers of labels and predictions differ, or one of them is no class.</exception>
    public ConfusionMatrix(ReadOnlySpan<int> labels, ReadOnlySpan<int> predictions, int classes)
    {
        if (labels.Length != predictions.Length)
            throw new ArgumentException($"ConfusionMatrix: {labels.Length} labels and {predictions.Length} predictions; they must be as many.");
        if (classes < 1) throw new ArgumentException($"ConfusionMatrix: {classes} classes; at least 1 fits.");
        counts = new int[classes, classes];
        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes || (uint)predictions[i] >= (uint)classes)
                throw new ArgumentException($"ConfusionMatrix: example {i} is of class {labels[i]} and was taken for {predictions[i]}; classes are 0 to {classes - 1}.");
            counts[labels[i], predictions[i]]++;
        }
    }

    /// <summary>How many examples of class <paramref name="label"/> were taken for <paramref name="prediction"/>.</summary>
    public int this[int label, int prediction] => counts[label, prediction];

    /// <summary>The matrix as a heat map: the share of each true class that was taken for each class, in hundredths.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="names">The names of the classes; null: their numbers.</param>
    /// <exception cref="ArgumentException">The names are not as many as the classes.</exception>
    public Plot ToPlot(string title, IReadOnlyList<string>? names = null)
    {
        var classes = counts.GetLength(0);
        var shares = new double[classes, classes];
        for (var row = 0; row < classes; row++)
        {
            var total = Enumerable.Range(0, classes).Sum(column => counts[row, column]);
            for (var column = 0; column < classes; column++) shares[row, column] = total == 0 ? double.NaN : Math.Round((double)counts[row, column] / total, 2);
        }

        names ??= classes > MostNamed ? null : [.. Enumerable.Range(0, classes).Select(i => Ticks.Label(i))];
        var side = Math.Clamp(150 + classes * 34, 360, 640);
        return new Plot(title) { EqualScales = true }.Size(side + 80, side).XAxis("predicted").YAxis("true")
            .HeatMap(shares, "share of the class", ColorMap.Blues, (0, 1), numbered: classes <= 20, rows: names, columns: names);
    }
}
