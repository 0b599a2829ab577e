namespace Strata.Kernels;

/// <summary>Where a micro-kernel finds the rows of A.</summary>
internal interface ITileAccess
{
    /// <summary>Rows are a stride apart and steps adjacent; otherwise steps are a stride apart and rows adjacent.</summary>
    static abstract bool ByRows { get; }
}
