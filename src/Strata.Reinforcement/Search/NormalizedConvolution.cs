using Strata.Nn;

namespace Strata.Reinforcement.Search;

/// <summary>A convolution of stride 1 that keeps height and width, then batch normalization;  x [n, h, w, in] → [n, h, w, filters].</summary>
internal sealed class NormalizedConvolution : Layer
{
    const double Epsilon = 1e-5;

    readonly Conv2D convolution;
    readonly BatchNormalization normalization;

    public NormalizedConvolution(int filters, int kernel)
    {
        convolution = Track(new Conv2D(filters, kernel, padding: Padding.Same, useBias: false) { KernelInitializer = Initializer.HeNormal });
        normalization = Track(new BatchNormalization(momentum: 0.9, epsilon: Epsilon)); // quick to follow: a network plays while it learns
    }

    protected override Tensor Call(Tensor x, CallContext context) => normalization.Apply(convolution.Apply(x, context), context);

    /// <summary>The same function in inference as a kernel and a bias: BN(x ∗ W) = x ∗ (W·f) + (β − μ·f), f = γ/√(σ² + ε).</summary>
    public FoldedConvolution Fold()
    {
        var kernel = convolution.Weights[0];
        Tensor gamma = normalization.Weights[0], beta = normalization.Weights[1], mean = normalization.Weights[2], variance = normalization.Weights[3];
        var factor = gamma * (variance + Epsilon).Rsqrt();
        return new FoldedConvolution((kernel * factor).Keep(), (beta - mean * factor).Keep());
    }
}

/// <summary>x ∗ W + b.</summary>
internal sealed record FoldedConvolution(Tensor Kernel, Tensor Bias);
