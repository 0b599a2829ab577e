using Strata.Random;

namespace Strata.Data.Tests.Generated;

public sealed class AlgorithmicTaskTests
{
    const int Sequences = 5;

    public static TheoryData<string> Tasks => [.. tasks.Keys];

    static readonly Dictionary<string, AlgorithmicTask> tasks = new()
    {
        ["copy"] = new CopyTask(6, (1, 6)),
        ["repeat copy"] = new RepeatCopyTask(6, (1, 5), (1, 4)),
        ["associative recall"] = new AssociativeRecallTask(6, 3, (2, 6)),
        ["n-grams"] = new NGramTask(3, 50),
        ["priority sort"] = new PrioritySortTask(8, 10, 7),
    };

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Weights_count_the_steps_that_are_asked_for(string name)
    {
        var task = tasks[name];
        for (var seed = 0; seed < 10; seed++)
        {
            var batch = task.Draw(Sequences, new RandomStream(seed));
            var (x, y, weights) = (batch.Inputs[0], batch.Targets[0], batch.Weights![0]);
            Assert.Equal(Shape.Of(Sequences, x.Shape[1], task.Inputs), x.Shape);
            Assert.Equal(Shape.Of(Sequences, x.Shape[1], task.Outputs), y.Shape);
            var asked = weights.ToArray<float>().Where(w => w != 0).ToArray();
            Assert.All(asked, w => Assert.Equal(asked.Length / Sequences, w));
            Assert.Equal(0, (y.Sum(-1) * weights.EqualTo(0).Cast(DType.Float32)).Sum().Item()); // nothing where nothing is asked for
            Assert.All(y.ToArray<float>(), bit => Assert.True(bit is 0 or 1));
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void A_seed_gives_the_same_batches_and_an_epoch_new_ones(string name)
    {
        IBatches Batches() => tasks[name].Batches(2, 3, seed: 4);
        var first = Batches().Epoch(0).Select(b => b.Inputs[0].ToArray<float>()).ToList();
        Assert.Equal(3, first.Count);
        Assert.Equal(first, Batches().Epoch(0).Select(b => b.Inputs[0].ToArray<float>()));
        Assert.NotEqual(first, Batches().Epoch(1).Select(b => b.Inputs[0].ToArray<float>()));
        Assert.Equal(first[2], Batches().Epoch(0, skip: 2).Single().Inputs[0].ToArray<float>());
    }

    [Fact]
    public void A_copy_is_what_stood_between_the_flags()
    {
        var lengths = new HashSet<int>();
        for (var seed = 0; seed < 60; seed++)
        {
            var batch = new CopyTask(6, (2, 4)).Draw(3, new RandomStream(seed));
            var (x, y) = (batch.Inputs[0], batch.Targets[0]);
            var length = (x.Shape[1] - 2) / 2;
            lengths.Add(length);
            Assert.Equal(Numbers(x[.., 1..(length + 1), ..6]), Numbers(y[.., ^length..]));
            Assert.All(Numbers(x[.., 0, 6]), v => Assert.Equal(1, v));
            Assert.All(Numbers(x[.., length + 1, 7]), v => Assert.Equal(1, v));
            Assert.Equal(6, x[.., .., 6..].Sum().Item()); // two flags in each of three sequences
            Assert.Equal(0, x[.., ^length..].Sum().Item());
        }

        Assert.Equal([2, 3, 4], lengths.Order());
    }

    [Fact]
    public void Copies_come_as_often_as_asked_and_a_marker_after_them()
    {
        var task = new RepeatCopyTask(4, (1, 3), (1, 10));
        var batch = task.Draw(2, 3, 5, new RandomStream(1));
        var (x, y) = (batch.Inputs[0], batch.Targets[0]);
        Assert.Equal(3 + 2 + 15 + 1, x.Shape[1]);
        for (var copy = 0; copy < 5; copy++) Assert.Equal(Numbers(x[.., 1..4, ..4]), Numbers(y[.., (5 + (3 * copy))..(8 + (3 * copy)), ..4]));
        Assert.Equal([1, 1], Numbers(y[.., ^1, 4]));
        Assert.Equal(2, y[.., .., 4].Sum().Item());

        // The number as it comes: 1 … 10 have mean 5.5 and variance 8.25.
        var numbers = Enumerable.Range(1, 10).Select(r => (double)task.Draw(1, 1, r, new RandomStream(1)).Inputs[0][0, 2, 5].Item()).ToArray();
        Assert.Equal(0, numbers.Average(), 1e-6);
        Assert.Equal(1, numbers.Average(v => v * v), 1e-6);
        Assert.Equal(4.5 / Math.Sqrt(8.25), numbers[^1], 1e-6);
    }

    [Fact]
    public void What_is_recalled_is_the_item_after_the_one_shown()
    {
        const int vectors = 3;
        for (var seed = 0; seed < 20; seed++)
        {
            var batch = new AssociativeRecallTask(6, vectors, (2, 5)).Draw(2, new RandomStream(seed));
            var (x, y) = (batch.Inputs[0], batch.Targets[0]);
            var items = (x.Shape[1] - (2 * vectors) - 2) / (vectors + 1);
            Assert.InRange(items, 2, 5);
            for (var n = 0; n < 2; n++)
            {
                float[] Item(int i) => Numbers(x[n, ((i * (vectors + 1)) + 1)..((i + 1) * (vectors + 1)), ..6]);
                var asked = Numbers(x[n, ((items * (vectors + 1)) + 1)..(((items + 1) * (vectors + 1))), ..6]);
                var answer = Numbers(y[n, ^vectors..]);
                Assert.Contains(Enumerable.Range(0, items - 1), i => Item(i).SequenceEqual(asked) && Item(i + 1).SequenceEqual(answer));
                Assert.Equal(items, x[n, .., 6].Sum().Item());
                Assert.Equal(2, x[n, .., 7].Sum().Item());
            }
        }
    }

    [Fact]
    public void The_highest_priorities_come_first()
    {
        var batch = new PrioritySortTask(4, 6, 3).Draw(2, new RandomStream(1));
        var (x, y) = (batch.Inputs[0], batch.Targets[0]);
        for (var n = 0; n < 2; n++)
        {
            var order = Enumerable.Range(0, 6).OrderByDescending(v => x[n, v, 4].Item()).ToArray();
            for (var a = 0; a < 3; a++) Assert.Equal(Numbers(x[n, order[a], ..4]), Numbers(y[n, 7 + a]));
        }

        Assert.All(Numbers(x[.., ..6, 4]), p => Assert.InRange(p, -1, 1));
        Assert.Equal([1, 1], Numbers(x[.., 6, 5]));
    }

    // The estimator's beliefs, multiplied along a sequence, are for each context ∫ pⁿ¹(1 − p)ⁿ⁰ Beta(p; ½, ½) dp = Γ(n₁ + ½)·Γ(n₀ + ½)/(π·Γ(n₀ + n₁ + 1)).
    [Fact]
    public void The_best_guesses_are_worth_the_closed_form()
    {
        const int context = 2;
        var task = new NGramTask(context, 40);
        var batch = task.Draw(1, new RandomStream(3));
        var (x, y, p) = (Numbers(batch.Inputs[0]), Numbers(batch.Targets[0]), Numbers(task.BestGuesses(batch)));
        var counts = new int[1 << context, 2];
        var (bits, steps) = (0.0, 0);
        for (var t = context - 1; t < 39; t++, steps++)
        {
            bits -= Math.Log2(y[t] == 1 ? p[t] : 1 - p[t]);
            counts[((int)x[t - 1] << 1) | (int)x[t], (int)y[t]]++;
            if (t < 38) Assert.Equal(x[t + 1], y[t]);
        }

        var closed = 0.0;
        for (var c = 0; c < 1 << context; c++)
            closed -= Math.Log2(HalfGamma(counts[c, 1]) * HalfGamma(counts[c, 0]) / Enumerable.Range(1, counts[c, 0] + counts[c, 1]).Aggregate(1.0, (a, b) => a * b));
        Assert.Equal(closed, bits, 1e-4);
        Assert.Equal(38, steps);

        // Γ(n + ½)/√π = ½·(3/2)·…·(n − ½).
        static double HalfGamma(int n) => Enumerable.Range(0, n).Aggregate(1.0, (a, i) => a * (i + .5));
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        Assert.Equal("CopyTask: lengths of 3 to 2 cannot be drawn; the least is 1, and the most no less than the least.", Assert.Throws<StrataException>(() => new CopyTask(8, (3, 2))).Message);
        Assert.Equal("AssociativeRecallTask: there must be 2 items at least, not 1: one to ask with and the one after it.", Assert.Throws<StrataException>(() => new AssociativeRecallTask(6, 3, (1, 6))).Message);
        Assert.Equal("PrioritySortTask: of 5 vectors 6 cannot be asked for.", Assert.Throws<StrataException>(() => new PrioritySortTask(8, 5, 6)).Message);
        Assert.Equal("NGramTask: 5 bits do not fit a context of 5; there must be more of them, and 1 in the context at least.", Assert.Throws<StrataException>(() => new NGramTask(5, 5)).Message);
    }

    static float[] Numbers(Tensor x) => x.Reshape(-1).ToArray<float>();
}
