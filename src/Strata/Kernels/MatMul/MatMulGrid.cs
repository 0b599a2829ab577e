using Strata.Threading;

namespace Strata.Kernels;

/// <summary>How products are cut into parts for the threads: by product of the batch, rows and columns. Each part packs what it needs for itself,
/// so the parts need no barrier; a grid that is nearly square keeps what is packed twice small.</summary>
internal readonly record struct MatMulGrid(long Batch, long RowParts, long ColumnParts, long M, long N, int TileColumns)
{
    const double WorthAThread = 200_000; // multiply-adds: about 2 µs, what a wake-up costs

    public long Tasks => Batch * RowParts * ColumnParts;

    public static MatMulGrid Choose(long m, long n, long k, long batch, int tileRows, int tileColumns, bool readsOnce)
    {
        var work = (double)m * n * Math.Max(k, 16) * batch * (readsOnce ? 8 : 1); // bound by memory: slower by an order
        var threads = (int)Math.Min(Workers.Threads, Math.Max(1, work / WorthAThread));
        if (threads == 1 || batch >= 4 * threads || batch % threads == 0) return new(batch, 1, 1, m, n, tileColumns);
        var best = new MatMulGrid(batch, 1, 1, m, n, tileColumns);
        var bestCost = double.MaxValue;
        var parts = (threads + batch - 1) / batch;
        for (long r = 1; r <= parts; r++)
        {
            if (parts % r != 0) continue;
            var rows = Math.Min(r, (m + tileRows - 1) / tileRows);
            var columns = Math.Min(parts / r, (n + tileColumns - 1) / tileColumns);
            double height = (m + rows - 1) / rows;
            double width = ((n + tileColumns - 1) / tileColumns + columns - 1) / columns * tileColumns;
            var cost = height * width + 8 * (height + width); // packing an element costs about as much as 8 multiply-adds of a vector's worth
            if (cost >= bestCost) continue;
            bestCost = cost;
            best = new(batch, rows, columns, m, n, tileColumns);
        }

        return best;
    }

    public (long Batch, long Row, long Rows, long Column, long Columns) Part(long task)
    {
        var (rest, c) = Math.DivRem(task, ColumnParts);
        var (b, r) = Math.DivRem(rest, RowParts);
        long row = M * r / RowParts, rowEnd = M * (r + 1) / RowParts;
        var tiles = (N + TileColumns - 1) / TileColumns;
        long column = tiles * c / ColumnParts * TileColumns, columnEnd = Math.Min(N, tiles * (c + 1) / ColumnParts * TileColumns);
        return (b, row, rowEnd - row, column, columnEnd - column);
    }
}
