using Strata.Operations;

namespace Strata.Compilation.Fusion;

/// <summary>How the domain of a program is cut: into tiles of consecutive elements that fit the cache, and for reductions into chunks of tiles whose partial results are
/// combined at the end. Depends on shapes alone, so results are the same for any number of threads.</summary>
internal sealed class TileLayout
{
    /// <summary>The longest row that reductions and patterns may have.</summary>
    public const int LongestRow = 8192;

    const int Target = 2048; // elements of a tile: the interpreter's calls are some percent of their work, and some tiles of float32 fit the first-level cache
    const int Lanes = 16;
    const int MostChunks = 64;

    public TileLayout(FusedProgram program)
    {
        Size = program.Domain.Size;
        var reduction = program.Steps.Select(step => step.Operation).OfType<Reduction>().FirstOrDefault();
        (Reduction, Width) = reduction is null ? (ReductionKind.None, 1) : Classify(reduction.Axes, program.Domain);
        var unit = Reduction is ReductionKind.Trailing or ReductionKind.Leading ? Width : 1L;

        Axes = Array.ConvertAll(program.Inputs, input => new BroadcastAxes(input.Shape, program.Domain));
        foreach (var axes in Axes)
            if (axes.Period > unit && axes.Period <= LongestRow) unit = axes.Period; // periods are products of trailing axes: one divides the next
        var whole = unit;
        while (whole % Lanes != 0 && whole * 2 <= Target) whole *= 2; // so that only the last tile ends within a vector
        Length = (int)Math.Min(Size, whole >= Target ? whole : Target / whole * whole);
        Tiles = (Size + Length - 1) / Length;
        LastLength = (int)(Size - ((Tiles - 1) * Length));
        TilesPerChunk = Reduction is ReductionKind.Whole or ReductionKind.Leading ? (Tiles + MostChunks - 1) / MostChunks : 1;
        Chunks = (Tiles + TilesPerChunk - 1) / TilesPerChunk;
        Kinds = [.. Enumerable.Range(0, program.Inputs.Length).Select(i => Kind(program, i))];
    }

    /// <summary>Elements of the domain.</summary>
    public long Size { get; }

    /// <summary>Elements of a tile.</summary>
    public int Length { get; }

    /// <summary>Elements of the last tile.</summary>
    public int LastLength { get; }

    public long Tiles { get; }

    public long TilesPerChunk { get; }

    public long Chunks { get; }

    /// <summary>What the program's reductions combine.</summary>
    public ReductionKind Reduction { get; }

    /// <summary>The length of a row of the domain.</summary>
    public int Width { get; }

    /// <summary>How each input is read.</summary>
    public OperandKind[] Kinds { get; }

    /// <summary>How each input lies over the domain.</summary>
    public BroadcastAxes[] Axes { get; }

    /// <summary>Which part of the domain the axes are, and the length of its rows; <see cref="ReductionKind.None"/> if it is none that tiles can do.</summary>
    public static (ReductionKind Kind, int Width) Classify(AxisSet axes, Shape domain)
    {
        var (changes, width, lastReduced) = (0, 1L, (bool?)null);
        for (var axis = domain.Rank - 1; axis >= 0; axis--)
        {
            if (domain[axis] == 1) continue;
            if (lastReduced is { } before && before != axes.Contains(axis)) changes++;
            lastReduced = axes.Contains(axis);
            if (changes == 0) width *= domain[axis];
        }

        if (changes > 1 || lastReduced is not { } first || (changes == 0 && !first)) return default;
        if (changes == 0) return (ReductionKind.Whole, 1);
        if (width > LongestRow) return default;
        return (first ? ReductionKind.Leading : ReductionKind.Trailing, (int)width);
    }

    OperandKind Kind(FusedProgram program, int input)
    {
        var size = program.Inputs[input].Shape.Size;
        if (size == Size) return OperandKind.Stream;
        if (size == 1 && program.Steps.All(step => TakesOne(program, step, input))) return OperandKind.Same;
        var period = Axes[input].Period;
        return size == 1 || (period > 0 && Length % period == 0) ? OperandKind.Pattern : OperandKind.Spread;
    }

    // A kernel takes one element for all beside an operand that has all.
    static bool TakesOne(FusedProgram program, FusedStep step, int input)
    {
        if (!step.Operands.Span.Contains(input)) return true;
        if (step.Operation is Where) return step.Operands[0] != input;
        foreach (var operand in step.Operands)
            if (program.Types[operand].Shape.Size > 1) return step.Operation is ElementwiseBinary;
        return false;
    }
}
