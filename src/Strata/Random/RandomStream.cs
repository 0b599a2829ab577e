using Strata.Compilation;
using Strata.Kernels;
using Strata.Operations;

namespace Strata.Random;

/// <summary>A stream of random tensors: reproducible from its seed, the same on any machine and for any number of threads, because each
/// number is a function of (seed, number of the draw, position) by <see cref="Philox"/>.</summary>
/// <remarks>A stream belongs to one thread; give others streams of their own with <see cref="Split()"/>. Numbers whose type is not given are of
/// <see cref="Configuration.FloatType"/>.</remarks>
public sealed partial class RandomStream
{
    const ulong SplitDomain = 0x5354_5241_5441_0001; // draws of split keys lie in a sequence apart from those of tensors

    /// <summary>The stream of a seed.</summary>
    public RandomStream(long seed) => State = new RandomKey((ulong)seed, 0);

    /// <summary>The stream at a saved position.</summary>
    public RandomStream(RandomKey state) => State = state;

    /// <summary>The stream's position: which stream, and how many draws were made. Saving and restoring it repeats the draws.</summary>
    public RandomKey State { get; set; }

    /// <summary>A stream of its own, independent of this one's other draws.</summary>
    public RandomStream Split()
    {
        var child = new RandomStream(default(RandomKey));
        Tracer.OnHost(() =>
        {
            var key = Next();
            child.State = new RandomKey(Philox.Word64(key with { Key = key.Key ^ SplitDomain }, 0), 0);
        });
        return child;
    }

    /// <summary><paramref name="count"/> independent streams.</summary>
    public RandomStream[] Split(int count)
    {
        var streams = new RandomStream[count];
        for (var i = 0; i < count; i++) streams[i] = Split();
        return streams;
    }

    /// <summary>Numbers uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public Tensor Uniform(Shape shape, double low = 0, double high = 1, DType? dtype = null)
    {
        var u = new RandomUniform(shape, dtype ?? Configuration.FloatType).Apply(NextKey());
        return low == 0 && high == 1 ? u : (u * (high - low)) + low;
    }

    /// <summary>Numbers of the normal distribution with the given mean and standard deviation.</summary>
    public Tensor Normal(Shape shape, double mean = 0, double deviation = 1, DType? dtype = null) =>
        Scaled(new RandomNormal(shape, dtype ?? Configuration.FloatType, Truncated: false).Apply(NextKey()), mean, deviation);

    /// <summary>Numbers of the normal distribution cut at two standard deviations from the mean (their variance is .7737 σ²).</summary>
    public Tensor TruncatedNormal(Shape shape, double mean = 0, double deviation = 1, DType? dtype = null) =>
        Scaled(new RandomNormal(shape, dtype ?? Configuration.FloatType, Truncated: true).Apply(NextKey()), mean, deviation);

    /// <summary>Integers uniform in <paramref name="low"/> … <paramref name="high"/> − 1.</summary>
    /// <exception cref="ShapeException">The range is empty or the type is not an integer type.</exception>
    public Tensor Integers(Shape shape, long low, long high, DType dtype = DType.Int64) => new RandomIntegers(shape, dtype, low, high).Apply(NextKey());

    /// <summary>The numbers 0 … <paramref name="count"/> − 1 in random order; int64. What they gather of a tensor is shuffled.</summary>
    public Tensor Permutation(int count) => new RandomPermutation(count).Apply(NextKey());

    /// <summary>Puts the items into random order (Fisher–Yates).</summary>
    public void Shuffle<T>(Span<T> items) => Shuffle(NextHostKey(), items);

    internal static void Shuffle<T>(RandomKey key, Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = (int)Math.BigMul(Philox.Word64(key, (ulong)i), (ulong)(i + 1), out _);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>One number uniform in [0, 1).</summary>
    public double NextDouble() => Philox.Unit(Philox.Word64(NextHostKey(), 0));

    /// <summary>One integer uniform in 0 … <paramref name="bound"/> − 1.</summary>
    public int NextInt(int bound) => bound > 0
        ? (int)Math.BigMul(Philox.Word64(NextHostKey(), 0), (ulong)bound, out _)
        : throw new ArgumentOutOfRangeException(nameof(bound), bound, "RandomStream.NextInt: the bound must be at least 1.");

    /// <summary>Fills a span with the numbers that <see cref="Normal"/> would give a tensor.</summary>
    public unsafe void FillNormal(Span<float> destination, double mean = 0, double deviation = 1)
    {
        fixed (float* y = destination) CpuKernels.RandomNormal(NextHostKey(), y, destination.Length);
        for (var i = 0; i < destination.Length; i++) destination[i] = (float)(destination[i] * deviation + mean);
    }

    /// <summary>The key of the next draw of a tensor; in a plan that of each run.</summary>
    Tensor NextKey() => RandomJournal.Take(() =>
    {
        if (Tracer.Current is { } tracer) return tracer.HostValue(RandomKey.Type, key => Next().WriteTo(key));
        var key = Tensor.Allocate(RandomKey.Type.Shape, RandomKey.Type.DType);
        Next().WriteTo(key);
        return key;
    });

    /// <summary>The key of the next draw for the host.</summary>
    RandomKey NextHostKey() => Tracer.Current is null
        ? RandomJournal.Take(Next)
        : throw new StrataException("RandomStream: a number for the host cannot be drawn while a function is traced for compilation, for a plan would keep it; draw a tensor, or draw before.");

    RandomKey Next()
    {
        var key = State;
        State = key with { Draw = key.Draw + 1 };
        return key;
    }

    static Tensor Scaled(Tensor standard, double mean, double deviation)
    {
        if (deviation != 1) standard *= deviation;
        return mean == 0 ? standard : standard + mean;
    }
}
