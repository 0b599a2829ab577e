using System.Numerics;
using Strata.Kernels.Sampling;
using Strata.Random;
using Strata.Threading;

namespace Strata.Kernels;

public partial class CpuKernels
{
    const long SamplingGrain = 512; // elements a thread, at least
    const double LargestCount = 1e15; // counts are exact in double

    internal void RandomGamma(RandomKey key, Tensor concentration, Tensor y)
    {
        CheckPositive("RandomGamma", "concentration", concentration);
        Sample(key, new GammaSampler(new(concentration)), y);
    }

    internal void RandomBeta(RandomKey key, Tensor alpha, Tensor beta, Tensor y)
    {
        CheckPositive("RandomBeta", "α", alpha);
        CheckPositive("RandomBeta", "β", beta);
        Sample(key, new BetaSampler(new(alpha), new(beta)), y);
    }

    internal void RandomPoisson(RandomKey key, Tensor rate, Tensor y)
    {
        CheckEach("RandomPoisson", "rate", rate, v => v is >= 0 and <= LargestCount, "in 0 … 10¹⁵");
        Sample(key, new PoissonSampler(new(rate)), y);
    }

    internal void RandomBinomial(RandomKey key, Tensor trials, Tensor probability, Tensor y)
    {
        CheckEach("RandomBinomial", "number of trials", trials, v => v is >= 0 and <= LargestCount && v == Math.Floor(v), "a whole number in 0 … 10¹⁵");
        CheckEach("RandomBinomial", "probability", probability, v => v is >= 0 and <= 1, "in 0 … 1");
        Sample(key, new BinomialSampler(new(trials), new(probability)), y);
    }

    /// <summary>y [.., k]: how often each class comes up, by a binomial number for each class among those that are left.</summary>
    internal unsafe void RandomMultinomial(RandomKey key, Tensor weights, int trials, Tensor y)
    {
        CheckWeights("RandomMultinomial", weights);
        var classes = weights.Shape[^1];
        if (y.Size > 0) Workers.For(y.Size / classes, Math.Max(1, SamplingGrain / classes), new Counts(key, classes, trials, (double*)weights.Pointer, (long*)y.Pointer));
    }

    /// <summary>y [.., count]: classes drawn with the weights [.., k], each draw for itself.</summary>
    internal unsafe void RandomChoice(RandomKey key, Tensor weights, Tensor y)
    {
        CheckWeights("RandomChoice", weights);
        var (classes, count) = (weights.Shape[^1], y.Shape[^1]);
        if (y.Size > 0) Workers.For(y.Size / count, Math.Max(1, SamplingGrain / (classes + count)), new Choices(key, classes, count, (double*)weights.Pointer, (long*)y.Pointer));
    }

    internal void RandomPermutation(RandomKey key, Tensor y)
    {
        var order = y.Writable<long>();
        for (var i = 0; i < order.Length; i++) order[i] = i;
        RandomStream.Shuffle(key, order);
    }

    static unsafe void Sample<TSampler>(RandomKey key, TSampler sampler, Tensor y)
        where TSampler : struct, ISampler
    {
        switch (y.DType)
        {
            case DType.Float32: Workers.For(y.Size, SamplingGrain, new Samples<float, TSampler>(key, sampler, (float*)y.Pointer)); break;
            case DType.Float64: Workers.For(y.Size, SamplingGrain, new Samples<double, TSampler>(key, sampler, (double*)y.Pointer)); break;
            default: Workers.For(y.Size, SamplingGrain, new Samples<long, TSampler>(key, sampler, (long*)y.Pointer)); break;
        }
    }

    static void CheckPositive(string operation, string name, Tensor x) => CheckEach(operation, name, x, v => v > 0 && double.IsFinite(v), "above 0 and finite");

    static void CheckEach(string operation, string name, Tensor x, Func<double, bool> fits, string range)
    {
        var values = x.AsSpan<double>();
        for (var i = 0; i < values.Length; i++)
            if (!fits(values[i]))
                throw new ShapeException($"{operation}: the {name}{(x.Rank == 0 ? "" : $" at {Coordinates(i, x.Shape)}")} is {values[i]}; it must be {range}.");
    }

    static void CheckWeights(string operation, Tensor weights)
    {
        CheckEach(operation, "weight", weights, v => v >= 0 && double.IsFinite(v), "0 or more and finite");
        var classes = weights.Shape[^1];
        var values = weights.AsSpan<double>();
        for (var row = 0; row < values.Length; row += classes)
            if (values.Slice(row, classes).IndexOfAnyExcept(0.0) < 0) throw new ShapeException($"{operation}: the weights of a row are all 0; at least one must be above.");
    }

    readonly unsafe struct Samples<T, TSampler>(RandomKey key, TSampler sampler, T* y) : IRangeWork
        where T : unmanaged, INumber<T>
        where TSampler : struct, ISampler
    {
        public void Run(long start, long end)
        {
            for (var i = start; i < end; i++)
            {
                var random = new DrawSequence(key, i);
                y[i] = T.CreateTruncating(sampler.Draw(ref random, i));
            }
        }
    }

    readonly unsafe struct Counts(RandomKey key, int classes, int trials, double* weights, long* y) : IRangeWork
    {
        public void Run(long start, long end)
        {
            var totals = new double[classes]; // of a class and those after it
            for (var row = start; row < end; row++)
            {
                var w = weights + (row * classes);
                var counts = y + (row * classes);
                var total = 0.0;
                for (var j = classes - 1; j >= 0; j--) totals[j] = total += w[j];
                long left = trials;
                for (var j = 0; j < classes; j++)
                {
                    var random = new DrawSequence(key, (row * classes) + j);
                    counts[j] = w[j] == 0 ? 0 : w[j] == totals[j] ? left : (long)BinomialSampler.Draw(ref random, left, w[j] / totals[j]);
                    left -= counts[j];
                }
            }
        }
    }

    readonly unsafe struct Choices(RandomKey key, int classes, int count, double* weights, long* y) : IRangeWork
    {
        public void Run(long start, long end)
        {
            var upTo = new double[classes];
            for (var row = start; row < end; row++)
            {
                var w = weights + (row * classes);
                var (total, last) = (0.0, 0);
                for (var j = 0; j < classes; j++)
                {
                    upTo[j] = total += w[j];
                    if (w[j] > 0) last = j;
                }

                for (var i = 0; i < count; i++)
                {
                    // The first class whose sum lies above u·total; a class of weight 0 adds nothing and is passed over.
                    var u = Philox.Unit(Philox.Word64(key, (ulong)((row * count) + i))) * total;
                    var at = Array.BinarySearch(upTo, 0, last, u);
                    at = at < 0 ? ~at : at + 1;
                    while (at < last && upTo[at] <= u) at++;
                    y[(row * count) + i] = at;
                }
            }
        }
    }
}
