using Strata.Random;

namespace Strata.Nn;

/// <summary>An LSTM's bias with ones for the forget gate, the second of the four (Jozefowicz, Zaremba and Sutskever 2015), else as
/// <paramref name="Others"/> says.</summary>
internal sealed record UnitForget(Initializer Others) : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(Shape shape, RandomStream random, DType dtype = DType.Float32)
    {
        var units = shape[^1] / 4;
        return Others.Create(shape, random, dtype).WithSlice(Tensor.Ones([units], dtype), units..(2 * units));
    }
}
