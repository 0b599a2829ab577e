using Strata.Kernels;
using Strata.Memory;
using Strata.Operations;

namespace Strata.Compilation.Fusion;

/// <summary>The tensors that the stages of a program see in tiles of one length.</summary>
internal sealed unsafe class TileFrame
{
    readonly TileCode code;
    readonly (Tensor[] Inputs, Tensor[] Outputs)[] operands; // of stages that run an operation
    readonly StorageWindow[][] moved; // of stages that run a loop
    readonly (Reduction Operation, Tensor[] Input, Tensor[] Output, StorageWindow Window, Tensor[] Pair, Tensor[] Sum)?[] reductions; // of each output

    public TileFrame(FusedProgram program, TileLayout layout, TileCode code, StorageWindow[] windows, int length)
    {
        (this.code, Length) = (code, length);
        operands = new (Tensor[], Tensor[])[code.Stages.Length];
        moved = new StorageWindow[code.Stages.Length][];
        for (var i = 0; i < code.Stages.Length; i++)
        {
            var stage = code.Stages[i];
            if (stage.Operation is null) moved[i] = [.. stage.Reads.Concat(stage.Writes).Select(value => windows[value])];
            else operands[i] = (Array.ConvertAll(stage.Reads, Of), Array.ConvertAll(stage.Writes, Of));
        }

        reductions = new (Reduction, Tensor[], Tensor[], StorageWindow, Tensor[], Tensor[])?[program.Outputs.Length];
        for (var i = 0; i < program.Outputs.Length; i++)
        {
            if (!program.IsReduced(program.Outputs[i])) continue;
            var reduction = (Reduction)program.OperationOf(program.Outputs[i]);
            var source = program.Steps[program.Outputs[i] - program.Inputs.Length].Operands[0];
            var width = layout.Reduction == ReductionKind.Whole ? length : layout.Width;
            var input = TileWorker.Bound(new TensorType([length / width, width], program.Types[source].DType), windows[source]);
            var window = new StorageWindow();
            Shape result = layout.Reduction == ReductionKind.Leading ? [width] : [length / width];
            var output = TileWorker.Bound(new TensorType(result, program.Types[program.Outputs[i]].DType), window);
            reductions[i] = (Along(reduction, layout.Reduction == ReductionKind.Leading ? 0 : 1), [input], [output], window, new Tensor[2], new Tensor[1]);
        }

        Tensor Of(int value) => TileWorker.Bound(
            new TensorType(value < layout.Kinds.Length && layout.Kinds[value] == OperandKind.Same ? [] : [length], program.Types[value].DType), windows[value]);
    }

    /// <summary>Elements of a tile.</summary>
    public int Length { get; }

    /// <summary>Memory for the result of a reduction of one tile.</summary>
    public byte* Partial { get; set; }

    /// <summary>The reduction over one axis of a matrix.</summary>
    public static Reduction Along(Reduction reduction, int axis) => reduction with { Axes = new AxisSet(1u << axis), KeepDims = false };

    public void RunStages(CpuKernels k)
    {
        for (var i = 0; i < code.Stages.Length; i++)
        {
            var stage = code.Stages[i];
            if (stage.Loop is { } loop) loop.Run(moved[i], Length);
            else stage.Operation!.RunAll(k, operands[i].Inputs, operands[i].Outputs);
        }
    }

    /// <summary>Reduces the tile to <paramref name="to"/>, or combines what it gives with what lies there.</summary>
    /// <param name="k">The kernels.</param>
    /// <param name="output">Which output of the program.</param>
    /// <param name="to">Where the result lies.</param>
    /// <param name="accumulator">The result so far; null: there is none.</param>
    /// <param name="window">Where the accumulator looks.</param>
    public void Reduce(CpuKernels k, int output, byte* to, Tensor? accumulator, StorageWindow window)
    {
        var (operation, input, result, place, pair, sum) = reductions[output]!.Value;
        place.MoveTo(accumulator is null ? to : Partial);
        operation.RunAll(k, input, result);
        if (accumulator is null) return;
        window.MoveTo(to);
        (pair[0], pair[1], sum[0]) = (accumulator, result[0], accumulator);
        operation.Combination.RunAll(k, pair, sum);
    }
}
