using Strata.Random;

namespace Strata.Tests.Random;

public sealed class RandomStreamTests
{
    const int Many = 200_000;

    // Known answers of the reference implementation (Random123, kat_vectors, philox4x32 with 10 rounds).
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_gives_the_published_words(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint x0, uint x1, uint x2, uint x3) =>
        Assert.Equal((x0, x1, x2, x3), Philox.Block(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void A_seed_repeats_and_draws_differ()
    {
        var (a, b) = (new RandomStream(5), new RandomStream(5));
        var first = a.Uniform([100]).ToArray<float>();
        Assert.Equal(first, b.Uniform([100]).ToArray<float>());
        Assert.NotEqual(first, a.Uniform([100]).ToArray<float>());
        Assert.NotEqual(first, new RandomStream(6).Uniform([100]).ToArray<float>());
    }

    [Fact]
    public void A_saved_state_goes_on_with_the_same_draws()
    {
        var stream = new RandomStream(5);
        stream.Normal([7]);
        var state = stream.State;
        var next = stream.Normal([50]).ToArray<float>();
        Assert.Equal(next, new RandomStream(state).Normal([50]).ToArray<float>());
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Uniform_numbers_have_their_moments(DType type)
    {
        var u = new RandomStream(1).Uniform([Many], -1, 3, type);
        Sample.Moments(u, mean: 1, variance: 16.0 / 12);
        Assert.True(u.Min().Item() >= -1 && u.Max().Item() < 3);
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Normal_numbers_have_their_moments(DType type) => Sample.Moments(new RandomStream(2).Normal([Many], 2, 3, type), mean: 2, variance: 9);

    [Fact]
    public void Truncated_normal_numbers_stay_within_two_deviations()
    {
        var x = new RandomStream(3).TruncatedNormal([Many], 0, 2);
        Sample.Moments(x, mean: 0, variance: 0.7737 * 4);
        Assert.True(x.Abs().Max().Item() <= 4);
    }

    [Fact]
    public void Integers_are_spread_evenly()
    {
        var counts = new long[10];
        foreach (var i in new RandomStream(4).Integers([Many], -5, 5).ToArray<long>()) counts[i + 5]++;
        Sample.ChiSquare(counts, [.. Enumerable.Repeat(0.1, 10)]);
    }

    [Fact]
    public void Categories_come_with_the_probabilities_of_softmax()
    {
        double[] p = [0.1, 0.2, 0.3, 0.4];
        var logits = Tensor.From([.. p.Select(v => Math.Log(v))], [1, 4]).BroadcastTo([Many, 4]);
        var counts = new long[4];
        foreach (var i in new RandomStream(5).Categorical(logits).ToArray<long>()) counts[i]++;
        Sample.ChiSquare(counts, p);
    }

    [Fact]
    public void Bernoulli_is_true_with_its_probability()
    {
        var share = new RandomStream(6).Bernoulli([Many], 0.3).Cast(DType.Float64).Mean().Item();
        Assert.Equal(0.3, share, 4 * Math.Sqrt(0.21 / Many));
        Check.Fails("RandomStream.Bernoulli: 1.5 is no probability; it must be in 0 … 1.", () => new RandomStream(6).Bernoulli([2], 1.5));
    }

    [Fact]
    public void A_permutation_holds_each_number_once()
    {
        var order = new RandomStream(7).Permutation(1000).ToArray<long>();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 1000).Select(i => (long)i), order);
    }

    [Fact]
    public void Split_streams_are_independent_of_each_other_and_of_their_parent()
    {
        var parent = new RandomStream(8);
        var children = parent.Split(2);
        Tensor[] draws = [children[0].Normal([Many]), children[1].Normal([Many]), parent.Normal([Many])];
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < i; j++)
                Assert.Equal(0, (draws[i] * draws[j]).Mean().Item(), 4 / Math.Sqrt(Many));
    }

    [Fact]
    public void Reparameterized_draws_have_gradients_for_mean_and_deviation()
    {
        var ε = new RandomStream(9).Normal([5], dtype: DType.Float64);
        var gradient = Gradient.Of(σ => (σ * new RandomStream(9).Normal([5], dtype: DType.Float64)).Sum(), Tensor.From(2.0, 2, 2, 2, 2));
        Check.Close(ε, gradient);
    }

    [Fact]
    public void An_empty_range_is_named() => Check.Fails("RandomIntegers: the range 3 … 3 − 1 is empty.", () => new RandomStream(1).Integers([2], 3, 3));
}
