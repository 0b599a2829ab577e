using System.Diagnostics.CodeAnalysis;
using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Compilation.Fusion;

/// <summary>Cuts a program into loops: steps over one element type (truth values go along as masks), as many as the JIT still inlines in one method.</summary>
internal static class StageBuilder
{
    // The JIT gives up inlining in a method with some 500 locals, which the formulas of that many additions' time make.
    const int MostCost = 24;

    /// <summary>The stages of a program, its reductions left out.</summary>
    [RequiresDynamicCode("Loops are emitted at run time.")]
    public static TileStage[] Build(FusedProgram program, TileLayout layout, SimdLevel level)
    {
        var stages = new List<TileStage>();
        var open = Enumerable.Range(0, program.Steps.Length).Where(i => program.Steps[i].Operation is not Reduction).ToList();
        var known = new HashSet<int>(Enumerable.Range(0, program.Inputs.Length));
        while (open.Count > 0)
        {
            var (taken, type) = Next(program, open, known);
            open.RemoveAll(taken.Contains);
            int[] made = [.. taken.Select(i => program.Inputs.Length + i)];
            int[] reads = [.. taken.SelectMany(i => program.Steps[i].Operands).Where(v => !made.Contains(v)).Distinct()];
            int[] writes = [.. made.Where(v => program.Outputs.Contains(v) || IsReadLater(program, v, made))];
            stages.Add(taken.Count == 1
                ? new TileStage([.. program.Steps[taken[0]].Operands.Span], made, program.Steps[taken[0]].Operation)
                : new TileStage(reads, writes, null, TileLoop.Emit(program, layout, taken, type, reads, writes, level)));
        }

        return [.. stages];
    }

    static bool IsReadLater(FusedProgram program, int value, int[] made)
    {
        for (var i = 0; i < program.Steps.Length; i++)
            if (!made.Contains(program.Inputs.Length + i) && program.Steps[i].Operands.Span.Contains(value)) return true;
        return false;
    }

    // The steps of the next stage, whose results then are known.
    static (List<int> Taken, DType Type) Next(FusedProgram program, List<int> open, HashSet<int> known)
    {
        var taken = new List<int>();
        var type = DType.Bool;
        var cost = 0;
        foreach (var i in open)
        {
            if (program.Steps[i].Operands.Any(v => !known.Contains(v))) continue;
            var own = ElementType(program, i);
            if (taken.Count > 0)
            {
                if (own is not { } fits || (fits != DType.Bool && type != DType.Bool && fits != type)) continue;
                if (cost + program.Operators[i]!.Cost > MostCost) continue;
            }

            taken.Add(i);
            known.Add(program.Inputs.Length + i);
            if (own is null) break; // no loop can be made for it
            cost += program.Operators[i]!.Cost;
            if (type == DType.Bool) type = own.Value;
        }

        return (taken, type);
    }

    /// <summary>The type of the vectors that a step is computed in; bool: masks of any; null: only its kernel can do it.</summary>
    static DType? ElementType(FusedProgram program, int step)
    {
        if (program.Operators[step] is not { } known) return null;
        var (from, to) = (program.Types[known.Order[0]].DType, program.Types[program.Inputs.Length + step].DType);
        return known.Kind switch
        {
            OperatorKind.Compare => from,
            OperatorKind.Cast => from == DType.Bool ? to : to == DType.Bool ? from : null,
            _ => to,
        };
    }
}
