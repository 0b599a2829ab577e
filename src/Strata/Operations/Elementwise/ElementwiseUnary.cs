namespace Strata.Operations;

/// <summary>y = f(x) element by element.</summary>
internal abstract record ElementwiseUnary : Unary
{
    internal sealed override bool IsElementwise => true;

    internal sealed override bool Overwrites(int input, int output) => true;
}
