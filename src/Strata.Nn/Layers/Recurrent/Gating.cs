namespace Strata.Nn;

/// <summary>Which of the engine's fused gated cells computes what a cell's activations say.</summary>
internal enum Gating
{
    /// <summary>None: step by step in other operations.</summary>
    Composed,

    /// <summary>Logistic gates and tanh.</summary>
    Sigmoid,

    /// <summary>Keras's hard sigmoid and tanh.</summary>
    HardSigmoid,
}

/// <summary>Chooses it.</summary>
internal static class Gatings
{
    public static Gating Of(Activation activation, Activation recurrent) => (activation.Function, recurrent.Function) switch
    {
        ("tanh", "sigmoid") => Gating.Sigmoid,
        ("tanh", "hard_sigmoid") => Gating.HardSigmoid,
        _ => Gating.Composed,
    };
}
