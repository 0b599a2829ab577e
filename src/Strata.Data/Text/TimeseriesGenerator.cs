namespace Strata.Data;

/// <summary>Windows of a series and what comes after each: row r gives the inputs data[r − length … r − 1] and the target targets[r].</summary>
public sealed class TimeseriesGenerator : IBatches
{
    readonly Tensor data, targets;
    readonly int length, samplingRate, stride, batchSize, first, last;
    readonly bool reverse;
    readonly long? seed;

    /// <summary>Makes the windows.</summary>
    /// <param name="data">The series [n, …].</param>
    /// <param name="targets">What to predict at each step [n, …]; often the series itself.</param>
    /// <param name="length">How far back a window reaches.</param>
    /// <param name="samplingRate">Takes every so-manieth step of a window.</param>
    /// <param name="stride">How far a window is from the next.</param>
    /// <param name="startIndex">The first step to use.</param>
    /// <param name="endIndex">The last step to use; by default the last there is.</param>
    /// <param name="reverse">Whether windows run back in time.</param>
    /// <param name="batchSize">Windows in a batch; the last batch may have fewer.</param>
    /// <param name="shuffleSeed">Puts the windows in an order of their own each epoch; none: in time's.</param>
    /// <exception cref="ShapeException">The series do not fit, or no window does.</exception>
    public TimeseriesGenerator(
        Tensor data, Tensor targets, int length, int samplingRate = 1, int stride = 1, int startIndex = 0, int? endIndex = null, bool reverse = false, int batchSize = 128, long? shuffleSeed = null)
    {
        if (data.Rank == 0 || targets.Rank == 0 || data.Shape[0] != targets.Shape[0])
            throw new ShapeException($"TimeseriesGenerator: the data {data.Shape} and targets {targets.Shape} must be as long as each other.");
        foreach (var (value, name) in ((int, string)[])[(length, nameof(length)), (samplingRate, nameof(samplingRate)), (stride, nameof(stride)), (batchSize, nameof(batchSize))])
            if (value < 1) throw new ArgumentOutOfRangeException(name, value, $"TimeseriesGenerator: {name} must be at least 1.");
        (this.data, this.targets, this.length, this.samplingRate, this.stride, this.batchSize, this.reverse, seed) =
            (data, targets, length, samplingRate, stride, batchSize, reverse, shuffleSeed);
        (first, last) = (startIndex + length, endIndex ?? data.Shape[0] - 1);
        if (startIndex < 0 || last >= data.Shape[0] || first > last)
            throw new ShapeException($"TimeseriesGenerator: no window of {length} and the step after it fits between the steps {startIndex} and {last} of {data.Shape[0]}.");
    }

    /// <summary>The number of windows.</summary>
    public int Count => ((last - first) / stride) + 1;

    /// <inheritdoc/>
    public int? BatchCount => (Count + batchSize - 1) / batchSize;

    /// <inheritdoc/>
    public IEnumerable<Batch> Epoch(int epoch, int skip = 0)
    {
        var rows = new int[Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = first + (i * stride);
        if (seed is { } s) EpochRandom.Of(s, epoch).Shuffle<int>(rows);
        for (var b = skip; b < BatchCount; b++) yield return Of(rows.AsSpan(b * batchSize, Math.Min(batchSize, rows.Length - (b * batchSize))));
    }

    Batch Of(ReadOnlySpan<int> rows)
    {
        var steps = (length + samplingRate - 1) / samplingRate;
        var places = new int[rows.Length * steps];
        for (var i = 0; i < rows.Length; i++)
            for (var j = 0; j < steps; j++) places[(i * steps) + (reverse ? steps - 1 - j : j)] = rows[i] - length + (j * samplingRate);
        return new Batch(data.Gather(Tensor.From(places, [rows.Length, steps])), targets.Gather(Tensor.From(rows))) { IsTemporary = true };
    }
}
