namespace Strata.Tests.Compilation;

// The operations that are more than element by element: convolutions, pooling, normalization, sorting, indexing, linear algebra, recurrences, random draws.
internal sealed partial class RandomProgram
{
    Tensor? Whole(System.Random random, List<Tensor> values)
    {
        // A kernel that is a constant times one plus a number of the program, so that its gradient matters.
        Tensor Kernel(params int[] shape) => Constant(random, shape) * (1 + Pick(random, values).Mean());

        var x = Pick(random, values);
        var axis = x.Rank == 0 ? 0 : random.Next(x.Rank);
        var line = x.Rank == 3 && x.Shape[1] > 1 && x.Shape[2] > 0 ? x : null; // [batch, width, channels]
        var image = x.Rank == 3 && x.Shape[1] > 1 && x.Shape[2] > 1 ? x.ExpandDims(-1) : x.Rank == 4 && x.Shape[1] > 1 && x.Shape[2] > 1 ? x : null;
        var square = x.Rank == 2 ? x.MatMul(x, transposeB: true) / (x.Shape[1] * 4.0) + Tensor.Eye(x.Shape[0]) : null; // positive definite, far from singular
        switch (random.Next(34))
        {
            case 0: return line?.Convolution(Kernel(2, line.Shape[2], 3), [random.Next(1, 3)], Padding.Same, []);
            case 1: return line?.Convolution(Kernel(2, line.Shape[2], 2), [], Padding.Valid, []);
            case 2: return image?.Convolution(Kernel(2, 3, image.Shape[3], 2), [1, random.Next(1, 3)], Padding.Same, []);
            case 3: return image?.Convolution(Kernel(3, 3, image.Shape[3], 4), [], Padding.Same, [], 1)?.Relu();
            case 4: return image?.DepthwiseConvolution(Kernel(2, 2, image.Shape[3], 2), [], Padding.Same, []);
            case 5: return line?.ConvolutionTranspose(Kernel(2, 2, line.Shape[2]), [2], Padding.Same, [], []);
            case 6: return line is null ? null : Apart(random, line, 1).MaxPool([2], [random.Next(1, 3)], Padding.Valid);
            case 7: return image?.AveragePool([2, 2], [1, 1], Padding.Same);
            case 8: return image?.GlobalAveragePool();
            case 9: return image?.Resize(random.Next(1, 6), random.Next(1, 6));
            case 10: return x.Rank > 0 ? Tensor.LayerNormalization(x, Constant(random, x.Shape[^1]), Kernel(x.Shape[^1]), .5) : null;
            case 11:
                if (x.Rank < 2) return null;
                var (y, mean, variance) = Tensor.BatchNormalization(x, Constant(random, x.Shape[^1]), Kernel(x.Shape[^1]), .5);
                return random.Next(2) == 0 ? y : y + mean * variance;
            case 12: return x.Rank > 0 ? Apart(random, x, axis).Sort(axis, random.Next(2) == 0) : null;
            case 13: return x.Rank > 0 ? x.GatherAlong(Apart(random, x, axis).ArgSort(axis), axis) : null;
            case 14: return x.Rank > 0 ? Apart(random, x, axis).TopK(1 + random.Next(x.Shape[axis]), axis).Values : null;
            case 15: return x.Rank > 0 ? Apart(random, x, axis).Max(axis, keepDims: true) - x : null;
            case 16: return x.Rank > 0 ? Apart(random, x, axis).ArgMax(axis).OneHot(x.Shape[axis]) : null;
            case 17: return x.Rank > 0 ? x.Tanh().CumulativeProduct(axis, exclusive: random.Next(2) == 0) : null;
            case 18: return x.Rank > 0 ? x.Variance(axis, true) + x.LogSumExp(axis, true) : null;
            case 19: return x.Rank > 0 ? (x + 3).Product(axis) / 9 : null;
            case 20: return x.Rank > 1 ? Tensor.SoftmaxCrossEntropy(x, x.Mean().StopGradient() * 0 + Constant(random, [.. x.Shape.Span]).Softmax()) : null;
            case 21: return x.Rank > 0 ? x.ScatterAdd(Tensor.From<int>(0, x.Shape[axis] - 1), Kernel([.. x.Shape.Span[..axis], 2, .. x.Shape.Span[(axis + 1)..]]), axis) : null;
            case 22: return x.Rank == 2 ? x.Embedding(Tensor.From<int>(0, x.Shape[0] - 1, 0)) : null;
            case 23: return x.Rank > 0 ? x.Roll(1, axis) - x.Repeat(2, axis).Slice(new int[x.Rank], x.Shape.Span) : null;
            case 24: return x.Rank > 0 ? x.Tile([.. Enumerable.Repeat(1, x.Rank - 1), 2]) : null;
            case 25: return square?.Cholesky().LowerTriangle();
            case 26: return square?.Inverse().Diagonal();
            case 27: return square?.Solve(Kernel(square.Shape[0], 2));
            case 28: return square is null ? null : square.LogDeterminant().LogAbsolute + square.SymmetricEigen().Values.Log().Sum();
            case 29: return square is null ? null : Tensor.Einsum("ij,kj->ik", square, x.SwapAxes(0, 1)) + square.Trace();
            case 30: return draws.Normal(x.Shape) * x + draws.Uniform(x.Shape);
            case 31: return Tensor.Where(draws.Bernoulli(x.Shape, .7), x / .7, Tensor.Scalar(0f));
            case 32: return x.Rank > 0 ? draws.Categorical(x).OneHot(x.Shape[^1]) * x : null;
            default: return line is null ? null : Recurrent(line, Kernel(line.Shape[2], 12), Kernel(3, 12));
        }
    }

    // An LSTM over [batch, time, channels]: its input's projection and the steps.
    static Tensor Recurrent(Tensor x, Tensor kernel, Tensor recurrent)
    {
        var zeros = Tensor.Zeros([x.Shape[0], 3]);
        return Tensor.Lstm(x.MatMul(kernel), zeros, zeros, recurrent).Outputs;
    }

    // Elements along an axis that differ by more than any rounding, in a random order: which is the largest is then no matter of the last bit.
    static Tensor Apart(System.Random random, Tensor x, int axis)
    {
        var order = Enumerable.Range(0, x.Shape[axis]).Select(i => (float)i).ToArray();
        random.Shuffle(order);
        return x.Tanh() * .4 + Tensor.From(order, [order.Length]).Reshape([order.Length, .. Enumerable.Repeat(1, x.Rank - 1 - axis)]);
    }

    static Tensor Constant(System.Random random, params int[] shape) =>
        Tensor.From(Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (float)(random.NextDouble() - .5)).ToArray(), Shape.Of(shape));
}
