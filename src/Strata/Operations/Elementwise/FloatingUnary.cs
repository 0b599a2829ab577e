namespace Strata.Operations;

/// <summary>y = f(x) element by element for a function of real numbers: integers and truth values become float32 first.</summary>
internal abstract record FloatingUnary : ElementwiseUnary
{
    /// <summary>Applies the operation to a tensor of any type.</summary>
    public Tensor Promoted(Tensor x) => Apply(x.Cast(x.DType.ToFloating()));
}
