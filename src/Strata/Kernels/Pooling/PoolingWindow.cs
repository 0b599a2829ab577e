namespace Strata.Kernels;

/// <summary>A box of cells: from (Z0, Y0, X0) to before (Z1, Y1, X1).</summary>
internal readonly record struct PoolingWindow(int Z0, int Z1, int Y0, int Y1, int X0, int X1)
{
    public long Cells => (long)Math.Max(0, Z1 - Z0) * Math.Max(0, Y1 - Y0) * Math.Max(0, X1 - X0);
}
