namespace Strata;

/// <summary>How a convolution or a pooling treats the borders of its input.</summary>
public readonly record struct Padding
{
    enum Kind
    {
        Valid,
        Same,
        Causal,
        Explicit,
    }

    readonly Kind kind;
    readonly ValueList<(int Low, int High)> amounts;

    Padding(Kind kind, ValueList<(int Low, int High)> amounts = default)
    {
        this.kind = kind;
        this.amounts = amounts;
    }

    /// <summary>No padding: windows lie inside the input; n → ⌊(n − d(k − 1) − 1)/s⌋ + 1.</summary>
    public static Padding Valid => new(Kind.Valid);

    /// <summary>Padding so that n → ⌈n/s⌉: ((⌈n/s⌉ − 1)s + d(k − 1) + 1 − n) in all, the smaller half first (Keras's rule).</summary>
    public static Padding Same => new(Kind.Same);

    /// <summary>d(k − 1) before the first element and nothing after the last, so that no output sees a later input.</summary>
    public static Padding Causal => new(Kind.Causal);

    /// <summary>The same amount on both sides of every spatial axis.</summary>
    public static Padding Of(int amount) => Of([(amount, amount)]);

    /// <summary>Amounts before and after each spatial axis; one pair stands for all axes.</summary>
    /// <exception cref="ShapeException">An amount is negative.</exception>
    public static Padding Of(ReadOnlySpan<(int Low, int High)> amounts)
    {
        foreach (var (low, high) in amounts)
            if (low < 0 || high < 0) throw new ShapeException($"Padding: the amounts ({low}, {high}) must be 0 or more.");
        return new Padding(Kind.Explicit, ValueList.Create(amounts));
    }

    /// <summary>What is added before and after the spatial axis <paramref name="axis"/> (counted from 0 among <paramref name="axes"/>) of
    /// <paramref name="size"/> elements for a window of <paramref name="window"/>.</summary>
    /// <exception cref="ShapeException">The explicit amounts are for another number of axes.</exception>
    public (int Low, int High) Resolve(int axis, int axes, int size, int window, int stride, int dilation)
    {
        var reach = dilation * (window - 1);
        switch (kind)
        {
            case Kind.Valid:
                return (0, 0);
            case Kind.Causal:
                return (reach, 0);
            case Kind.Same:
                var total = Math.Max((((size + stride - 1) / stride) - 1) * stride + reach + 1 - size, 0);
                return (total / 2, total - (total / 2));
            default:
                if (amounts.Count != 1 && amounts.Count != axes) throw new ShapeException($"Padding: amounts for {amounts.Count} axes were given, but there are {axes} spatial axes.");
                return amounts[amounts.Count == 1 ? 0 : axis];
        }
    }

    /// <inheritdoc/>
    public override string ToString() => kind == Kind.Explicit ? amounts.ToString() : kind.ToString();
}
