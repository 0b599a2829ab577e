using Strata.Nn;

namespace Strata.Gallery.Reinforcement.Asynchronous;

/// <summary>Two networks on one input, their outputs one after the other: what a policy is made of, and the value.</summary>
public sealed class PolicyAndValue : Model
{
    readonly Model policy, value;

    /// <summary>Puts two networks together.</summary>
    public PolicyAndValue(Model policy, Model value) => (this.policy, this.value) = (Track(policy), Track(value));

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => Tensor.Concatenate([policy.Apply(x, context), value.Apply(x, context)], 1);
}
