using Strata.Kernels;
using Strata.Operations;

namespace Strata.Compilation.Fusion;

/// <summary>Many element-wise operations, and reductions of what they give, in one pass over memory.</summary>
internal sealed record Fused(FusedProgram Program, FusionMode Mode) : Multiple
{
    readonly TileExecutor executor = new(Program, Mode);

    public override string Name => $"Fused({string.Join(", ", Program.Steps.Select(step => step.Operation.Name))})";

    public bool Equals(Fused? other) => other is not null && Mode == other.Mode && Program.Equals(other.Program);

    public override int GetHashCode() => Program.GetHashCode();

    // What a later step still reads of the input is kept safe by the executor.
    internal override bool Overwrites(int input, int output) =>
        Program.Inputs[input].Shape == Program.Domain && !Program.IsReduced(Program.Outputs[output]);

    protected override TensorType[] Infer(Tensor[] x) => Array.ConvertAll(Program.Outputs, value => Program.Types[value]);

    protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => executor.Run(k, x, y);
}
