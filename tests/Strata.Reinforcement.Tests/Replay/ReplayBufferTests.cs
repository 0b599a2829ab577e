using Strata.Nn;

namespace Strata.Reinforcement.Tests;

public sealed class ReplayBufferTests
{
    static readonly Box pixel = new(0, 255, [1, 1, 1], DType.UInt8);

    // Episodes of the given lengths; observation t of episode e is 10·e + t + 1, its action t, its reward 2^t.
    static ReplayBuffer Filled(int capacity, int stack, int steps, double discount, params int[] lengths)
    {
        var replay = new ReplayBuffer(capacity, pixel, stack, steps, discount);
        Fill(replay, lengths);
        return replay;
    }

    static void Fill(ReplayBuffer replay, int[] lengths)
    {
        for (var e = 0; e < lengths.Length; e++)
        {
            replay.Begin([(byte)((10 * e) + 1)]);
            for (var t = 0; t < lengths[e]; t++)
                replay.Add(t, 1 << t, t == lengths[e] - 1 && e % 2 == 0, t == lengths[e] - 1 && e % 2 == 1, [(byte)((10 * e) + t + 2)]);
        }
    }

    [Fact]
    public void A_stack_never_mixes_episodes()
    {
        var batch = Filled(100, 3, 1, 0.9, 4, 3, 5).Sample(500, new NumpyRandom(1));
        var states = batch.States.ToArray<byte>();
        var next = batch.Next.ToArray<byte>();
        var seen = new HashSet<int>();
        for (var i = 0; i < 500; i++)
        {
            int[] state = [states[3 * i], states[(3 * i) + 1], states[(3 * i) + 2]];
            var t = (state[2] - 1) % 10;
            seen.Add(state[2]);
            Assert.Equal([t < 2 ? 0 : state[2] - 2, t < 1 ? 0 : state[2] - 1, state[2]], state);
            Assert.Equal([state[1], state[2], state[2] + 1], new int[] { next[3 * i], next[(3 * i) + 1], next[(3 * i) + 2] });
        }

        Assert.Equal(4 + 3 + 5, seen.Count);
    }

    [Fact]
    public void Terminal_steps_have_no_discount_and_truncated_ones_have()
    {
        var batch = Filled(100, 1, 1, 0.9, 2, 2).Sample(200, new NumpyRandom(1));
        var (states, discounts) = (batch.States.ToArray<byte>(), batch.Discounts.ToArray<float>());
        for (var i = 0; i < 200; i++) Assert.Equal(states[i] == 2 ? 0 : 0.9f, discounts[i]);
    }

    [Fact]
    public void Returns_of_3_steps_end_with_the_episode()
    {
        var batch = Filled(100, 1, 3, 0.5, 5).Sample(300, new NumpyRandom(1));
        var (states, rewards, discounts, next) = (batch.States.ToArray<byte>(), batch.Rewards.ToArray<float>(), batch.Discounts.ToArray<float>(), batch.Next.ToArray<byte>());
        for (var i = 0; i < 300; i++)
        {
            var t = states[i] - 1;
            var steps = Math.Min(3, 5 - t);
            Assert.Equal(Enumerable.Range(0, steps).Sum(k => Math.Pow(0.5, k) * (1 << (t + k))), rewards[i]);
            Assert.Equal(t + 3 >= 5 ? 0 : 0.125f, discounts[i]);
            Assert.Equal(Math.Min(6, t + 4), next[i]);
        }
    }

    [Fact]
    public void The_oldest_go_first()
    {
        var replay = new ReplayBuffer(5, pixel, stack: 2);
        replay.Begin([1]);
        for (var t = 2; t <= 9; t++) replay.Add(0, 0, false, false, [(byte)t]);
        // 5, 6, 7, 8, 9 are left; 5 lacks what was before it and 9 what comes behind it.
        var states = replay.Sample(200, new NumpyRandom(1)).States.ToArray<byte>();
        Assert.Equal([6, 7, 8], Enumerable.Range(0, 200).Select(i => (int)states[(2 * i) + 1]).Distinct().Order());
        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal(states[(2 * i) + 1] - 1, states[2 * i]));
    }

    [Fact]
    public void The_newest_come_in_their_order()
    {
        var states = Filled(100, 1, 1, 0.9, 6).Latest(3).States.ToArray<byte>();
        Assert.Equal([4, 5, 6], states);
    }

    [Fact]
    public void What_is_not_there_cannot_be_drawn()
    {
        var replay = new ReplayBuffer(10, pixel);
        Assert.Throws<InvalidOperationException>(() => replay.Add(0, 0, false, false, [1]));
        Assert.Throws<InvalidOperationException>(() => replay.Sample(1, new NumpyRandom(0)));
        replay.Begin([1]);
        Assert.Throws<InvalidOperationException>(() => replay.Sample(1, new NumpyRandom(0)));
        Assert.Throws<InvalidOperationException>(() => new PrioritizedReplayBuffer(10, pixel).Sample(1, new NumpyRandom(0)));
    }

    [Fact]
    public void Priorities_draw_in_proportion_and_weigh_the_other_way()
    {
        var replay = new PrioritizedReplayBuffer(100, pixel, discount: 0.9, alpha: 1, beta: 1);
        Fill(replay, [4]);
        var all = replay.Latest(4);
        replay.Update(all, [1, 2, 3, 4]);
        var random = new NumpyRandom(3);
        var counts = new double[5];
        for (var i = 0; i < 500; i++)
        {
            var batch = replay.Sample(8, random);
            var (states, weights) = (batch.States.ToArray<byte>(), batch.Weights.ToArray<float>());
            foreach (var state in states) counts[state] += 1.0 / 4000;
            for (var j = 1; j < 8; j++) Assert.Equal(weights[0] * states[0], weights[j] * states[j], 1e-4);
            Assert.Equal(1, weights.Max());
        }

        for (var state = 1; state <= 4; state++) Assert.Equal(state / 10.0, counts[state], 0.03);
    }

    [Fact]
    public void A_tree_of_sums_finds_every_weight()
    {
        var tree = new SumTree(5);
        double[] weights = [1, 0, 2, 4, 3];
        for (var i = 0; i < 5; i++) tree[i] = weights[i];
        Assert.Equal(10, tree.Sum);
        int[] owners = [0, 2, 2, 3, 3, 3, 3, 4, 4, 4];
        for (var place = 0; place < 10; place++) Assert.Equal(owners[place], tree.Find(place + 0.5));
    }
}
