using Strata.Nn;

namespace Strata.Gallery.Generative.Latent;

/// <summary>The same learned numbers for every example, whatever it is: [n, …] to [1, size]. A variance that does not depend on the input.</summary>
internal sealed class SharedVector(int size) : Layer
{
    Variable v = null!;

    /// <inheritdoc/>
    protected override void Build(Shape x) => v = Weight("vector", [1, size], Initializer.Zeros);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => v;
}
