using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Branches side by side whose channels are put together. A branch is a chain of units; its last step may itself be several side by side.</summary>
public sealed class MixedBlock : Layer
{
    readonly Layer[][] branches;
    readonly bool lastIsFork;

    /// <summary>Creates the block.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="branches">The chains, in the order of their channels.</param>
    /// <param name="forks">Whether in branches of more than two units the last two are side by side (figure 7).</param>
    public MixedBlock(string name, Layer[][] branches, bool forks = false)
    {
        Name = name;
        (this.branches, lastIsFork) = (branches, forks);
        foreach (var layer in branches.SelectMany(b => b)) Track(layer);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        return Tensor.Concatenate([.. branches.Select(Branch)], -1);

        Tensor Branch(Layer[] branch)
        {
            var fork = lastIsFork && branch.Length > 2;
            var y = x;
            foreach (var layer in fork ? branch[..^2] : branch) y = layer.Apply(y, context);
            return fork ? Tensor.Concatenate([branch[^2].Apply(y, context), branch[^1].Apply(y, context)], -1) : y;
        }
    }
}
