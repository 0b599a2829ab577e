namespace Strata.Data;

/// <summary>What the targets of a folder's pictures are.</summary>
public enum ClassMode
{
    /// <summary>One-hot rows [n, classes], float32.</summary>
    Categorical,

    /// <summary>0 or 1 [n, 1], float32, for two classes.</summary>
    Binary,

    /// <summary>The classes' numbers [n], int32.</summary>
    Sparse,

    /// <summary>The pictures themselves, for autoencoders.</summary>
    Input,
}
