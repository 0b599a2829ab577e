using Strata.Random;

namespace Strata.Nn.Tests.Layers.Memory;

public sealed class NtmMemoryTests
{
    const int Locations = 5, Width = 3;
    readonly Tensor memory = new RandomStream(1).Normal([2, Locations, Width]);
    readonly Tensor keys = new RandomStream(2).Normal([2, 1, Width]);
    readonly Tensor weighting = new RandomStream(3).Normal([2, 1, Locations]).Softmax();

    [Fact]
    public void Without_strength_all_contents_are_alike() =>
        Check.Close([.. Enumerable.Repeat(1.0 / Locations, 2 * Locations)], NtmMemory.Content(memory, keys, Column(0)));

    [Fact]
    public void With_much_strength_the_key_finds_its_own_content()
    {
        var w = NtmMemory.Content(memory, memory[.., 3..4] * 7, Column(1e3)); // the length of a key does not matter
        Check.Close([0, 0, 0, 1, 0, 0, 0, 0, 1, 0], w, 1e-4);
    }

    // w(i) = e^(β·K) / Σ e^(β·K) with K = 1, 0, −1 for locations along, across and against the key.
    [Fact]
    public void Contents_weigh_by_the_cosine()
    {
        var m = Tensor.From(new float[,,] { { { 2, 0 }, { 0, 3 }, { -1, 0 } } });
        double[] e = [Math.Exp(.5), 1, Math.Exp(-.5)];
        Check.Close([.. e.Select(v => v / e.Sum())], NtmMemory.Content(m, Tensor.From(new float[,,] { { { 5, 0 } } }), Tensor.Full([1, 1, 1], .5)));
    }

    [Fact]
    public void A_location_of_zeros_is_like_no_key_and_its_gradient_is_finite()
    {
        var (y, dm) = Gradient.ValueAndGradient(m => NtmMemory.CosineSimilarity(m, keys).Sum(), Tensor.Zeros([2, Locations, Width]));
        Assert.Equal(0, y.Item());
        Assert.All(Numbers(dm), g => Assert.True(double.IsFinite(g)));
    }

    [Fact]
    public void A_shut_gate_a_shift_of_nothing_and_no_sharpening_leave_a_head_where_it_was()
    {
        var w = NtmMemory.Interpolate(NtmMemory.Content(memory, keys, Column(3)), weighting, Column(0));
        w = NtmMemory.Sharpen(NtmMemory.Shift(w, Shift(0)), Column(1));
        Check.Close(Numbers(weighting), w);
        var oneHot = Tensor.From([3], [1, 1]).OneHot(Locations).Cast(DType.Float32);
        Check.Close([0, 0, 0, 1, 0], NtmMemory.Sharpen(NtmMemory.Shift(oneHot, Shift(0)[..1]), Tensor.Ones([1, 1, 1])));
    }

    [Fact]
    public void An_open_gate_takes_the_content_alone() =>
        Check.Close(Numbers(NtmMemory.Content(memory, keys, Column(3))), NtmMemory.Interpolate(NtmMemory.Content(memory, keys, Column(3)), weighting, Column(1)));

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_shift_moves_all_places_by_one_and_the_ends_meet(int by) => Check.Close(Numbers(weighting.Roll(by, -1)), NtmMemory.Shift(weighting, Shift(by)));

    [Fact]
    public void Much_sharpening_leaves_the_largest_alone()
    {
        var w = Numbers(NtmMemory.Sharpen(weighting, Column(400)));
        var largest = weighting.ArgMax(-1).ToArray<long>();
        for (var n = 0; n < 2; n++) Assert.Equal(1, w[(n * Locations) + (int)largest[n]], 1e-3);
        Check.Close([.25 / .3125, .0625 / .3125], NtmMemory.Sharpen(Tensor.From(new float[,,] { { { .5f, .25f } } }), Tensor.Full([1, 1, 1], 2)));
    }

    [Fact]
    public void Every_weighting_sums_to_1()
    {
        var random = new RandomStream(4);
        Tensor w = weighting;
        for (var i = 0; i < 50; i++)
        {
            w = NtmMemory.Interpolate(NtmMemory.Content(memory, random.Normal([2, 1, Width]), random.Uniform([2, 1, 1], 0, 20)), w, random.Uniform([2, 1, 1]));
            w = NtmMemory.Sharpen(NtmMemory.Shift(w, random.Normal([2, 1, 3]).Softmax()), random.Uniform([2, 1, 1], 1, 30));
            Check.Close([1, 1], w.Sum(-1));
            Assert.All(Numbers(w), v => Assert.InRange(v, 0, 1));
        }
    }

    [Fact]
    public void Erasing_all_and_adding_replaces_a_row_exactly()
    {
        var at = Tensor.From([2, 2], [2, 1]).OneHot(Locations).Cast(DType.Float32);
        var written = NtmMemory.Write(memory, at, Tensor.Ones([2, 1, Width]), keys);
        Assert.Equal(Numbers(keys), Numbers(NtmMemory.Read(written, at)));
        Assert.Equal(Numbers(memory[.., ..2]), Numbers(written[.., ..2]));
        Assert.Equal(Numbers(memory[.., 3..]), Numbers(written[.., 3..]));
    }

    [Fact]
    public void Erasing_and_adding_nothing_changes_nothing() =>
        Assert.Equal(Numbers(memory), Numbers(NtmMemory.Write(memory, weighting, Tensor.Zeros([2, 1, Width]), Tensor.Zeros([2, 1, Width]))));

    [Fact]
    public void All_heads_erase_before_any_adds()
    {
        var both = Tensor.Full([1, 2, 1], 1.0); // two heads at the only location
        var written = NtmMemory.Write(Tensor.Full([1, 1, 2], 5), both, Tensor.Full([1, 2, 2], 1), Tensor.From(new float[,,] { { { 1, 2 }, { 10, 20 } } }));
        Check.Close([11, 22], written);
    }

    [Fact]
    public void A_reading_is_the_mean_of_the_rows_by_their_weights() =>
        Check.Close([(.25 * 1) + (.75 * 3), (.25 * 2) + (.75 * 4)], NtmMemory.Read(Tensor.From(new float[,,] { { { 1, 2 }, { 3, 4 } } }), Tensor.From(new float[,,] { { { .25f, .75f } } })));

    [Fact]
    public void A_weight_of_0_has_a_finite_gradient()
    {
        var zeros = Tensor.From([1f, 0, 0], [1, 1, 3]);
        var gradients = Gradient.ValueAndGradient(x => NtmMemory.Sharpen(x[0], x[1])[.., .., 1].Sum(), zeros, Tensor.Full([1, 1, 1], 1.5)).Gradients;
        Assert.All(gradients.SelectMany(Numbers), g => Assert.True(double.IsFinite(g)));
    }

    static Tensor Column(double value) => Tensor.Full([2, 1, 1], value);

    static Tensor Shift(int by) => Tensor.From([by + 1, by + 1], [2, 1]).OneHot(3).Cast(DType.Float32);

    static double[] Numbers(Tensor x) => x.Cast(DType.Float64).ToArray<double>();
}
