namespace Strata.Kernels;

/// <summary>A as its transpose is stored.</summary>
internal readonly struct ByColumns : ITileAccess
{
    static bool ITileAccess.ByRows => false;
}
