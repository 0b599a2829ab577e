using Strata.Nn;

namespace Strata.Reinforcement;

/// <summary>y = x·W + b with one b for all outputs: "a single shared bias for all action values in the top layer" (van Hasselt et al. 2016);
/// x [n, in] → y [n, units].</summary>
/// <param name="units">How many outputs there are.</param>
public sealed class SharedBiasDense(int units) : Layer
{
    Variable w = null!;
    Variable b = null!;

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        if (x.Rank != 2) throw new ShapeException($"the input must be [examples, features], but it is {x}.");
        w = Weight("kernel", [x[1], units], Initializer.GlorotUniform);
        b = Weight("bias", [1], Initializer.Zeros);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => x.MatMul(w) + b;
}
