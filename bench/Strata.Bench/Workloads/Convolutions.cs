using Strata.Random;

namespace Strata.Bench.Workloads;

/// <summary>A 3×3 convolution of 64 to 64 channels on 56×56, batch 8, stride 1, same padding: forward and both gradients.</summary>
internal static class Convolutions
{
    public static Workload Conv3x3 { get; } = new("conv3x3", 3 * 2e-9 * 8 * 56 * 56 * 9 * 64 * 64, () =>
    {
        var random = new RandomStream(0);
        var x = random.Uniform([8, 56, 56, 64]);
        var kernel = random.Uniform([3, 3, 64, 64], -0.04, 0.04);
        var bias = random.Uniform([64], -0.04, 0.04);
        return () => Gradient.ValueAndGradient(v => (v[0].Convolution(v[1], [], Padding.Same, []) + v[2]).Sum(), x, kernel, bias);
    });
}
