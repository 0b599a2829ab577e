using Strata.Tests.Reference;

namespace Strata.Tests;

/// <summary>One-line checks of operations.</summary>
public static class Check
{
    /// <summary>Everything that must hold of an operation, at a case that PyTorch computed (see <c>Reference/reference.py</c>): values and first
    /// gradients in float32 and float64, gradients against finite differences, forward against reverse mode (the adjoint test),
    /// and for smooth operations second derivatives against finite differences.</summary>
    /// <param name="reference">The case as <c>family: name</c>.</param>
    /// <param name="f">The operation under test, from the case's inputs to its outputs.</param>
    /// <param name="smooth">Whether to check second derivatives.</param>
    /// <param name="tolerance">Relative to the larger of 1 and the largest value, for float32.</param>
    /// <param name="traced">Whether to compile it; false for an operation whose shape depends on values.</param>
    public static void Operation(string reference, Func<Tensor[], Tensor[]> f, bool smooth = true, double tolerance = 2e-6, bool traced = true)
    {
        var c = References.Get(reference);
        foreach (var floating in new[] { DType.Float32, DType.Float64 })
        {
            var bound = floating == DType.Float32 ? tolerance : 1e-11;
            var x = Array.ConvertAll(c.Inputs, n => n.ToTensor(floating));
            var (y, pullback) = Gradient.Vjp(f, x);
            Assert.Equal(c.Outputs.Length, y.Length);
            for (var i = 0; i < y.Length; i++) Close(c.Outputs[i].ToTensor(floating), y[i], bound, $"{reference}, output {i}, {floating}");
            if (c.Gradients.Length == 0) continue;
            var dx = pullback(Array.ConvertAll(y, Cotangent));
            for (var i = 0; i < x.Length; i++)
                if (c.Gradients[i] is { } g) Close(g.ToTensor(floating), dx[i], bound * 4, $"{reference}, gradient {i}, {floating}");
        }

        if (c.Gradients.Length > 0) GradientCheck.Verify(f, Array.ConvertAll(c.Inputs, n => n.ToTensor(DType.Float64)), smooth, reference);
        if (traced) Compilation(f, Array.ConvertAll(c.Inputs, n => n.ToTensor(DType.Float32)), c.Gradients.Length > 0, reference, tolerance);
    }

    /// <summary>The compiled function gives what the eager one gives, values and gradients: to the bit as traced, to rounding after all passes.</summary>
    public static void Compilation(Func<Tensor[], Tensor[]> f, Tensor[] x, bool gradients, string what, double tolerance = 2e-6)
    {
        Tensor[] All(Tensor[] x)
        {
            if (!gradients) return f(x);
            var (y, pullback) = Gradient.Vjp(f, x);
            return [.. y, .. pullback(Array.ConvertAll(y, Cotangent))];
        }

        var expected = All(x);
        var traced = Compiled.Function<Tensor[], Tensor[]>(All, new CompileOptions { Level = 0 })(x);
        var compiled = Compiled.Function<Tensor[], Tensor[]>(All)(x);
        for (var i = 0; i < expected.Length; i++)
        {
            Equal(expected[i], traced[i], $"{what}, output {i}, traced");
            Close(expected[i], compiled[i], tolerance * 4, $"{what}, output {i}, compiled");
        }
    }

    /// <summary>Equal types and equal bits.</summary>
    public static void Equal(Tensor expected, Tensor actual, string what = "tensor")
    {
        True(expected.Type == actual.Type, $"{what}: expected {expected.Type}, got {actual.Type}");
        for (var i = 0L; i < expected.Size; i++)
            True(expected.At(i).Equals(actual.At(i)), $"{what}: element {i} is {actual.At(i):R}, expected {expected.At(i):R}");
    }

    /// <inheritdoc cref="Operation(string, Func{Tensor[], Tensor[]}, bool, double, bool)"/>
    public static void Operation(string reference, Func<Tensor, Tensor> f, bool smooth = true, double tolerance = 2e-6, bool traced = true) =>
        Operation(reference, x => [f(x[0])], smooth, tolerance, traced);

    /// <inheritdoc cref="Operation(string, Func{Tensor[], Tensor[]}, bool, double, bool)"/>
    public static void Operation(string reference, Func<Tensor, Tensor, Tensor> f, bool smooth = true, double tolerance = 2e-6, bool traced = true) =>
        Operation(reference, x => [f(x[0], x[1])], smooth, tolerance, traced);

    /// <summary>That two tensors have one shape and type, and elements that differ by at most <paramref name="tolerance"/> relative to the
    /// largest (at least 1); NaN equals NaN.</summary>
    public static void Close(Tensor expected, Tensor actual, double tolerance = 1e-6, string what = "tensor")
    {
        True(expected.Shape == actual.Shape, $"{what}: shape {actual.Shape}, expected {expected.Shape}");
        True(expected.DType == actual.DType, $"{what}: type {actual.DType}, expected {expected.DType}");
        var (e, a) = (expected.Cast(DType.Float64).ToArray<double>(), actual.Cast(DType.Float64).ToArray<double>());
        var scale = Math.Max(1, e.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max());
        for (var i = 0; i < e.Length; i++)
            True(e[i].Equals(a[i]) || e[i] == a[i] || Math.Abs(e[i] - a[i]) <= tolerance * scale, $"{what}: element {i} is {a[i]:R}, expected {e[i]:R}");
    }

    /// <summary>That an action fails with a <see cref="ShapeException"/> of exactly this message.</summary>
    public static void Fails(string message, Func<object?> action) => Assert.Equal(message, Assert.ThrowsAny<StrataException>(action).Message);

    /// <summary>cos 1, cos 2, …: the cotangent of the references; zeros for outputs without gradient.</summary>
    public static Tensor Cotangent(Tensor y) => y.DType.IsFloating()
        ? Tensor.From(Enumerable.Range(1, (int)y.Size).Select(i => Math.Cos(i)).ToArray(), y.Shape).Cast(y.DType)
        : Tensor.ZerosLike(y);

    static void True(bool condition, string message)
    {
        if (!condition) Assert.Fail(message);
    }
}
