using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>The blocked, packed product of one thread (Goto &amp; van de Geijn 2008, "Anatomy of high-performance matrix multiplication").</summary>
/// <remarks>Which operands are packed, and how the block is cut, changes no bit of the result: an element of C is always the sum over the blocks
/// of K, in order, of one chain of multiply-adds each.</remarks>
internal static unsafe class MatMulBlock<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const long StepBytes = 1536; // a block of K: 384 floats
    const long ColumnBytes = 2048; // 512 columns of floats: with that B's block is 768 KB and streams from the second-level cache
    const int DirectRows = 64; // fewer rows than this do not repay the copy of B
    const int DirectColumns = 128; // likewise for a transposed A; rows of A are read in place, as copies of them waited for memory some 7 % of the time

    /// <summary>Computes rows <paramref name="row"/> … and columns <paramref name="column"/> … of <paramref name="p"/>'s first product.</summary>
    [SkipLocalsInit]
    public static void Run(in MatrixProduct<T> p, long row, long rows, long column, long columns)
    {
        int w = TOps.Width, tileColumns = 2 * w, tileRows = TOps.TileRows;
        var steps = Steps(p.K);
        var blockColumns = BlockSize(columns, ColumnBytes / sizeof(T), tileColumns);
        var a = p.A + (p.TransposeA ? row : row * p.LeadingA);
        var b = p.B + (p.TransposeB ? column * p.LeadingB : column);
        var scale = p.Alpha != 1;
        var packA = scale || PowerOfTwoApart(p.LeadingA) || (p.TransposeA && columns > DirectColumns);
        var packB = p.TransposeB || rows > DirectRows || p.PackedB != null;
        var packedStride = PackedStride(steps);
        var packedA = packA ? ScratchMemory.Get<T>(Scratch.PackedA, tileRows * packedStride + w) : null;
        var room = p.PackedB != null ? null : ScratchMemory.Get<T>(Scratch.PackedB, PanelStride(steps) * (packB ? blockColumns / tileColumns + 1 : 1));
        nint zero = 0;
        var scratch = stackalloc byte[12 * 2 * 64 + 64];
        var tile = new Tile<T>
        {
            AOffsets = &zero,
            BOffsets = &zero,
            Segments = 1,
            CStride = (nint)p.LeadingC,
            Scratch = (T*)((nuint)(scratch + 63) & ~(nuint)63),
        };

        var k = 0L;
        do
        {
            var kSteps = Math.Min(steps, p.K - k);
            var last = k + kSteps == p.K;
            tile.Steps = kSteps;
            tile.Accumulate = p.Accumulate || k > 0;
            tile.Relu = p.Activation == ElementwiseActivation.Relu && last;
            for (long j = 0; j < columns; j += blockColumns)
            {
                var jColumns = Math.Min(blockColumns, columns - j);
                var bBlock = b + (p.TransposeB ? j * p.LeadingB + k : k * p.LeadingB + j);
                if (room != null) PackB(p, bBlock, kSteps, jColumns, packB, room);
                var packedB = room != null ? room : p.PackedB + k / steps * Panels(p.N) * PanelStride(steps) + (column + j) / tileColumns * PanelStride(kSteps);
                var tiles = (rows + tileRows - 1) / tileRows;
                for (long t = 0; t < tiles; t++)
                {
                    var from = rows * t / tiles;
                    var height = (int)(rows * (t + 1) / tiles - from);
                    tile.A = a + (p.TransposeA ? k * p.LeadingA + from : from * p.LeadingA + k);
                    tile.AStride = (nint)p.LeadingA;
                    if (packA) PackA(p, height, scale, packedStride, packedA, &tile);
                    var wide = MicroKernels<TOps, TVector, T>.Get(height, 2, !p.TransposeA);
                    for (long jj = 0; jj < jColumns; jj += tileColumns)
                    {
                        tile.Columns = (int)Math.Min(tileColumns, jColumns - jj);
                        var direct = !packB && tile.Columns == tileColumns;
                        tile.B = direct ? bBlock + jj : packedB + (packB ? jj / tileColumns * PanelStride(kSteps) : 0);
                        tile.BStride = direct ? (nint)p.LeadingB : tile.Columns > w ? tileColumns : w;
                        tile.C = p.C + (row + from) * p.LeadingC + column + j + jj;
                        tile.Bias = p.Bias != null && last ? p.Bias + column + j + jj : null;
                        if (tile.Columns > w) wide(&tile);
                        else MicroKernels<TOps, TVector, T>.Get(height, 1, !p.TransposeA)(&tile);
                    }

                    if (last && p.Activation > ElementwiseActivation.Relu) // the micro-kernel has no room for more than relu
                        for (var i = 0; i < height; i++)
                            Epilogue.Apply(p.Activation, p.C + (row + from + i) * p.LeadingC + column + j, jColumns);
                }
            }

            k += steps;
        }
        while (k < p.K);
    }

    /// <summary>Elements of all of <paramref name="n"/> columns and <paramref name="k"/> rows of B when packed.</summary>
    public static long PackedSize(long n, long k)
    {
        var steps = Steps(k);
        return k / steps * Panels(n) * PanelStride(steps) + (k % steps == 0 ? 0 : Panels(n) * PanelStride(k % steps));
    }

    /// <summary>Packs all of <paramref name="p"/>'s first B, a block of K after another.</summary>
    public static void Pack(in MatrixProduct<T> p, T* target)
    {
        var steps = Steps(p.K);
        for (var k = 0L; k < p.K; k += steps)
        {
            var kSteps = Math.Min(steps, p.K - k);
            PackB(p, p.B + (p.TransposeB ? k : k * p.LeadingB), kSteps, p.N, true, target);
            target += Panels(p.N) * PanelStride(kSteps);
        }
    }

    static long Steps(long k) => BlockSize(k, StepBytes / sizeof(T), 1);

    static long Panels(long n) => (n + 2 * TOps.Width - 1) / (2 * TOps.Width);

    /// <summary>Packs the panels of a block of B, or, where whole panels are read in place, the last one if it is not whole.</summary>
    static void PackB(in MatrixProduct<T> p, T* b, long steps, long columns, bool all, T* packed)
    {
        int w = TOps.Width, tileColumns = 2 * w;
        var whole = columns / tileColumns * tileColumns;
        if (all && !p.TransposeB) Packing.Panels<TOps, TVector, T>(b, (nint)p.LeadingB, steps, whole, PanelStride(steps), packed);
        for (var j = all && p.TransposeB ? 0 : whole; j < columns; j += tileColumns)
        {
            var count = (int)Math.Min(tileColumns, columns - j);
            var width = count > w ? tileColumns : w;
            var panel = packed + (all ? j / tileColumns * PanelStride(steps) : 0);
            if (p.TransposeB) Packing.PanelTransposed(b + j * p.LeadingB, (nint)p.LeadingB, steps, count, width, panel);
            else Packing.Panel<TOps, TVector, T>(b + j, (nint)p.LeadingB, steps, count, width, panel);
        }
    }

    /// <summary>Packs the rows of one tile, just before their use: the copy stays in the first-level cache. As rows, or where A is transposed as columns.</summary>
    static void PackA(in MatrixProduct<T> p, int height, bool scale, nint packedStride, T* packed, Tile<T>* tile)
    {
        var alpha = T.CreateSaturating(p.Alpha);
        if (p.TransposeA) Packing.Columns<TOps, TVector, T>(tile->A, tile->AStride, tile->Steps, height, alpha, scale, packed);
        else Packing.Rows<TOps, TVector, T>(tile->A, tile->AStride, height, tile->Steps, alpha, scale, packed, packedStride);
        tile->A = packed;
        tile->AStride = p.TransposeA ? height : packedStride;
    }

    /// <summary>Elements from one packed panel of B to the next: a cache line more than it holds, so that panels begin in different sets.</summary>
    static nint PanelStride(long steps) => (nint)(steps * 2 * TOps.Width) + 64 / sizeof(T);

    /// <summary>A stride of packed rows that puts neighbors into different sets of the first-level cache.</summary>
    static nint PackedStride(long steps) => (nint)((steps * sizeof(T) + 127) / 128 * 128 + 64) / sizeof(T);

    /// <summary>Rows this far apart share a set of the first-level cache: a tile of them would evict itself.</summary>
    static bool PowerOfTwoApart(long stride) => stride * sizeof(T) % 1024 == 0;

    /// <summary>The size of even blocks of at most <paramref name="limit"/>, a multiple of <paramref name="unit"/>.</summary>
    static long BlockSize(long size, long limit, long unit)
    {
        var blocks = Math.Max(1, (size + limit - 1) / limit);
        return Math.Max(unit, ((size + blocks - 1) / blocks + unit - 1) / unit * unit);
    }
}
