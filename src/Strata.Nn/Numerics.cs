namespace Strata.Nn;

/// <summary>The constant that keeps logarithms and quotients finite, as Keras's <c>K.epsilon()</c>.</summary>
public static class Numerics
{
    /// <summary>The fuzz factor ε, 10⁻⁷ unless set.</summary>
    public static double Epsilon { get; set; } = 1e-7;
}
