namespace Strata;

public sealed partial class Tensor
{
    /// <summary>The negative, element by element.</summary>
    public static Tensor operator -(Tensor x) => x * -1;
}
