using Strata.Random;

namespace Strata.Bench.Workloads;

/// <summary>A square float32 matrix product, n = 1024.</summary>
internal static class Products
{
    public static Workload Gemm1024 { get; } = new("gemm1024", 2e-9 * 1024 * 1024 * 1024, () =>
    {
        var random = new RandomStream(0);
        var (a, b) = (random.Uniform([1024, 1024]), random.Uniform([1024, 1024]));
        return () => a.MatMul(b);
    });
}
