namespace Strata.Kernels;

/// <summary>Along one axis: position v = 0 … <see cref="Positions"/> − 1 of the target, at <c>TargetStart + v·TargetStep</c>, sums over taps
/// j = 0 … <see cref="Taps"/> − 1 the source at <c>v·SourceStride + FirstOffset + j·OffsetStep</c> times element
/// <c>FirstIndex + j·IndexStep</c> of the filter. The forward convolution and each phase of its gradient are of this form.</summary>
internal readonly record struct AxisTaps(
    int Positions, int TargetStart, int TargetStep, int SourceStride, int Taps, int FirstOffset, int OffsetStep, int FirstIndex, int IndexStep)
{
    /// <summary>The source elements from the first that position 0 needs to the last that position <paramref name="positions"/> − 1 needs.</summary>
    public int Reach(int positions) => (positions - 1) * SourceStride + Math.Max(0, Taps - 1) * OffsetStep + 1;

    public static AxisTaps Forward(int output, int kernel, int stride, int dilation, int low) =>
        new(output, 0, 1, stride, kernel, -low, dilation, 0, 1);

    /// <summary>The input elements <paramref name="phase"/>, phase + stride, … of the gradient. Element i gets from output o what tap t carried:
    /// o·stride + t·dilation = i + low. Those i of one phase share their taps, and there the gradient is a convolution of stride 1.</summary>
    public static AxisTaps Backward(int input, int kernel, int stride, int dilation, int low, int phase)
    {
        var residue = (phase + low) % stride;
        var between = stride / Gcd(dilation, stride); // taps of one residue are this far apart
        var first = 0;
        while (first < kernel && first < between && (first * dilation - residue) % stride != 0) first++;
        var taps = first < kernel && first < between ? (kernel - 1 - first) / between + 1 : 0;
        var last = first + (taps - 1) * between; // taps in falling order, so that the source is read in rising order
        var positions = Math.Max(0, (input - phase + stride - 1) / stride);
        return new(positions, phase, stride, 1, taps, (phase + low) / stride + (residue - last * dilation) / stride, dilation * between / stride, last, -between);
    }

    static int Gcd(int a, int b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
