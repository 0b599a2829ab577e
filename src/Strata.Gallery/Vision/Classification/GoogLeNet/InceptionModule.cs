using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Four branches side by side (figure 2b): 1×1; 1×1 and 3×3; 1×1 and a larger window; pooling and 1×1. Their channels are put together.</summary>
public sealed class InceptionModule : Layer
{
    readonly ConvolutionUnit branch1;
    readonly Sequential branch2, branch3;
    readonly Sequential branch4;

    /// <summary>Creates the module from a row of table 1.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ones">#1×1.</param>
    /// <param name="reduced3">#3×3 reduce.</param>
    /// <param name="threes">#3×3.</param>
    /// <param name="reduced5">#5×5 reduce.</param>
    /// <param name="fives">#5×5; torchvision's window here is 3×3.</param>
    /// <param name="pooled">pool proj.</param>
    public InceptionModule(string name, int ones, int reduced3, int threes, int reduced5, int fives, int pooled)
    {
        Name = name;
        branch1 = Track(new ConvolutionUnit("branch1", ones, 1));
        branch2 = Track(new Sequential(new ConvolutionUnit("0", reduced3, 1), new ConvolutionUnit("1", threes, 3)) { Name = "branch2" });
        branch3 = Track(new Sequential(new ConvolutionUnit("0", reduced5, 1), new ConvolutionUnit("1", fives, 3)) { Name = "branch3" });
        branch4 = Track(new Sequential(new MaxPooling2D(3, 1, Padding.Same), new ConvolutionUnit("1", pooled, 1)) { Name = "branch4" });
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) =>
        Tensor.Concatenate([branch1.Apply(x, context), branch2.Apply(x, context), branch3.Apply(x, context), branch4.Apply(x, context)], -1);
}
