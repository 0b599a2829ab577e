namespace Strata.Kernels;

/// <summary>The activations that the heavy kernels apply to their results on the way out.</summary>
internal enum ElementwiseActivation
{
    None,
    Relu,
    Tanh,
    Sigmoid,
}
