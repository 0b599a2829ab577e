namespace Strata.Nn;

/// <summary>What a cell is carried over.</summary>
/// <param name="X">The steps [n, t, …].</param>
/// <param name="States">The states before the first step.</param>
/// <param name="Constants">What every step gets besides.</param>
/// <param name="Mask">Bools [n, t], false for steps to skip; null: all count.</param>
/// <param name="Reverse">Whether to go from the last step to the first.</param>
/// <param name="EveryStep">Whether the outputs of all steps are wanted, [n, t, …] in the places of their inputs, or that of the last alone, [n, …].</param>
internal sealed record SequenceInput(Tensor X, Tensor[] States, Tensor[] Constants, Tensor? Mask, bool Reverse, bool EveryStep)
{
    /// <summary>The outputs that are wanted, of outputs h of all steps that repeat where masked.</summary>
    public Tensor Wanted(Tensor h) => EveryStep ? h : Last(h);

    /// <summary>The last step taken of a sequence [n, t, …].</summary>
    public Tensor Last(Tensor h) => Reverse ? h[.., 0] : h[.., ^1];
}
