using Strata.Random;

namespace Strata.Tests.Compilation;

/// <summary>A program of random operations of random shapes, the same for the same seed: 5–40 operations over arguments of up to three axes.
/// Operations keep numbers within a few units, away from kinks and poles, so that rounding stays rounding. A program draws from a random stream of its own,
/// which goes on from run to run: two programs of one seed give the same only if they ran equally often.</summary>
internal sealed partial class RandomProgram
{
    readonly int seed;
    readonly int length;
    readonly Shape[] shapes;
    readonly RandomStream draws;
    readonly Variable weight = new(Tensor.From<float>(.5f, 1.25f));

    public RandomProgram(int seed)
    {
        this.seed = seed;
        draws = new RandomStream(seed);
        var random = new System.Random(seed);
        length = random.Next(5, 41);
        // Sizes from one base shape, some of them 1, so that most pairs broadcast.
        int[] whole = [random.Next(1, 4), random.Next(1, 5), random.Next(2, 6)];
        shapes = [.. Enumerable.Range(0, 4).Select(_ => Shape.Of([.. whole.Select(size => random.Next(4) == 0 ? 1 : size)])[random.Next(3)..])];
        shapes[0] = Shape.Of(whole);
    }

    /// <summary>Arguments for the program.</summary>
    public Tensor[] Arguments()
    {
        var random = new System.Random(seed + 1);
        return Array.ConvertAll(shapes, shape => Tensor.From(Enumerable.Range(0, (int)shape.Size).Select(_ => (float)(random.NextDouble() * 3 - 1.5)).ToArray(), shape));
    }

    /// <summary>The program: a scalar of everything that it computed last, and some of what it computed.</summary>
    public Tensor[] Run(Tensor[] x)
    {
        var random = new System.Random(seed + 2);
        var values = new List<Tensor>(x);
        while (values.Count < x.Length + length)
            if (Draw(random, values) is { Size: > 0 and <= 4096, Rank: <= 4 } y) values.Add(Bounded(y));
        var ends = values.Skip(x.Length).Where((_, i) => i >= length - 4 || i % 7 == 0).ToArray();
        return [ends.Select(y => y.Mean()).Aggregate((a, b) => a + b), .. ends[^2..]];
    }

    /// <summary>The program, and the gradients of its scalar for all arguments.</summary>
    public Tensor[] RunWithGradient(Tensor[] x)
    {
        var (value, gradients) = Gradient.ValueAndGradient(z => Run(z)[0], x);
        return [value, .. gradients];
    }

    Tensor? Draw(System.Random random, List<Tensor> values) => random.Next(8) switch
    {
        0 or 1 => Whole(random, values),
        2 => Part(random, values),
        3 => Function(random, values),
        _ => Next(random, values),
    };

    // Most often one of the last.
    static Tensor Pick(System.Random random, List<Tensor> values) => values[Math.Max(0, values.Count - 1 - (int)(random.NextDouble() * random.NextDouble() * values.Count))];

    // Growth would turn rounding into differences.
    static Tensor Bounded(Tensor x) => x.DType.IsFloating() ? x.Tanh() * 2 : x.Cast(DType.Float32).Tanh();

    static Tensor? Next(System.Random random, List<Tensor> values)
    {
        var x = Pick(random, values);
        var axis = x.Rank == 0 ? 0 : random.Next(x.Rank);
        switch (random.Next(40))
        {
            case 0: return x.Exp();
            case 1: return (x.Square() + .5).Log();
            case 2: return x.Sigmoid();
            case 3: return x.Sin() * random.Next(-2, 3);
            case 4: return -x;
            case 5: return x.Softplus();
            case 6: return (x.Abs() + .3).Sqrt();
            case 7: return x.Relu() - x;
            case 8: return 1 / (1 + (-x).Exp());
            case 9: return (1 + x.Exp()).Log();
            case 10: return x + random.Next(-1, 3);
            case 11: return x * 2 * random.Next(-1, 3) / 2;
            case 12: return (x.Square() + 1).Power(random.Next(-2, 4) * .5);
            case 13: return x.Erf() + x.Cos();
            case 14: return x.Clip(-10, 10).Expm1();
            case 15 or 16 or 17: return Both(x, Pick(random, values), (a, b) => a + b);
            case 18 or 19: return Both(x, Pick(random, values), (a, b) => a * b);
            case 20: return Both(x, Pick(random, values), (a, b) => a - b);
            case 21: return Both(x, Pick(random, values), (a, b) => a / (b.Square() + 1));
            case 22: return Both(x, Pick(random, values), (a, b) => a * b / (a.Square() + b.Exp()));
            case 23: return Both(x, Pick(random, values), (a, b) => Tensor.Where(a.Floor().EqualTo(5), a, b));
            case 24: return Both(x, Pick(random, values), (a, b) => a + b - a);
            case 25: return x.Rank > 0 ? x.Sum(axis, random.Next(2) == 0) : null;
            case 26: return x.Rank > 0 ? x.Mean(axis, keepDims: true) : null;
            case 27: return x.Rank > 1 ? x.SwapAxes(axis, random.Next(x.Rank)) : null;
            case 28: return random.Next(2) == 0 ? x.Flatten() : x.ExpandDims(random.Next(x.Rank + 1));
            case 29: return x.Rank > 0 && x.Shape[axis] > 1 ? x.Slice([.. new int[axis], 1], [.. x.Shape.Span[..axis], x.Shape[axis] - 1]) : null;
            case 30: return x.Rank > 0 ? Tensor.Concatenate([x, x * 2, x], axis) : null;
            case 31: return x.Rank > 0 ? x.Softmax(axis) : null;
            case 32: return x.Rank > 0 ? x.Exp() / x.Exp().Sum(axis, keepDims: true) : null;
            case 33: return x.Rank > 0 ? x.Exp().Sum(axis, keepDims: true).Log() : null;
            case 34: return x.Rank >= 2 ? x.MatMul(x, transposeB: true) : null;
            case 35: return x.Rank >= 2 ? x.SwapAxes(-1, -2).MatMul(x) : null;
            case 36: return x.Rank <= 2 ? x.BroadcastTo([2, .. x.Shape.Span]) : null;
            case 37: return x.Rank > 0 ? x.CumulativeSum(axis) : null;
            case 38: return x.Rank > 0 ? x.Flip(axis).Pad([.. Enumerable.Repeat((0, 1), x.Rank)]) : null;
            default: return x.Rank > 0 ? x.Gather(Tensor.From<int>(0, x.Shape[axis] - 1, 0), axis) : null;
        }
    }

    // Two of unlike shapes are reduced until they fit.
    static Tensor Both(Tensor a, Tensor b, Func<Tensor, Tensor, Tensor> f)
    {
        for (var i = 1; i <= Math.Min(a.Rank, b.Rank); i++)
            if (a.Shape[^i] != b.Shape[^i] && a.Shape[^i] != 1 && b.Shape[^i] != 1) return f(a, b.Mean());
        return f(a, b);
    }
}
