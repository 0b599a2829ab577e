using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Compilation.Fusion;

/// <summary>Element-wise operations over one shape, the domain, that run as one: inputs are broadcast to the domain, every step computes an element for each
/// place of it, and reductions may follow of which no step takes the result.</summary>
internal sealed class FusedProgram : IEquatable<FusedProgram>
{
    public FusedProgram(Shape domain, TensorType[] inputs, FusedStep[] steps, int[] outputs)
    {
        (Domain, Inputs, Steps, Outputs) = (domain, inputs, steps, outputs);
        Types = [.. inputs, .. new TensorType[steps.Length]];
        for (var i = 0; i < steps.Length; i++)
        {
            var operands = Array.ConvertAll([.. steps[i].Operands.Span], o => new Tensor(Types[o]));
            Types[inputs.Length + i] = steps[i].Operation.InferAll(operands)[0];
        }

        Operators = Array.ConvertAll(steps, Recorded);
        foreach (var known in Operators) Cost += known?.Cost ?? 1;
    }

    /// <summary>The shape of every step's result, but for reductions.</summary>
    public Shape Domain { get; }

    public TensorType[] Inputs { get; }

    /// <summary>Those before reductions come first.</summary>
    public FusedStep[] Steps { get; }

    /// <summary>The numbers of the values that are handed out.</summary>
    public int[] Outputs { get; }

    /// <summary>The types of all values.</summary>
    public TensorType[] Types { get; }

    /// <summary>What each step computes, with its operands; null for a reduction and for what is not known.</summary>
    public RecordedOperator?[] Operators { get; }

    /// <summary>Roughly how many times as long as an addition a place of the domain takes.</summary>
    public long Cost { get; }

    /// <summary>The operation whose result a value is.</summary>
    public Operation OperationOf(int value) => Steps[value - Inputs.Length].Operation;

    /// <summary>Whether a value is the result of a reduction.</summary>
    public bool IsReduced(int value) => value >= Inputs.Length && OperationOf(value) is Reduction;

    // The kernels' order of operands may be another than the operation's.
    RecordedOperator? Recorded(FusedStep step)
    {
        if (step.Operation is Reduction) return null;
        var places = Array.ConvertAll([.. step.Operands.Span], o => new Tensor(new TensorType([1], Types[o].DType)));
        var recorded = OperatorRecorder.Of(k => step.Operation.RunAll(k, places, [new Tensor(new TensorType([1], step.Operation.InferAll(places)[0].DType))]));
        return recorded is null ? null : recorded with { Order = Array.ConvertAll(recorded.Operands, x => step.Operands[Array.IndexOf(places, x)]) };
    }

    public bool Equals(FusedProgram? other) => other is not null && Domain == other.Domain && Inputs.AsSpan().SequenceEqual(other.Inputs)
        && Steps.AsSpan().SequenceEqual(other.Steps) && Outputs.AsSpan().SequenceEqual(other.Outputs);

    public override bool Equals(object? obj) => Equals(obj as FusedProgram);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Domain);
        foreach (var step in Steps) hash.Add(step);
        return hash.ToHashCode();
    }
}
