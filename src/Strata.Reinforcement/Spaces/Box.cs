namespace Strata.Reinforcement;

/// <summary>Arrays whose numbers lie between bounds of their own, which may be infinite.</summary>
public sealed record Box : Space
{
    readonly double[] low, high;

    /// <summary>The space between bounds for each number.</summary>
    /// <param name="low">The lower bounds, row-major.</param>
    /// <param name="high">The upper bounds.</param>
    /// <param name="shape">The shape of an element.</param>
    /// <param name="dtype">The type of its numbers.</param>
    /// <exception cref="ShapeException">There are not as many bounds as numbers, or a lower bound is above the upper one.</exception>
    public Box(ReadOnlySpan<double> low, ReadOnlySpan<double> high, Shape shape, DType dtype = DType.Float32)
        : base(shape, dtype)
    {
        if (low.Length != shape.Size || high.Length != shape.Size)
            throw new ShapeException($"Box: {low.Length} lower and {high.Length} upper bounds were given for {shape}, which needs {shape.Size} of each.");
        for (var i = 0; i < low.Length; i++)
            if (!(low[i] <= high[i])) throw new ShapeException($"Box: the bounds {low[i]} and {high[i]} of number {i} enclose nothing.");
        (this.low, this.high) = (low.ToArray(), high.ToArray());
    }

    /// <summary>The space between two bounds for all numbers.</summary>
    /// <inheritdoc cref="Box(ReadOnlySpan{double}, ReadOnlySpan{double}, Shape, DType)"/>
    public Box(double low, double high, Shape shape, DType dtype = DType.Float32)
        : this(Repeated(low, shape), Repeated(high, shape), shape, dtype)
    {
    }

    /// <summary>The space ±bound for each number of a vector.</summary>
    public static Box Symmetric(params ReadOnlySpan<double> bounds)
    {
        var low = bounds.ToArray();
        foreach (ref var x in low.AsSpan()) x = -x;
        return new Box(low, bounds, [bounds.Length]);
    }

    /// <summary>The lower bounds, row-major.</summary>
    public ReadOnlySpan<double> Low => low;

    /// <summary>The upper bounds, row-major.</summary>
    public ReadOnlySpan<double> High => high;

    /// <inheritdoc/>
    public override bool Contains(ReadOnlySpan<double> element)
    {
        if (element.Length != low.Length || (!DType.IsFloating() && !AreWhole(element))) return false;
        for (var i = 0; i < element.Length; i++)
            if (!(element[i] >= low[i] && element[i] <= high[i])) return false;
        return true;
    }

    /// <summary>Writes a random element: uniform between finite bounds, exponential from one finite bound, normal without any; as Gymnasium does.</summary>
    /// <inheritdoc/>
    public override void Sample(NumpyRandom random, Span<double> element)
    {
        for (var i = 0; i < element.Length; i++)
        {
            element[i] = (double.IsFinite(low[i]), double.IsFinite(high[i])) switch
            {
                (true, true) when DType.IsFloating() => random.Uniform(low[i], high[i]),
                (true, true) => Math.Floor(random.Uniform(low[i], high[i] + 1)),
                (true, false) => low[i] - Math.Log(1 - random.NextDouble()),
                (false, true) => high[i] + Math.Log(1 - random.NextDouble()),
                _ => random.Normal(),
            };
        }
    }

    /// <inheritdoc/>
    public bool Equals(Box? other) => other is not null && base.Equals(other) && Low.SequenceEqual(other.Low) && High.SequenceEqual(other.High);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Shape, DType);

    /// <inheritdoc/>
    public override string ToString() => low.Length > 0 && low.AsSpan().IndexOfAnyExcept(low[0]) < 0 && high.AsSpan().IndexOfAnyExcept(high[0]) < 0
        ? $"Box({low[0]}, {high[0]}, {Shape}, {DType.Name()})"
        : $"Box({Shape}, {DType.Name()})";

    static double[] Repeated(double value, Shape shape)
    {
        var all = new double[shape.Size];
        Array.Fill(all, value);
        return all;
    }
}
