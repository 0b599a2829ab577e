namespace Strata.Nn.Tests;

/// <summary>One-line checks.</summary>
internal static class Check
{
    /// <summary>That a tensor has these elements, row-major, to a tolerance relative to the larger of 1 and the largest.</summary>
    public static void Close(double[] expected, Tensor actual, double tolerance = 1e-6)
    {
        var values = actual.Cast(DType.Float64).ToArray<double>();
        Assert.Equal(expected.Length, values.Length);
        var scale = expected.Select(Math.Abs).Append(1).Max();
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - values[i]) <= tolerance * scale, $"element {i} is {values[i]:R}, expected {expected[i]:R}");
    }

    /// <summary>That a number is another to a tolerance relative to it.</summary>
    public static void Close(double expected, double actual, double tolerance = 1e-6) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{actual:R}, expected {expected:R}");

    /// <summary>That an action fails with this sentence.</summary>
    public static void Fails(string message, Func<object?> action) => Assert.Equal(message, Assert.ThrowsAny<StrataException>(action).Message);

    /// <summary>That two models have the same weights to the bit.</summary>
    public static void SameWeights(Model expected, Model actual)
    {
        var (a, b) = (expected.Weights, actual.Weights);
        Assert.Equal(a.Count, b.Count);
        for (var i = 0; i < a.Count; i++) Assert.Equal(Bytes(a[i]), Bytes(b[i]));
    }

    /// <summary>A float32 matrix of rows.</summary>
    public static Tensor Matrix(params double[][] rows) =>
        Tensor.From(rows.SelectMany(r => r).Select(v => (float)v).ToArray(), [rows.Length, rows[0].Length]);

    static float[] Bytes(Variable v) => v.Borrow().ToArray<float>();
}
