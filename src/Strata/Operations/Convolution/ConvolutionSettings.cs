namespace Strata.Operations;

/// <summary>How the window of a convolution moves, one entry a spatial axis; paddings are amounts, not names.</summary>
internal readonly record struct ConvolutionSettings(ValueList<int> Strides, ValueList<(int Low, int High)> Padding, ValueList<int> Dilation, int Groups)
{
    /// <summary>Resolves what a caller gave for an input [n, spatial…, c] and a kernel [k…, in, out]; empty lists stand for ones, one value for all axes.</summary>
    /// <exception cref="ShapeException">Something does not fit; the message begins with <paramref name="operation"/>.</exception>
    public static ConvolutionSettings Of(
        string operation, Shape x, ReadOnlySpan<int> window, ReadOnlySpan<int> strides, Padding padding, ReadOnlySpan<int> dilation, int groups = 1)
    {
        var axes = x.Rank - 2;
        if (axes is < 1 or > 3) throw new ShapeException($"{operation}: the input must be [examples, 1 to 3 spatial axes, channels], but it is {x}.");
        if (window.Length != axes) throw new ShapeException($"{operation}: the input {x} has {axes} spatial axes, but the window has {window.Length}.");
        var (s, d) = (PerAxis(operation, "strides", strides, axes), PerAxis(operation, "dilation", dilation, axes));
        var amounts = new (int Low, int High)[axes];
        for (var i = 0; i < axes; i++)
        {
            if (window[i] < 1) throw new ShapeException($"{operation}: the window has size {window[i]} on spatial axis {i}; at least 1 is needed.");
            amounts[i] = padding.Resolve(i, axes, x[i + 1], window[i], s[i], d[i]);
        }

        return new(s, ValueList.Create<(int, int)>(amounts), d, groups);
    }

    /// <summary>The size of the output on a spatial axis.</summary>
    /// <exception cref="ShapeException">The window does not fit into the padded input.</exception>
    public int OutputSize(string operation, int axis, int input, int window)
    {
        var (low, high) = Padding[axis];
        var free = input + low + high - (Dilation[axis] * (window - 1)) - 1;
        if (free < 0 && input > 0)
            throw new ShapeException($"{operation}: a window of {(Dilation[axis] * (window - 1)) + 1} does not fit into {input + low + high} elements (with padding) on spatial axis {axis}.");
        return Math.Max(0, (free / Strides[axis]) + 1);
    }

    static ValueList<int> PerAxis(string operation, string name, ReadOnlySpan<int> given, int axes)
    {
        if (given.Length > 1 && given.Length != axes) throw new ShapeException($"{operation}: {given.Length} {name} were given for {axes} spatial axes.");
        var values = new int[axes];
        for (var i = 0; i < axes; i++)
        {
            values[i] = given.Length switch { 0 => 1, 1 => given[0], _ => given[i] };
            if (values[i] < 1) throw new ShapeException($"{operation}: {name} {values[i]} on spatial axis {i}; at least 1 is needed.");
        }

        return ValueList.Create<int>(values);
    }
}
