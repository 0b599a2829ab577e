namespace Strata.Nn;

/// <summary>Which number of connections <see cref="VarianceScaling"/> divides by.</summary>
public enum FanMode
{
    /// <summary>Inputs of a unit.</summary>
    In,

    /// <summary>Outputs of a unit.</summary>
    Out,

    /// <summary>The mean of both.</summary>
    Average,
}
