using System.Numerics.Tensors;
using Strata.Kernels;
using Strata.Nn;
using Strata.Operations;

namespace Strata.Gallery.Tests.Docs;

/// <summary>The code of the guides under <c>docs/</c>.</summary>
public sealed class GuideExamples
{
    [Fact]
    public void An_operation_of_an_application_differentiates_like_the_engines_own()
    {
        var x = Tensor.From(1.0, -2.0);
        Assert.Equal([1, -8], new Cube().Apply(x).ToArray<double>());
        Assert.Equal([3, 12], Gradient.Of(z => new Cube().Apply(z).Sum(), x).ToArray<double>());
        Assert.Equal([6, -12], Gradient.Of(z => Gradient.Of(v => new Cube().Apply(v).Sum(), z).Sum(), x).ToArray<double>());
        GradientCheck.Verify(z => new Cube().Apply(z), x);
        Assert.Equal("Cube: its input is float32 or float64, not int32.", Assert.Throws<ShapeException>(() => new Cube().Apply(Tensor.From(1))).Message);
    }

    [Fact]
    public void A_layer()
    {
        var layer = new ScaleAndShift();
        Assert.Equal([1, 2], layer.Apply(Tensor.From(new float[,] { { 1, 2 } })).ToArray<float>());
        Assert.Equal(4, layer.ParameterCount);
    }

    [Fact]
    public void A_claim() => Assert.True(
        new Claim("accuracy", "LeNet-5 classifies this share of unseen digits", Bound.Min(0.97), new Control("linear classifier", 0.04))
            .Decide(0.98, 0.9).Kept);
}

/// <summary>y = x³.</summary>
internal sealed record Cube : Unary
{
    protected override TensorType Infer(Tensor x)
    {
        if (!x.DType.IsFloating()) Fail($"its input is float32 or float64, not {x.DType.Name()}.");
        return x.Type;
    }

    protected override void Run(CpuKernels k, Tensor x, Tensor y)
    {
        if (x.DType == DType.Float32) TensorPrimitives.Pow(k.Read<float>(x), 3, k.Write<float>(y));
        else TensorPrimitives.Pow(k.Read<double>(x), 3, k.Write<double>(y));
    }

    protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * 3 * x * x;
}

/// <summary>y = x·g + b with one gain and one bias a channel;  x […, c] → y […, c].</summary>
public sealed class ScaleAndShift : Layer
{
    Variable gain = null!;
    Variable bias = null!;

    protected override void Build(Shape x)
    {
        gain = Weight("gain", [x[^1]], Initializer.Ones);
        bias = Weight("bias", [x[^1]], Initializer.Zeros);
    }

    protected override Tensor Call(Tensor x, CallContext context) => (x * gain) + bias;
}
