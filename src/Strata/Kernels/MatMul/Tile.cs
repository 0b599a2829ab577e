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

/// <summary>Where a micro-kernel finds the rows of A.</summary>
internal interface ITileAccess
{
    /// <summary>Rows are a stride apart and steps adjacent; otherwise steps are a stride apart and rows adjacent.</summary>
    static abstract bool ByRows { get; }
}

internal readonly struct ByRows : ITileAccess
{
    static bool ITileAccess.ByRows => true;
}

internal readonly struct ByColumns : ITileAccess
{
    static bool ITileAccess.ByRows => false;
}

/// <summary>A number as a type, for code that the JIT specializes.</summary>
internal interface IConstant
{
    static abstract int Value { get; }
}

internal readonly struct N1 : IConstant
{
    public static int Value => 1;
}

internal readonly struct N2 : IConstant
{
    public static int Value => 2;
}

internal readonly struct N3 : IConstant
{
    public static int Value => 3;
}

internal readonly struct N4 : IConstant
{
    public static int Value => 4;
}

internal readonly struct N5 : IConstant
{
    public static int Value => 5;
}

internal readonly struct N6 : IConstant
{
    public static int Value => 6;
}

internal readonly struct N7 : IConstant
{
    public static int Value => 7;
}

internal readonly struct N8 : IConstant
{
    public static int Value => 8;
}

internal readonly struct N9 : IConstant
{
    public static int Value => 9;
}

internal readonly struct N10 : IConstant
{
    public static int Value => 10;
}

internal readonly struct N11 : IConstant
{
    public static int Value => 11;
}

internal readonly struct N12 : IConstant
{
    public static int Value => 12;
}
