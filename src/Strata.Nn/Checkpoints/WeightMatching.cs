namespace Strata.Nn;

/// <summary>How weights in a file find their places in a model.</summary>
public enum WeightMatching
{
    /// <summary>By name, and each must be there: those of the model in the file and those of the file in the model.</summary>
    Exact,

    /// <summary>By name, those that are in both: for the lower layers of another model.</summary>
    ByName,

    /// <summary>One after the other, whatever their names: for a model of the same layers that is put together or named in another way.</summary>
    ByOrder,
}
