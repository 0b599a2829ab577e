using Strata.Random;
using Strata.Tests.Kernels;

namespace Strata.Tests.Random;

[Collection("Engine settings")]
public sealed class DrawTests
{
    static readonly Dictionary<string, Func<RandomStream, Tensor>> Draws = new()
    {
        ["gamma"] = r => r.Gamma([3000], .7),
        ["beta"] = r => r.Beta([3000], 2, .4),
        ["poisson"] = r => r.Poisson([3000], 23),
        ["binomial"] = r => r.Binomial([3000], 70, .4),
        ["multinomial"] = r => r.Multinomial(Tensor.Ones([3000, 3]), 9),
        ["choice"] = r => r.Choice(Tensor.Ones([3000, 3]), 4, replacement: true),
        ["choice without replacement"] = r => r.Choice(Tensor.Ones([3000, 3]), 2, replacement: false),
        ["permutation"] = r => r.Permutation(3000),
    };

    public static TheoryData<string> Names => [.. Draws.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Draws_repeat_whatever_the_number_of_threads_and_are_new_in_each_run_of_a_plan(string name)
    {
        var draw = Draws[name];
        var stream = new RandomStream(16);
        var (first, second) = (draw(stream), draw(stream));
        Assert.NotEqual(Numbers(first), Numbers(second));
        foreach (var threads in new[] { 1, 2 }) Check.Equal(first, Settings.OnThreads(threads, () => draw(new RandomStream(16))));
        var traced = new RandomStream(16);
        var plan = Compiled.Function(() => draw(traced));
        Check.Equal(first, plan());
        Check.Equal(second, plan());
    }

    static double[] Numbers(Tensor x) => x.Cast(DType.Float64).ToArray<double>();
}
