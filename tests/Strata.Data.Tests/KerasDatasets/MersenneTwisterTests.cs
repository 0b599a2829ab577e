namespace Strata.Data.Tests.KerasDatasets;

public class MersenneTwisterTests
{
    [Fact]
    public void Draws_and_shuffles_are_those_of_NumPy()
    {
        foreach (var known in Expected.Cases("twister"))
        {
            var seed = known.GetProperty("seed").GetUInt32();
            var random = new MersenneTwister(seed);
            var draws = Enumerable.Range(0, 1250).Select(_ => random.Next()).ToArray();
            Assert.Equal(known.GetProperty("first").Array<uint>(), draws[..5]);
            Assert.Equal(known.GetProperty("later").Array<uint>(), new[] { 622, 623, 624, 625, 1247, 1248, 1249 }.Select(i => draws[i]));
            Assert.Equal(known.GetProperty("permutation").Array<int>(), new MersenneTwister(seed).Permutation(700));
        }
    }

    [Fact]
    public void A_number_lies_in_its_range()
    {
        var random = new MersenneTwister(1);
        Assert.Equal(0u, random.UpTo(0));
        Assert.Equal(new uint[] { 0, 1, 2 }, Enumerable.Range(0, 100).Select(_ => random.UpTo(2)).Distinct().Order());
        Assert.Empty(random.Permutation(0));
        Assert.Equal([0], random.Permutation(1));
    }
}
