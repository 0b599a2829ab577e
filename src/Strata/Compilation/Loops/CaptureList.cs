using Strata.Differentiation;

namespace Strata.Compilation;

/// <summary>What the body of a loop or branch takes from around it.</summary>
internal sealed class CaptureList
{
    readonly Tape? tapes = Tape.Innermost; // suspended while the body is traced
    readonly bool all = LeafFinder.Active;
    readonly Tracer? outer = Tracer.Current;

    /// <summary>The tensors outside, each with the argument that stands for it inside.</summary>
    public Dictionary<Tensor, Tensor> Inside { get; } = [];

    /// <summary>Whether a tensor from outside must be an argument; otherwise it is a constant.</summary>
    public bool Takes(Tensor x) => x.Node is not null || all || Tape.AnyWatches(tapes, x);

    /// <summary>The value of a variable outside.</summary>
    public Tensor ValueOf(Variable variable) => outer?.Read(variable) ?? variable.Lend();
}
