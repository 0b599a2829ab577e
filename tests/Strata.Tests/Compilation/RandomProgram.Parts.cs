using Strata.Compilation;
using Strata.Operations;

namespace Strata.Tests.Compilation;

// Transforms, patches, decompositions, gated units, alignments, loops and the steps of optimizers.
internal sealed partial class RandomProgram
{
    static readonly ParameterUpdate[] updates =
    [
        new SgdUpdate(false, false), new SgdUpdate(true, true), new AdamUpdate(false), new AdamUpdate(true), new AdadeltaUpdate(), new AdagradUpdate(),
        new AdamaxUpdate(), new NadamUpdate(), new RmsPropUpdate(true, true),
    ];

    Tensor? Part(System.Random random, List<Tensor> values)
    {
        var x = Pick(random, values);
        var axis = x.Rank == 0 ? 0 : random.Next(x.Rank);
        var line = x.Rank == 3 && x.Shape[1] > 1 ? x : null; // [batch, width, channels]
        var image = x.Rank == 3 && x.Shape[1] > 1 && x.Shape[2] > 1 ? x.ExpandDims(-1) : null;
        var rows = x.Rank == 2 && x.Shape[0] <= 6 ? x : null;
        var square = rows is null ? null : rows.MatMul(rows, transposeB: true) / (8.0 * rows.Shape[0] * rows.Shape[1]); // eigenvalues from 0 to .5
        Tensor Kernel(params int[] shape) => Constant(random, shape) * (1 + Pick(random, values).Mean());
        Tensor Complex() => Tensor.Stack([x, x.Cos()], x.Rank);
        switch (random.Next(29))
        {
            case 0: return x.Rank > 0 ? Complex().Fft(axis) / x.Shape[axis] : null;
            case 1: return x.Rank > 0 ? Complex().InverseFft(axis) : null;
            case 2: return x.Rank > 0 ? x.RealFft(axis) / x.Shape[axis] : null;
            case 3: return x.Rank > 0 ? Complex().InverseRealFft(2 * x.Shape[axis] - 1 - (x.Shape[axis] > 1 ? random.Next(2) : 0), axis) : null;
            case 4: return line?.Patches([2], [random.Next(1, 3)], Padding.Same);
            case 5: return image is null ? null : (image.Patches([2, 2], [1], Padding.Valid, random.Next(2) == 0 ? [] : [1]) * Constant(random, 2, 2, 1)).Sum([-3, -2]);
            case 6: return Tall(rows, square)?.PseudoInverse();
            case 7: return square?.MatrixExponential();
            case 8: return square is null ? null : (square + Tensor.Eye(square.Shape[0])).Determinant() - (square + Tensor.Eye(square.Shape[0])).LogDeterminant().LogAbsolute;
            case 9: return Tall(rows, square)?.SwapAxes(0, 1).Qr().R;
            case 10: return Tall(rows, square)?.SwapAxes(0, 1).Qr().Q.Square();
            case 11:
                if (square is null) return null;
                var (u, s, vt) = Spread(square).Svd();
                return (u.Square() * s.ExpandDims(0)).MatMul(vt.Square());
            case 12:
                if (square is null) return null;
                var (eigenvalues, vectors) = Spread(square).SymmetricEigen();
                return vectors.Square() * eigenvalues;
            case 13: return square is null ? null : (square + Tensor.Eye(square.Shape[0])).TriangularSolve(Kernel(square.Shape[0], 2), lower: random.Next(2) == 0, transpose: random.Next(2) == 0);
            case 14: return line is null ? null : Tensor.Gru(line.MatMul(Kernel(line.Shape[2], 9)), Tensor.Zeros([line.Shape[0], 3]), Kernel(3, 9), random.Next(2) == 0 ? Kernel(9) : null, reverse: random.Next(2) == 0);
            case 15: return x.Rank == 2 ? Tensor.GruStep(x.MatMul(Kernel(x.Shape[1], 6)), x.MatMul(Kernel(x.Shape[1], 6)), x.MatMul(Kernel(x.Shape[1], 2))) : null;
            case 16:
                if (x.Rank != 2) return null;
                var (h, c) = Tensor.LstmStep(x.MatMul(Kernel(x.Shape[1], 8)), x.MatMul(Kernel(x.Shape[1], 2)));
                return h * c;
            case 17: return line is { } logits && logits.Shape[2] > 1 ? Tensor.CtcLoss(logits, Tensor.Full([logits.Shape[0], 1], 1, DType.Int32)) : null;
            case 18: return image?.BilinearSample(Steps(random, Tensor.Stack([image[.., .., .., 0], image[.., .., .., 0].Sin()], 3)) + .5, GridCoordinates.Pixels, random.Next(2) == 0 ? PadMode.Constant : PadMode.Edge);
            case 19: return x.Rank > 0 ? Flow.Scan((item, state) => (state * .5 + item).Tanh() * weight.Value.Mean(), x, Tensor.Zeros(x.Shape[1..]), reverse: random.Next(2) == 0) : null;
            case 20:
                var number = Steps(random, Pick(random, values).Mean());
                return Flow.Cond(number < 2.5, () => x.Sin(), () => x * 2);
            case 21: return Flow.While(state => state[1] < 3.5, state => [(state[0] + .3).Sin(), state[1] + 1], [x, Steps(random, x.Mean())])[0].StopGradient();
            case 22: return Updated(random, x).StopGradient(); // the steps of optimizers have no gradients
            case 23: return x.Rank > 0 && x.Shape[0] > 1 ? RowsUpdated(x).StopGradient() : null;
            case 24: return x.Rank > 0 ? new MergeRows().Apply(Tensor.From(Enumerable.Range(0, x.Shape[0]).Select(i => (long)(i / 2)).ToArray(), [x.Shape[0]]), x)[1].StopGradient() : null;
            case 25: return Gradient.Checkpoint(z => (z.Sin() * z).Tanh() + draws.Uniform(z.Shape), x);
            case 26: return Gradient.Custom(z => z.Atan(), (_, y, dy) => dy * y.Cos(), x);
            case 27: return x.Rank > 1 ? Tensor.SoftmaxCrossEntropy(x, Tensor.From(Enumerable.Range(0, (int)x.Shape[..^1].Size).Select(_ => random.Next(x.Shape[^1])).ToArray(), x.Shape[..^1])) : null;
            default: return x.Rank > 0 ? x.LogSoftmax(axis) + x.LogSumExp(axis, keepDims: true) : null;
        }
    }

