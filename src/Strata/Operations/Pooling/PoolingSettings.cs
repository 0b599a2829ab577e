namespace Strata.Operations;

/// <summary>The window of a pooling and how it moves, one entry a spatial axis.</summary>
internal readonly record struct PoolingSettings(ValueList<int> Window, ConvolutionSettings Walk)
{
    /// <summary>Resolves what a caller gave for an input [n, spatial…, c]; no strides stand for the window's sizes.</summary>
    /// <exception cref="ShapeException">Something does not fit; the message begins with <paramref name="operation"/>.</exception>
    public static PoolingSettings Of(string operation, Shape x, ReadOnlySpan<int> window, ReadOnlySpan<int> strides, Padding padding)
    {
        var walk = ConvolutionSettings.Of(operation, x, window, strides.Length == 0 ? window : strides, padding, []);
        for (var i = 0; i < window.Length; i++)
            if (walk.Padding[i].Low >= window[i] || walk.Padding[i].High >= window[i])
                throw new ShapeException($"{operation}: padding {walk.Padding[i]} on spatial axis {i} would leave windows of {window[i]} without any element.");
        return new(ValueList.Create(window), walk);
    }

    /// <summary>The type of the output.</summary>
    public TensorType Infer(string operation, Tensor x)
    {
        if (!x.DType.IsFloating()) throw new ShapeException($"{operation}: the input is float32 or float64, not {x.DType.Name()}.");
        var sizes = x.Shape.Span.ToArray();
        for (var i = 0; i < Window.Count; i++) sizes[i + 1] = Walk.OutputSize(operation, i, x.Shape[i + 1], Window[i]);
        return new(Shape.Of(sizes), x.DType);
    }
}
