using System.Diagnostics.CodeAnalysis;
using Strata.Kernels;
using Strata.Operations;

namespace Strata.Compilation.Fusion;

/// <summary>A program as stages, and where their values lie: inputs and outputs in the memory of their tensors, values between stages in buffers
/// of a tile's length, which share memory where they live at different times.</summary>
internal sealed class TileCode
{
    TileCode(FusedProgram program, SimdLevel level, TileStage[] stages)
    {
        (Level, Stages) = (level, stages);
        Buffers = new int[program.Types.Length];
        Array.Fill(Buffers, -1);
        var lastRead = new int[program.Types.Length];
        for (var stage = 0; stage < stages.Length; stage++)
            foreach (var value in stages[stage].Reads) lastRead[value] = stage;
        foreach (var step in program.Steps)
            if (step.Operation is Reduction) lastRead[step.Operands[0]] = int.MaxValue;

        var free = new Stack<int>();
        for (var stage = 0; stage < stages.Length; stage++)
        {
            foreach (var value in stages[stage].Writes)
                if (!program.Outputs.Contains(value)) Buffers[value] = free.TryPop(out var buffer) ? buffer : BufferCount++;
            foreach (var value in stages[stage].Reads.Distinct())
                if (Buffers[value] >= 0 && lastRead[value] == stage) free.Push(Buffers[value]);
        }

        Unsafe = [.. program.Outputs.Select(output => Array.FindIndex(stages, s => s.Writes.Contains(output)) is var written && written < 0
            ? []
            : Enumerable.Range(0, program.Inputs.Length).Where(input => lastRead[input] > written && program.Inputs[input].Shape == program.Domain).ToArray())];
    }

    /// <summary>The vector width that loops were emitted for.</summary>
    public SimdLevel Level { get; }

    public TileStage[] Stages { get; }

    /// <summary>The number of each value's buffer, or −1.</summary>
    public int[] Buffers { get; }

    public int BufferCount { get; }

    /// <summary>For each output the inputs that are read after it was written: it may not lie where they do until the tile is done.</summary>
    public int[][] Unsafe { get; }

    /// <summary>Each step by its operation's own kernel.</summary>
    public static TileCode Interpreted(FusedProgram program, SimdLevel level) => new(
        program,
        level,
        [.. program.Steps.Select((step, i) => (step, i)).Where(s => s.step.Operation is not Reduction)
            .Select(s => new TileStage([.. s.step.Operands.Span], [program.Inputs.Length + s.i], s.step.Operation))]);

    /// <summary>Steps of one element type as loops over vectors.</summary>
    [RequiresDynamicCode("Loops are emitted at run time.")]
    public static TileCode Emitted(FusedProgram program, TileLayout layout, SimdLevel level) =>
        new(program, level, StageBuilder.Build(program, layout, level));
}