    // [m, n + m] of full rank.
    static Tensor? Tall(Tensor? rows, Tensor? square) => rows is null ? null : Tensor.Concatenate([rows, square! + Tensor.Eye(rows.Shape[0])], 1);

    // Eigenvalues that are far from each other, so that the vectors are well defined but for their signs.
    static Tensor Spread(Tensor square) => square + (Tensor.Arange(square.Shape[0]).Cast(DType.Float32) * 2 + 1).DiagonalMatrix();

    static Tensor Updated(System.Random random, Tensor x)
    {
        var rule = updates[random.Next(updates.Length)];
        return rule.Apply([x, x.Sin(), .. States(rule, x), Numbers()])[0];
    }

    static Tensor RowsUpdated(Tensor x)
    {
        var rule = new AdagradUpdate();
        return new RowUpdate(rule).Apply([x, Tensor.From<long>(x.Shape[0] - 1, -1), x[..2], .. States(rule, x), Numbers()])[0];
    }

    static Tensor[] States(ParameterUpdate rule, Tensor x) => [.. Enumerable.Range(0, rule.States).Select(i => (x * .1).Square() + .5 + i)];

    // Decay and the numbers of the rule that has the most.
    static Tensor Numbers() => Tensor.From(.01, .99, .1, .9, .1, .99, .01, .3, .2, .1, .01, .5);
}
