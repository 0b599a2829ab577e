namespace Strata.Nn.Tests.Decoding;

public sealed class BeamSearchTests
{
    const int End = 0, A = 1, B = 2;

    /// <summary>A chain of tokens: what follows depends on the tokens so far.</summary>
    static BeamSearch<string> Over(Func<string, double[]> probabilities, int width, int maxLength = 10, double alpha = 0, double beta = 0, Func<string, double[]>? attention = null) => new(
        (states, tokens) =>
        {
            var next = states.Zip(tokens, (s, t) => t < 0 ? s : s + "_AB"[t]).ToArray();
            return new BeamStep<string>(next, [.. next.Select(s => probabilities(s).Select(p => Math.Log(p)).ToArray())], attention is null ? null : [.. next.Select(attention)]);
        },
        End,
        width,
        maxLength,
        alpha,
        beta);

    // The greedy way begins with A (.6) and then has .5 at best; B has .4 and then .9.
    static double[] Trap(string prefix) => prefix switch
    {
        "" => [0, .6, .4],
        "A" => [.5, .25, .25],
        "B" => [.9, .05, .05],
        _ => [1, 0, 0],
    };

    [Fact]
    public void A_beam_of_one_is_greedy_and_a_wider_one_finds_the_best()
    {
        var greedy = Over(Trap, 1).Search("", -1);
        Assert.Equal([A], Assert.Single(greedy).Tokens);
        Assert.Equal(Math.Log(.3), greedy[0].LogProbability, 1e-12);
        var wide = Over(Trap, 3).Search("", -1);
        Assert.Equal([B], wide[0].Tokens);
        Assert.Equal(Math.Log(.36), wide[0].Score, 1e-12);
        Assert.Equal([A], wide[1].Tokens);
        Assert.True(wide[0].Ended);
    }

    [Fact]
    public void A_beam_as_wide_as_the_tree_agrees_with_trying_everything()
    {
        static double[] Some(string prefix)
        {
            var x = Enumerable.Range(0, 3).Select(i => 1.1 + Math.Sin((prefix.Length * 7) + (i * 3) + prefix.Sum(c => c))).ToArray();
            return [.. x.Select(v => v / x.Sum())];
        }

        var all = new List<(string Text, double Score)>();
        void Try(string prefix, double log)
        {
            var p = Some(prefix);
            var length = prefix.Length + 1;
            all.Add((prefix, (log + Math.Log(p[End])) / Math.Pow((5 + length) / 6.0, .7)));
            if (length < 4)
                foreach (var t in new[] { A, B }) Try(prefix + "_AB"[t], log + Math.Log(p[t]));
            else
                foreach (var t in new[] { A, B }) all.Add((prefix + "_AB"[t], (log + Math.Log(p[t])) / Math.Pow((5 + length) / 6.0, .7)));
        }

        Try("", 0);
        var expected = all.OrderByDescending(x => x.Score).Take(5).ToArray();
        var found = Over(Some, 100, 4, alpha: .7).Search("", -1).Take(5).ToArray();
        Assert.Equal(expected.Select(x => x.Text), found.Select(h => string.Concat(h.Tokens.Select(t => "_AB"[t]))));
        for (var i = 0; i < 5; i++) Assert.Equal(expected[i].Score, found[i].Score, 1e-12);
    }

    [Fact]
    public void A_length_penalty_favors_longer_sequences()
    {
        static double[] Chain(string prefix) => prefix.Length == 0 ? [.5, .5, 0] : prefix.Length < 4 ? [.01, .99, 0] : [1, 0, 0];
        Assert.Empty(Over(Chain, 4).Search("", -1)[0].Tokens); // ln .5 against ln .485
        var longer = Over(Chain, 4, alpha: 1).Search("", -1)[0];
        Assert.Equal([A, A, A, A], longer.Tokens);
        Assert.Equal(Math.Log(.5 * .99 * .99 * .99) / (10 / 6.0), longer.Score, 1e-12);
    }

    [Fact]
    public void A_coverage_penalty_favors_sequences_that_look_at_all_of_the_source()
    {
        // A looks at the first place again, B at the second.
        static double[] Two(string prefix) => prefix.Length == 0 ? [0, .55, .45] : [1, 0, 0];
        static double[] Looks(string prefix) => prefix is "" or "A" ? [.9, .1] : [.1, .9];
        Assert.Equal([A], Over(Two, 2, attention: Looks).Search("", -1)[0].Tokens);
        var covered = Over(Two, 2, beta: .2, attention: Looks).Search("", -1)[0];
        Assert.Equal([B], covered.Tokens);
        Assert.Equal(Math.Log(.45), covered.Score, 1e-12); // sums 1 and 1: no penalty
        Assert.Equal(Math.Log(.55) + (.2 * Math.Log(.2)), Over(Two, 2, beta: .2, attention: Looks).Search("", -1)[1].Score, 1e-12);
    }

    [Fact]
    public void The_limit_of_the_length_ends_sequences_that_do_not_end_themselves()
    {
        var found = Over(_ => [0, 1, 0], 2, maxLength: 3).Search("", -1);
        Assert.Equal([A, A, A], Assert.Single(found).Tokens);
        Assert.False(found[0].Ended);
    }
}
