using Strata.Random;

namespace Strata.Nn.Tests.Decoding;

public sealed class CtcDecodingTests
{
    [Fact]
    public void The_best_path_merges_repetitions_and_drops_blanks()
    {
        var path = new[] { 0, 1, 1, 0, 1, 2, 2, 0 };
        Assert.Equal([1, 1, 2], CtcDecoding.BestPath(Tensor.From(path).OneHot(3)));
        Assert.Equal([0, 1, 0, 1, 0], CtcDecoding.BestPath(Tensor.From(path).OneHot(3), blank: 2));
        Assert.Empty(CtcDecoding.BestPath(Tensor.From(new[] { 0, 0 }).OneHot(3)));
    }

    [Fact]
    public void A_wide_prefix_beam_finds_every_labeling_with_its_probability()
    {
        var logits = new RandomStream(1).Normal([4, 3], dtype: DType.Float64);
        var found = CtcDecoding.PrefixBeam(logits, 1000);
        Assert.Equal(1, found.Sum(f => Math.Exp(f.LogProbability)), 1e-12);
        Assert.Equal(found.OrderByDescending(f => f.LogProbability), found);
        foreach (var (labels, p) in found.Where(f => double.IsFinite(f.LogProbability)))
        {
            var loss = Tensor.CtcLoss(logits.ExpandDims(0), Tensor.From(labels.Length == 0 ? [1] : labels, [1, Math.Max(1, labels.Length)]), labelCounts: Tensor.From(labels.Length));
            Assert.Equal(-loss.Item(), p, 1e-10);
        }
    }

    [Fact]
    public void A_prefix_beam_finds_what_the_best_path_misses()
    {
        // Graves 2006, figure 3: the best path is all blanks (.36), but "A" has .64 in all.
        var p = Tensor.From(new[,] { { .6, .4 }, { .6, .4 } }).Log();
        Assert.Empty(CtcDecoding.BestPath(p));
        var found = CtcDecoding.PrefixBeam(p, 2);
        Assert.Equal([1], found[0].Labels);
        Assert.Equal(.64, Math.Exp(found[0].LogProbability), 1e-12);
        Assert.Equal(.36, Math.Exp(found[1].LogProbability), 1e-12);
    }

    [Fact]
    public void A_narrow_beam_keeps_as_many_as_asked_for()
    {
        var found = CtcDecoding.PrefixBeam(new RandomStream(2).Normal([30, 10]), 5);
        Assert.Equal(5, found.Count);
        Assert.All(found, f => Assert.True(f.LogProbability < 0));
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Check.Fails("CtcDecoding: the scores are [1, 2, 3]; those of one example are [steps, classes].", () => CtcDecoding.BestPath(Tensor.Zeros([1, 2, 3])));
        Check.Fails("CtcDecoding: the blank 3 is none of the 3 classes.", () => CtcDecoding.PrefixBeam(Tensor.Zeros([2, 3]), blank: 3));
    }
}
