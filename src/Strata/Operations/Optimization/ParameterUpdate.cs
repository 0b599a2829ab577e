using Strata.Kernels;

namespace Strata.Operations;

/// <summary>One step of an optimizer for one parameter as a single operation: (p, g, states…, numbers) → (p', states'…).</summary>
/// <remarks>The numbers of the step come as a float64 vector and not as attributes, so that a plan made of the step holds for later steps, too. The first two
/// are weight decay: g ← g + n₀·p and p ← n₁·p before the rule, which sees the rest.</remarks>
internal abstract record ParameterUpdate : Multiple
{
    /// <summary>How many states the rule keeps.</summary>
    public abstract int States { get; }

    /// <summary>Whether a gradient of 0 changes neither an element nor its states, but for weight decay.</summary>
    public virtual bool LeavesZerosAlone => false;

    internal sealed override bool Overwrites(int input, int output) => input == (output == 0 ? 0 : output + 1);

    /// <summary>Writes the new values over the old ones, half the memory traffic of making new tensors. The inputs must be of the right types, and no tape open.</summary>
    public void RunInPlace(Tensor[] x)
    {
        var y = new Tensor[States + 1];
        for (var i = 0; i < y.Length; i++) y[i] = x[i == 0 ? 0 : i + 1];
        Run(x[0].Device.Kernels, x, y);
        GC.KeepAlive(x);
    }

    /// <summary>Does the step for several parameters at once: inputs and outputs of one after the other, the numbers last.</summary>
    public void RunTogether(CpuKernels k, Tensor[] x, Tensor[] y) => Run(k, x, y);

    protected override TensorType[] Infer(Tensor[] x)
    {
        var p = x[0];
        if (x.Length != States + 3) Fail($"{States} states are needed, but {x.Length - 3} were given.");
        if (!p.DType.IsFloating()) Fail($"a parameter must be floating-point, but it is {p.Type}.");
        if (x[1].Type != p.Type) Fail($"the gradient is {x[1].Type}, but the parameter is {p.Type}.");
        var types = new TensorType[States + 1];
        for (var i = 0; i <= States; i++)
        {
            if (i > 0 && x[i + 1].Type != p.Type) Fail($"a state is {x[i + 1].Type}, but the parameter is {p.Type}.");
            types[i] = p.Type;
        }

        return types;
    }
}
