namespace Strata.Kernels;

/// <summary>What a <see cref="MicroKernel{TOps, TVector, T}"/> works on. The reduction runs over segments of steps: a matrix product is
/// one segment; a convolution has one for each run of contiguous input, at the offsets of that run, and so needs no patch matrix.</summary>
internal unsafe struct Tile<T>
    where T : unmanaged
{
    /// <summary>Element (row i, step k) of segment s is <c>A[AOffsets[s] + i·AStride + k]</c> by rows, <c>A[AOffsets[s] + k·AStride + i]</c> by columns.</summary>
    public T* A;

    public nint AStride;

    /// <summary>Step k of segment s reads two whole vectors from <c>B[BOffsets[s] + k·BStride]</c>.</summary>
    public T* B;

    public nint BStride;

    public nint* AOffsets;

    public nint* BOffsets;

    public long Segments;

    public long Steps;

    public T* C;

    public nint CStride;

    /// <summary>How many columns of C exist, at most two vectors.</summary>
    public int Columns;

    /// <summary>Whether C is added to; else it is overwritten, whatever it holds.</summary>
    public bool Accumulate;

    /// <summary>A value for each column that is added, or null.</summary>
    public T* Bias;

    public bool Relu;

    /// <summary>Room for a whole tile, through which one with an edge, a bias or an activation goes.</summary>
    public T* Scratch;
}
