namespace Strata.Kernels;

/// <summary>How the target of a Winograd convolution is cut into squares of <paramref name="Outputs"/>×<paramref name="Outputs"/>, and those into blocks
/// whose transforms stay in the second-level cache. It depends on the shapes alone.</summary>
internal readonly record struct WinogradTiles(long Batch, int Rows, int Columns, int Outputs, int BlockTiles)
{
    const long BlockBytes = 640 * 1024;
    const int LeastBlock = 24; // two heights of the micro-kernel, for which the filter is read once
    const int MostBlock = 96;

    public long Count => Batch * Rows * Columns;

    public long Blocks => (Count + BlockTiles - 1) / BlockTiles;

    /// <summary>Cuts targets of <paramref name="height"/>×<paramref name="width"/>; <paramref name="tileBytes"/> is what one tile's transforms take.</summary>
    public static WinogradTiles Of(long batch, int height, int width, int outputs, long tileBytes)
    {
        int rows = (height + outputs - 1) / outputs, columns = (width + outputs - 1) / outputs;
        var count = Math.Max(1, batch * rows * columns);
        var most = Math.Min(Math.Clamp(BlockBytes / tileBytes, LeastBlock, MostBlock), (count + 3) / 4); // four blocks, where there is little, for the threads
        var blocks = (count + most - 1) / most;
        return new(batch, rows, columns, outputs, (int)((count + blocks - 1) / blocks));
    }

    /// <summary>The image and the first row and column of a tile.</summary>
    public (long Image, int Y, int X) At(long tile)
    {
        var (rest, x) = Math.DivRem(tile, Columns);
        var (image, y) = Math.DivRem(rest, Rows);
        return (image, (int)y * Outputs, (int)x * Outputs);
    }
}
