using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Strata.Kernels;
using Strata.Memory;

namespace Strata.Compilation.Fusion;

/// <summary>The body of an emitted loop: steps over a multiple of the vector's lanes of elements.</summary>
internal unsafe delegate void TileLoopBody(byte** operands, long n);

/// <summary>An emitted loop over the vectors of a tile. What does not fill a vector is done in memory of its own, so that the steps stand in the loop once.</summary>
internal sealed unsafe class TileLoop
{
    const int VectorBytes = 64;
    const int MostOperands = 64;

    readonly TileLoopBody body;
    readonly int lanes;
    readonly int reads; // the first operands; the others are written
    readonly int[] sizes; // bytes of each operand's elements; 0: it is one for all

    TileLoop(TileLoopBody body, int lanes, int reads, int[] sizes) => (this.body, this.lanes, this.reads, this.sizes) = (body, lanes, reads, sizes);

    /// <summary>The loop for the given steps of a program.</summary>
    [RequiresDynamicCode("The loop is emitted at run time.")]
    public static TileLoop Emit(FusedProgram program, TileLayout layout, List<int> steps, DType type, int[] reads, int[] writes, SimdLevel level)
    {
        var emitter = new LoopEmitter(program, layout, steps, type, reads, writes, level);
        int[] sizes =
        [
            .. reads.Select(v => IsSame(layout, v) ? 0 : program.Types[v].DType.Size()),
            .. writes.Select(v => program.Types[v].DType.Size()),
        ];
        if (sizes.Length > MostOperands) throw new InvalidOperationException($"A loop of {sizes.Length} operands was asked for.");
        return new TileLoop(emitter.Emit(), emitter.LaneCount, reads.Length, sizes);
    }

    /// <summary>Whether a value is one element for all.</summary>
    public static bool IsSame(TileLayout layout, int value) => value < layout.Kinds.Length && layout.Kinds[value] == OperandKind.Same;

    /// <summary>Runs the steps for <paramref name="n"/> elements of the operands that the windows look at.</summary>
    public void Run(StorageWindow[] operands, int n)
    {
        var pointers = stackalloc byte*[sizes.Length];
        for (var i = 0; i < sizes.Length; i++) pointers[i] = operands[i].Pointer;
        var whole = n / lanes * lanes;
        if (whole > 0) body(pointers, whole);
        if (whole < n) Rest(pointers, whole, (uint)(n - whole));
    }

    void Rest(byte** pointers, int start, uint count)
    {
        var padded = stackalloc byte[sizes.Length * VectorBytes];
        Unsafe.InitBlock(padded, 0, (uint)(sizes.Length * VectorBytes));
        var operands = stackalloc byte*[sizes.Length];
        for (var i = 0; i < sizes.Length; i++)
        {
            operands[i] = sizes[i] == 0 ? pointers[i] : padded + (i * VectorBytes);
            if (sizes[i] != 0 && i < reads) Unsafe.CopyBlockUnaligned(operands[i], pointers[i] + ((long)start * sizes[i]), count * (uint)sizes[i]);
        }

        body(operands, lanes);
        for (var i = reads; i < sizes.Length; i++)
            Unsafe.CopyBlockUnaligned(pointers[i] + ((long)start * sizes[i]), operands[i], count * (uint)sizes[i]);
    }
}
