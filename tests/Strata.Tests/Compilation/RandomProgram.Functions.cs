namespace Strata.Tests.Compilation;

// The other element-wise functions; those with steps, truth values and whole numbers; slices that are written; draws.
internal sealed partial class RandomProgram
{
    Tensor? Function(System.Random random, List<Tensor> values)
    {
        var (x, other) = (Pick(random, values), Pick(random, values));
        var axis = x.Rank == 0 ? 0 : random.Next(x.Rank);
        switch (random.Next(40))
        {
            case 0: return (x.Square() + .5).Rsqrt();
            case 1: return (x * .3).Tan();
            case 2: return (x * .4).Asin() + (x * .3).Acos();
            case 3: return x.Atan();
            case 4: return x.Sinh();
            case 5: return x.Cosh() / 2;
            case 6: return x.Square().Log1p();
            case 7: return (x.Square() + .5).Log2() - (x.Square() + 1).Log10();
            case 8: return x.Exp2();
            case 9: return (x.Square() + 1).Reciprocal();
            case 10: return x.Erfc();
            case 11: return (x.Square() + .5).LogGamma();
            case 12: return (x.Square() + .5).Digamma();
            case 13: return Both(x, other, (a, b) => Tensor.Atan2(a, b.Square() + .5));
            case 14: return Tensor.Maximum(Steps(random, x), (x.Cos() * .05) + .5);
            case 15: return Tensor.Minimum(Steps(random, x), (x.Cos() * .05) + 1.5);
            case 16: return (Steps(random, x) + .5).Remainder((x.Square() * .002) + 2);
            case 17: return (Steps(random, x) + .5).Floor() - (Steps(random, x) + .5).Ceiling() * x;
            case 18: return Steps(random, x).Round() + (Steps(random, x) + .5).Truncate() * x;
            case 19: return (Steps(random, x) - 1.5).Sign() * x;
            case 20 or 21: return Tensor.Where(Truth(random, x), x, x * x);
            case 22: return x.Rank > 0 ? Tensor.Where(Truth(random, x).Any(axis, keepDims: true), x, -x) : null;
            case 23: return Truth(random, x).All();
            case 24: return x.Rank > 0 ? Apart(random, x, axis).Min(axis, keepDims: true) + x : null;
            case 25: return x.Rank > 0 ? Apart(random, x, axis).ArgMin(axis) : null;
            case 26: return Tensor.From<float>(.5f, 1.5f, 2.5f).SearchSorted(Steps(random, x), right: random.Next(2) == 0);
            case 27: return x.Rank > 0 ? Tensor.LinearRecurrence(x.Sigmoid(), x, axis, reverse: random.Next(2) == 0) : null;
            case 28:
                if (x.Rank == 0 || x.Shape[axis] < 2) return null;
                var parts = x.Split([1, x.Shape[axis] - 1], axis);
                return parts[1] * parts[0];
            case 29: return x.Rank > 0 ? x.WithSlice(other.Mean().Reshape(Ones(x.Rank)), ..1) : null;
            case 30: return x.Rank > 0 ? x.WithSliceAdded(other.Mean().Reshape(Ones(x.Rank)), ^1..) : null;
            case 31: return x.Rank > 1 ? x.GatherNd(Tensor.From([0, 0, x.Shape[0] - 1, x.Shape[1] - 1, 0, 0], [3, 2])) : null;
            case 32: return x.Rank > 0 ? Tensor.ScatterNd(Tensor.From([2, 0, 2], [3, 1]), x.Gather(Tensor.From<int>(0, x.Shape[0] - 1, 0), 0), Shape.Of([4, .. x.Shape.Span[1..]])) : null;
            case 33: return x.Mean().RequireFinite() * x;
            case 34: return weight.Value.Mean() * x;
            case 35: return draws.TruncatedNormal(x.Shape) * x + draws.Gamma(x.Shape, 2.5);
            case 36: return draws.Beta(x.Shape, 1.5, 2) * x + draws.Integers(x.Shape, -2, 3).Cast(DType.Float32);
            case 37: return draws.Poisson(x.Shape, 1.5).Cast(DType.Float32) * x + draws.Binomial(x.Shape, 5, .3).Cast(DType.Float32);
            case 38: return x.Rank > 0 ? x.Gather(draws.Permutation(x.Shape[axis]), axis) : null;
            default: return x.Rank > 0 ? draws.Multinomial(Tensor.Ones(x.Shape), 3).Cast(DType.Float32) * x + draws.Choice(Tensor.Ones(x.Shape), x.Shape[^1], replacement: true).Cast(DType.Float32) : null;
        }
    }

    // Numbers near 0 … 4, at least .1 from the middles between them: no rounding takes one across.
    static Tensor Steps(System.Random random, Tensor x) =>
        x.Tanh() * .4 + Tensor.From(Enumerable.Range(0, (int)x.Size).Select(_ => (float)random.Next(5)).ToArray(), x.Shape);

    static Tensor Truth(System.Random random, Tensor x)
    {
        var (a, b) = (One(), One());
        return random.Next(6) switch { 0 => a & b, 1 => a | b, 2 => a ^ b, 3 => !a, 4 => a.EqualTo(b), _ => a };

        Tensor One()
        {
            var (steps, level) = (Steps(random, x), random.Next(5));
            return random.Next(6) switch
            {
                0 => steps < level + .5,
                1 => steps <= level - .5,
                2 => steps > level + .5,
                3 => steps >= level - .5,
                4 => steps.Round().EqualTo(level),
                _ => steps.Round().NotEqualTo(level),
            };
        }
    }

    static Shape Ones(int rank) => Shape.Of([.. Enumerable.Repeat(1, rank)]);
}
