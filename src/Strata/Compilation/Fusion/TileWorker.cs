using System.Runtime.InteropServices;
using Strata.Kernels;
using Strata.Memory;
using Strata.Operations;

namespace Strata.Compilation.Fusion;

/// <summary>Runs the stages of a program on one thread, tile by tile. Each value has a window that is moved from tile to tile; the operations' kernels see
/// tensors of a tile's length bound to it.</summary>
internal sealed unsafe class TileWorker
{
    const int Alignment = 64;

    readonly FusedProgram program;
    readonly TileLayout layout;
    readonly StorageWindow[] windows; // of each value
    readonly nint[] bases; // where the first element of each value lies that moves along with the tiles; 0: it does not
    readonly nint[] safe; // for each output the buffer that it is written to first, if it would overwrite what is read later
    readonly TileFrame whole;
    readonly TileFrame tail;
    readonly StorageWindow[] accumulators; // of each output that is a reduction
    readonly Tensor?[] accumulatorTensors;
    readonly StorageWindow[] combinedWindows;
    readonly (Reduction Operation, Tensor[] From, Tensor[] To)?[] combined;
    readonly long[] partialOffsets;
    readonly int[] reducedSizes; // elements of one partial result

    public TileWorker(FusedProgram program, TileLayout layout, TileCode code)
    {
        (this.program, this.layout, Code) = (program, layout, code);
        windows = Array.ConvertAll(program.Types, _ => new StorageWindow());
        bases = new nint[windows.Length];
        safe = new nint[program.Outputs.Length];
        whole = new TileFrame(program, layout, code, windows, layout.Length);
        tail = layout.LastLength == layout.Length ? whole : new TileFrame(program, layout, code, windows, layout.LastLength);

        accumulators = Array.ConvertAll(program.Outputs, _ => new StorageWindow());
        combinedWindows = Array.ConvertAll(program.Outputs, _ => new StorageWindow());
        accumulatorTensors = new Tensor?[program.Outputs.Length];
        combined = new (Reduction, Tensor[], Tensor[])?[program.Outputs.Length];
        partialOffsets = new long[program.Outputs.Length];
        reducedSizes = new int[program.Outputs.Length];
        for (var i = 0; i < program.Outputs.Length; i++)
        {
            if (!program.IsReduced(program.Outputs[i])) continue;
            var type = program.Types[program.Outputs[i]].DType;
            reducedSizes[i] = layout.Reduction == ReductionKind.Leading ? layout.Width : 1;
            partialOffsets[i] = PartialBytes;
            PartialBytes += Rounded(layout.Chunks * reducedSizes[i] * type.Size());
            accumulatorTensors[i] = Bound(new TensorType([reducedSizes[i]], type), accumulators[i]);
            combined[i] = (
                TileFrame.Along((Reduction)program.OperationOf(program.Outputs[i]), 0),
                [Bound(new TensorType([checked((int)layout.Chunks), reducedSizes[i]], type), accumulators[i])],
                [Bound(new TensorType([reducedSizes[i]], type), combinedWindows[i])]);
        }
    }

    public TileCode Code { get; }

    /// <summary>The memory for the partial results of all chunks.</summary>
    public long PartialBytes { get; }

    /// <summary>Does the chunks <paramref name="start"/> … <paramref name="end"/> − 1.</summary>
    public void Run(CpuKernels k, Tensor[] x, Tensor[] y, byte* partial, long start, long end)
    {
        Place(x, y);
        for (var chunk = start; chunk < end; chunk++)
        {
            var (first, stop) = (chunk * layout.TilesPerChunk, Math.Min((chunk + 1) * layout.TilesPerChunk, layout.Tiles));
            for (var tile = first; tile < stop; tile++) Tile(k, x, y, tile, partial, chunk, tile == first);
        }
    }

    /// <summary>Combines the partial results of all chunks.</summary>
    public void Combine(CpuKernels k, Tensor[] y, byte* partial)
    {
        for (var i = 0; i < program.Outputs.Length; i++)
        {
            if (combined[i] is not { } last) continue;
            accumulators[i].MoveTo(partial + partialOffsets[i]);
            combinedWindows[i].MoveTo(y[i].Pointer);
            last.Operation.RunAll(k, last.From, last.To);
        }
    }

    /// <summary>A tensor that looks through a window.</summary>
    public static Tensor Bound(TensorType type, StorageWindow window)
    {
        var tensor = new Tensor(type);
        tensor.Bind(window);
        return tensor;
    }

    static long Rounded(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    // Where values lie that stay where they are, and where those begin that move.
    void Place(Tensor[] x, Tensor[] y)
    {
        var slot = Rounded((layout.Length * 8L) + BroadcastAxes.Slack);
        var needed = Code.BufferCount + program.Inputs.Length + program.Outputs.Length + 1;
        var memory = ScratchMemory.Get<byte>(Scratch.Tile, needed * slot);
        for (var value = 0; value < windows.Length; value++)
            if (Code.Buffers[value] >= 0) windows[value].MoveTo(memory + (Code.Buffers[value] * slot));
        memory += Code.BufferCount * slot;
        for (var input = 0; input < x.Length; input++, memory += slot)
        {
            var from = x[input].Pointer;
            bases[input] = layout.Kinds[input] == OperandKind.Stream ? (nint)from : 0;
            windows[input].MoveTo(layout.Kinds[input] == OperandKind.Same ? from : memory);
            if (layout.Kinds[input] == OperandKind.Pattern) layout.Axes[input].Spread(from, x[input].DType.Size(), 0, layout.Length, memory);
        }

        for (var i = 0; i < y.Length; i++, memory += slot)
        {
            var value = program.Outputs[i];
            if (program.IsReduced(value)) continue;
            var to = y[i].Pointer;
            safe[i] = 0;
            foreach (var input in Code.Unsafe[i])
                if (x[input].Pointer == to) safe[i] = (nint)memory;
            bases[value] = safe[i] == 0 ? (nint)to : 0;
            if (safe[i] != 0) windows[value].MoveTo(memory);
        }

        whole.Partial = tail.Partial = memory;
    }

    void Tile(CpuKernels k, Tensor[] x, Tensor[] y, long tile, byte* partial, long chunk, bool first)
    {
        var at = tile * layout.Length;
        var frame = tile == layout.Tiles - 1 ? tail : whole;
        for (var value = 0; value < bases.Length; value++)
            if (bases[value] != 0) windows[value].MoveTo((byte*)bases[value] + (at * program.Types[value].DType.Size()));
        for (var input = 0; input < x.Length; input++)
            if (layout.Kinds[input] == OperandKind.Spread)
                layout.Axes[input].Spread(x[input].Pointer, x[input].DType.Size(), at, frame.Length, windows[input].Pointer);

        frame.RunStages(k);

        for (var i = 0; i < y.Length; i++)
        {
            var value = program.Outputs[i];
            var size = program.Types[value].DType.Size();
            if (program.IsReduced(value))
            {
                var to = layout.Reduction == ReductionKind.Trailing ? y[i].Pointer + (at / layout.Width * size)
                    : partial == null ? y[i].Pointer
                    : partial + partialOffsets[i] + (chunk * reducedSizes[i] * size);
                frame.Reduce(k, i, to, first || layout.Reduction == ReductionKind.Trailing ? null : accumulatorTensors[i], accumulators[i]);
            }
            else if (safe[i] != 0)
            {
                NativeMemory.Copy((void*)safe[i], y[i].Pointer + (at * size), (nuint)(frame.Length * size));
            }
        }
    }
}
