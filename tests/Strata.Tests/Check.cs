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

        if (c.Gradients.Length > 0) Derivatives(f, Array.ConvertAll(c.Inputs, n => n.ToTensor(DType.Float64)), smooth, reference);
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

    /// <summary>Gradients against central differences, J·v against vᵀJ, and second derivatives, all in float64.</summary>
    public static void Derivatives(Func<Tensor[], Tensor[]> f, Tensor[] x, bool smooth = true, string what = "operation")
    {
        Tensor Loss(Tensor[] z) => f(z).Where(y => y.DType.IsFloating()).Select(y => (y * Cotangent(y)).Sum()).Aggregate((a, b) => a + b);
        var floating = Enumerable.Range(0, x.Length).Where(i => x[i].DType.IsFloating()).ToArray();
        FirstOrder(Loss, x, floating, what);

        var tangents = Array.ConvertAll(x, t => t.DType.IsFloating() ? Direction(t, 3) : Tensor.ZerosLike(t));
        var (y, forward) = Gradient.Jvp(f, x, tangents);
        var (_, pullback) = Gradient.Vjp(f, x);
        var back = pullback(Array.ConvertAll(y, Cotangent));
        var left = Enumerable.Range(0, y.Length).Where(i => y[i].DType.IsFloating()).Sum(i => (forward[i] * Cotangent(y[i])).Sum().Item());
        var right = floating.Sum(i => (back[i] * tangents[i]).Sum().Item());
        True(Math.Abs(left - right) <= 1e-9 * Math.Max(1, Math.Abs(left)), $"{what}: ⟨w, Jv⟩ = {left} but ⟨Jᵀw, v⟩ = {right}");

        if (!smooth) return;
        FirstOrder(
            z =>
            {
                var (_, gradients) = Gradient.ValueAndGradient(Loss, z);
                return floating.Select(i => (gradients[i] * Direction(z[i], 5)).Sum()).Aggregate((a, b) => a + b);
            },
            x,
            floating,
            what + ", second order");
    }

    static void FirstOrder(Func<Tensor[], Tensor> loss, Tensor[] x, int[] floating, string what)
    {
        var (_, gradients) = Gradient.ValueAndGradient(loss, x);
        const double h = 1e-5;
        foreach (var i in floating)
        {
            var values = x[i].ToArray<double>();
            for (var j = 0; j < values.Length; j++)
            {
                double At(double v)
                {
                    var moved = (double[])values.Clone();
                    moved[j] = v;
                    var z = (Tensor[])x.Clone();
                    z[i] = Tensor.From(moved, x[i].Shape);
                    return loss(z).Item();
                }

                var expected = (At(values[j] + h) - At(values[j] - h)) / (2 * h);
                var actual = gradients[i].ToArray<double>()[j];
                True(Math.Abs(expected - actual) <= 1e-6 * Math.Max(1, Math.Abs(expected)), $"{what}: dL/dx{i}[{j}] is {actual}, by differences {expected}");
            }
        }
    }

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

    static Tensor Direction(Tensor x, int seed) =>
        Tensor.From(Enumerable.Range(1, (int)x.Size).Select(i => Math.Sin(seed * i)).ToArray(), x.Shape).Cast(x.DType);

    static void True(bool condition, string message)
    {
        if (!condition) Assert.Fail(message);
    }
}
