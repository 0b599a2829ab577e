namespace Strata.Nn;

/// <summary>Which direction of a monitored number is better.</summary>
public enum MonitorMode
{
    /// <summary>Greater for accuracies and F-measures, smaller for anything else.</summary>
    Auto,

    /// <summary>Smaller.</summary>
    Min,

    /// <summary>Greater.</summary>
    Max,
}
