using Strata.Compilation;
using Strata.Differentiation;
using Strata.Kernels;

namespace Strata.Operations;

/// <summary>y = x as another tensor over the same memory: a new identity for differentiation, or another shape.</summary>
internal sealed record Alias(Shape Shape) : Operation
{
    public override string Name => "Reshape";

    internal override bool IsView => true;

    /// <summary>Runs the operation; nothing is copied.</summary>
    public Tensor Apply(Tensor x)
    {
        if (Shape.Size != x.Size) Fail($"{x.Shape} has {x.Size} elements and does not fill {Shape}, which has {Shape.Size}.");
        if (Tracer.Current is { } tracer) return tracer.Apply(this, [x])[0];
        var y = x.View(Shape);
        Tape.Record(this, [x], [y]);
        return y;
    }

    internal override Tensor[] ApplyTo(Tensor[] x) => [Apply(x[0])];

    internal override TensorType[] InferAll(Tensor[] x) => [new(Shape, x[0].DType)];

    internal override void RunAll(CpuKernels k, Tensor[] x, Tensor[] y) => CpuKernels.CopyBytes(x[0], y[0]);

    internal override Tensor?[] GradientAll(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs) =>
        dy[0] is { } d ? [new Alias(x[0].Shape).Apply(d)] : [];
}
