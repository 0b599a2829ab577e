namespace Strata.Nn;

/// <summary>What a layer does with the mask of its input: bools [n, steps], false where a step is padding and does not count.</summary>
public enum MaskRule
{
    /// <summary>The layer knows nothing of masks, and an input that has one is an error, since padding would count.</summary>
    Refuse,

    /// <summary>The (first) output has the mask of the (first) input.</summary>
    Pass,

    /// <summary>The layer takes the mask into account, or what comes out has no steps any more: the output has no mask but one that
    /// <see cref="Layer.Call(Tensor, CallContext)"/> gives it with <see cref="CallContext.SetMask"/>.</summary>
    Stop,
}
