namespace Strata.Kernels;

/// <summary>A as a matrix is stored.</summary>
internal readonly struct ByRows : ITileAccess
{
    static bool ITileAccess.ByRows => true;
}
