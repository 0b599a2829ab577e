using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>The sum of products of two inputs along one axis of each, example by example;  a [n, …, k, …], b [n, …, k, …] → y [n, rest of a…, rest of
/// b…], and of two matrices [n, k] the column [n, 1].</summary>
public sealed class Dot : Merge
{
    readonly int axisA, axisB;
    readonly bool normalize;

    /// <summary>Sums along the same axis of both.</summary>
    /// <param name="axes">The axis, not that of examples (0); −1 is the last.</param>
    /// <param name="normalize">Whether vectors along the axis are scaled to length 1 first: the result is the cosine of their angle.</param>
    public Dot(int axes, bool normalize = false)
        : this((axes, axes), normalize)
    {
    }

    /// <summary>Sums along an axis of each.</summary>
    /// <param name="axes">The axis of the first and that of the second.</param>
    /// <param name="normalize">Whether vectors along the axes are scaled to length 1 first.</param>
    public Dot((int A, int B) axes, bool normalize = false) => ((axisA, axisB), this.normalize) = (axes, normalize);

    /// <summary>The sum of products of two tensors along an axis of both.</summary>
    public static SymbolicTensor Of(SymbolicTensor a, SymbolicTensor b, int axes, bool normalize = false) => new Dot(axes, normalize).Apply(a, b);

    internal static Dot FromConfig(Config c) => c.Ints("axes") is [var a, var b] ? new((a, b), c.Bool("normalize")) : throw c.Wrong("axes", "two integers");

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["axes"], config["normalize"]) = (Config.Of([axisA, axisB]), normalize);

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        if (x is not [var a, var b]) throw new ShapeException($"it takes two inputs, but got {x.Length}.");
        var (p, q) = (a.Shape.Axis(axisA, nameof(Dot)), b.Shape.Axis(axisB, nameof(Dot)));
        if (p == 0 || q == 0) throw new ShapeException("axis 0 is the axis of examples, along which nothing is summed.");
        if (a.Shape[p] != b.Shape[q]) throw new ShapeException($"the axes differ: {a.Shape} has {a.Shape[p]} on axis {p}, and {b.Shape} has {b.Shape[q]} on axis {q}.");
        if (normalize) (a, b) = (Unit(a, p), Unit(b, q));
        var (restA, restB) = (a.Shape.Without(p)[1..], b.Shape.Without(q)[1..]);
        var n = a.Shape[0];
        var rows = a.MoveAxis(p, a.Rank - 1).Reshape(n, checked((int)restA.Size), a.Shape[p]);
        var columns = b.MoveAxis(q, 1).Reshape(n, b.Shape[q], checked((int)restB.Size));
        var shape = restA.Concat(restB);
        return [rows.MatMul(columns).Reshape([n, .. shape.Rank == 0 ? [1] : shape])];
    }

    /// <inheritdoc/>
    protected override Tensor Combine(Tensor[] x) => throw new NotSupportedException();

    static Tensor Unit(Tensor x, int axis) => x * Tensor.Maximum(x.Square().Sum(axis, keepDims: true), 1e-12).Rsqrt();
}
