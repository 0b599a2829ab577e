using Strata.Kernels;
using Strata.Kernels.Elementwise;

namespace Strata.Operations;

/// <summary>dx = dy·(1 − y²), where y = tanh x: one pass instead of three.</summary>
internal sealed record TanhGradient : ElementwiseBinary
{
    protected override void Run(CpuKernels k, Tensor y, Tensor dy, Tensor dx) => k.FloatingBinary<Operators.TanhGradient>(y, dy, dx);

    protected override (Tensor? A, Tensor? B) Gradient(Tensor y, Tensor dy, Tensor dx, Tensor g, Needs needs) =>
        (needs[0] ? g * dy * y * -2 : null, needs[1] ? new TanhGradient().Apply(y, g) : null);
}

/// <summary>dx = dy·y·(1 − y), where y = 1/(1 + e⁻ˣ).</summary>
internal sealed record SigmoidGradient : ElementwiseBinary
{
    protected override void Run(CpuKernels k, Tensor y, Tensor dy, Tensor dx) => k.FloatingBinary<Operators.SigmoidGradient>(y, dy, dx);

    protected override (Tensor? A, Tensor? B) Gradient(Tensor y, Tensor dy, Tensor dx, Tensor g, Needs needs) =>
        (needs[0] ? g * dy * (1 - y * 2) : null, needs[1] ? new SigmoidGradient().Apply(y, g) : null);
}

/// <summary>dx = dy where y is positive, else 0.</summary>
internal sealed record ReluGradient : ElementwiseBinary
{
    protected override void Run(CpuKernels k, Tensor y, Tensor dy, Tensor dx) => k.Binary<Operators.ReluGradient>(y, dy, dx);

    protected override (Tensor? A, Tensor? B) Gradient(Tensor y, Tensor dy, Tensor dx, Tensor g, Needs needs) =>
        (null, needs[1] ? new ReluGradient().Apply(y, g) : null);
}

/// <summary>dx = dy where low ≤ x ≤ high, else 0.</summary>
internal sealed record ClipGradient(double Low, double High) : ElementwiseBinary
{
    protected override void Run(CpuKernels k, Tensor x, Tensor dy, Tensor dx) => k.FloatingBinary(x, dy, dx, new Operators.ClipGradient(Low, High));

    protected override (Tensor? A, Tensor? B) Gradient(Tensor x, Tensor dy, Tensor dx, Tensor g, Needs needs) =>
        (null, needs[1] ? Apply(x, g) : null);
}
