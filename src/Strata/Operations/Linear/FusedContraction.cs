using Strata.Kernels;

namespace Strata.Operations;

/// <summary>y = activation(contraction(a, b) + bias) in one pass over y, made by the compiler from the single operations.</summary>
/// <param name="Contraction">The matrix product or convolution.</param>
/// <param name="HasBias">Whether there is a third input, the bias [channels].</param>
/// <param name="Activation">What is applied last.</param>
/// <param name="Weights">Keeps b packed while it does not change; null if it changes with each run.</param>
internal sealed record FusedContraction(Contraction Contraction, bool HasBias, ElementwiseActivation Activation, WeightCache? Weights = null) : Variadic
{
    public override string Name => string.Join(" + ", new[] { Contraction.Name, HasBias ? "Bias" : "", Activation == ElementwiseActivation.None ? "" : $"{Activation}" }.Where(part => part != ""));

    protected override TensorType Infer(Tensor[] x)
    {
        var y = Contraction.InferAll(x[..2])[0];
        if (HasBias && x[2].Type != new TensorType([y.Shape[^1]], y.DType)) Fail($"the bias {x[2].Type} does not fit the output {y}.");
        return y;
    }

    protected override void Run(CpuKernels k, Tensor[] x, Tensor y) =>
        Contraction.Run(k, x[0], x[1], y, new Epilogue(HasBias ? x[2] : null, Activation), Weights?.Get(k, Contraction, x[0], x[1], y));
}
