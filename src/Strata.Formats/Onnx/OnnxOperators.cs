using Strata.Compilation;
using Strata.Nn;

namespace Strata.Formats.Onnx;

/// <summary>What ONNX's standard operators compute (versions 7 to 17 and, where they mean the same, later), in tensor operations.</summary>
static partial class OnnxOperators
{
    delegate OnnxTensor[] Evaluate(OnnxNode node, OnnxTensor[] x, long version);

    static readonly Dictionary<string, Evaluate> table = new()
    {
        ["Abs"] = Map(x => x.Abs()),
        ["Acos"] = Map(x => x.Acos()),
        ["Asin"] = Map(x => x.Asin()),
        ["Atan"] = Map(x => x.Atan()),
        ["Ceil"] = Map(x => x.Ceiling()),
        ["Cos"] = Map(x => x.Cos()),
        ["Cosh"] = Map(x => x.Cosh()),
        ["Dropout"] = (_, x, _) => [x[0]],
        ["Elu"] = Map((x, n) => Activation.EluOf(n.Float("alpha", 1)).Of(x)),
        ["Erf"] = Map(x => x.Erf()),
        ["Exp"] = Map(x => x.Exp()),
        ["Floor"] = Map(x => x.Floor()),
        ["Gelu"] = Map((x, n) => n.String("approximate", "none") == "none" ? Activation.Gelu.Of(x) : x * 0.5 * (((x + (x * x * x * 0.044715)) * Math.Sqrt(2 / Math.PI)).Tanh() + 1)),
        ["HardSigmoid"] = Map((x, n) => ((x * n.Float("alpha", .2f)) + n.Float("beta", .5f)).Clip(0, 1)),
        ["HardSwish"] = Map(x => x * ((x / 6) + .5).Clip(0, 1)),
        ["Identity"] = (_, x, _) => [x[0]],
        ["IsNaN"] = Map(x => x.IsNaN()),
        ["LeakyRelu"] = Map((x, n) => Tensor.Where(x >= 0, x, x * n.Float("alpha", .01f))),
        ["Log"] = Map(x => x.Log()),
        ["Neg"] = Map(x => -x),
        ["Not"] = Map(x => !x),
        ["Reciprocal"] = Map(x => x.Reciprocal()),
        ["Relu"] = Map(x => x.Relu()),
        ["Round"] = Map(x => x.Round()),
        ["Selu"] = Map((x, n) => n.Float("gamma", 1.0507010f) * Activation.EluOf(n.Float("alpha", 1.6732632f)).Of(x)),
        ["Sigmoid"] = Map(x => x.Sigmoid()),
        ["Sign"] = Map(x => x.Sign()),
        ["Sin"] = Map(x => x.Sin()),
        ["Sinh"] = Map(x => x.Sinh()),
        ["Softplus"] = Map(x => x.Softplus()),
        ["Softsign"] = Map(x => x / (x.Abs() + 1)),
        ["Sqrt"] = Map(x => x.Sqrt()),
        ["Tan"] = Map(x => x.Tan()),
        ["Tanh"] = Map(x => x.Tanh()),
        ["ThresholdedRelu"] = Map((x, n) => Tensor.Where(x > n.Float("alpha", 1), x, Tensor.ZerosLike(x))),
        ["Cast"] = Map((x, n) => x.Cast(OnnxMessages.TypeOf(n.Int("to", 1)))),
        ["Clip"] = Clip,

        ["Add"] = Join((a, b) => a + b),
        ["Sub"] = Join((a, b) => a - b),
        ["Mul"] = Join((a, b) => a * b),
        ["Div"] = Join(Divide),
        ["Pow"] = Join((a, b) => a.Power(b)),
        ["Max"] = Join(Tensor.Maximum),
        ["Min"] = Join(Tensor.Minimum),
        ["Sum"] = Join((a, b) => a + b),
        ["Equal"] = Join((a, b) => a.EqualTo(b)),
        ["Less"] = Join((a, b) => a < b),
        ["LessOrEqual"] = Join((a, b) => a <= b),
        ["Greater"] = Join((a, b) => a > b),
        ["GreaterOrEqual"] = Join((a, b) => a >= b),
        ["And"] = Join((a, b) => a & b),
        ["Or"] = Join((a, b) => a | b),
        ["Xor"] = Join((a, b) => a ^ b),
        ["PRelu"] = Join((a, slope) => Tensor.Where(a >= 0, a, a * slope)),
        ["Where"] = (_, x, _) => Elementwise(x, v => Tensor.Where(v[0], v[1], v[2])),

        ["MatMul"] = (_, x, _) => [OnnxTensor.Of(x[0].Plain.MatMul(x[1].Plain))],
        ["Gemm"] = Gemm,
        ["Einsum"] = (n, x, _) => [OnnxTensor.Of(Tensor.Einsum(n.String("equation", ""), [.. x.Select(v => v.Plain)]))],
        ["Softmax"] = (n, x, version) => [OnnxTensor.Of(Normalized(n, x[0].Plain, version, (v, axis) => v.Softmax(axis)))],
        ["LogSoftmax"] = (n, x, version) => [OnnxTensor.Of(Normalized(n, x[0].Plain, version, (v, axis) => v.LogSoftmax(axis)))],
        ["BatchNormalization"] = BatchNormalization,
        ["InstanceNormalization"] = InstanceNormalization,
        ["LayerNormalization"] = LayerNormalization,
        ["LRN"] = LocalResponse,
        ["LSTM"] = Lstm,
        ["GRU"] = Gru,
        ["RNN"] = Rnn,

        ["Conv"] = Convolution,
        ["ConvTranspose"] = TransposedConvolution,
        ["MaxPool"] = MaxPool,
        ["AveragePool"] = AveragePool,
        ["GlobalAveragePool"] = (_, x, _) => [OnnxTensor.OfLast(x[0].Last.Mean(Spatial(x[0]), keepDims: true))],
        ["GlobalMaxPool"] = (_, x, _) => [OnnxTensor.OfLast(x[0].Last.Max(Spatial(x[0]), keepDims: true))],
        ["Resize"] = Resize,
        ["Upsample"] = Resize,

        ["ArgMax"] = Arg((x, axis, keep) => x.ArgMax(axis, keep)),
        ["ArgMin"] = Arg((x, axis, keep) => x.ArgMin(axis, keep)),
        ["ReduceMax"] = Reduce((x, axes, keep) => x.Max(axes, keep)),
        ["ReduceMean"] = Reduce((x, axes, keep) => x.Mean(axes, keep)),
        ["ReduceMin"] = Reduce((x, axes, keep) => x.Min(axes, keep)),
        ["ReduceProd"] = Reduce((x, axes, keep) => x.Product(axes, keep)),
        ["ReduceSum"] = Reduce((x, axes, keep) => x.Sum(axes, keep)),
        ["ReduceL1"] = Reduce((x, axes, keep) => x.Abs().Sum(axes, keep)),
        ["ReduceL2"] = Reduce((x, axes, keep) => x.Square().Sum(axes, keep).Sqrt()),
        ["ReduceSumSquare"] = Reduce((x, axes, keep) => x.Square().Sum(axes, keep)),
        ["ReduceLogSumExp"] = Reduce((x, axes, keep) => x.LogSumExp(axes, keep)),

        ["Concat"] = Concat,
        ["Constant"] = Constant,
        ["ConstantOfShape"] = ConstantOfShape,
        ["CumSum"] = CumSum,
        ["DepthToSpace"] = DepthToSpace,
        ["Expand"] = Expand,
        ["Flatten"] = Flatten,
        ["Gather"] = (n, x, _) => [OnnxTensor.Of(Gather(x[0].Plain, x[1], (int)n.Int("axis", 0)))],
        ["OneHot"] = OneHot,
        ["Pad"] = Pad,
        ["Range"] = Range,
        ["Reshape"] = Reshape,
        ["Shape"] = ShapeOf,
        ["Size"] = (_, x, _) => [OnnxTensor.Known(Tensor.Scalar(x[0].Shape.Size, DType.Int64))],
        ["Slice"] = Slice,
        ["Split"] = Split,
        ["Squeeze"] = Squeeze,
        ["Tile"] = (_, x, _) => [OnnxTensor.Of(x[0].Plain.Tile(x[1].Ints("repeats")))],
        ["Transpose"] = Transpose,
        ["Trilu"] = Trilu,
        ["Unsqueeze"] = Unsqueeze,
    };

    public static bool Knows(string name) => table.ContainsKey(name);

    /// <summary>The outputs of a node. What follows from known values alone is computed here and now, whether the model is being compiled or not.</summary>
    public static OnnxTensor[] Run(OnnxNode node, OnnxTensor[] x, long version)
    {
        var evaluate = table[node.Operator];
        return x.All(v => v.IsKnown || v.IsNone)
            ? Tracer.Untraced(() => Array.ConvertAll(evaluate(node, x, version), y => OnnxTensor.Known(y.Plain)))
            : evaluate(node, x, version);
    }

    static Evaluate Map(Func<Tensor, Tensor> f) => Map((x, _) => f(x));

    static Evaluate Map(Func<Tensor, OnnxNode, Tensor> f) => (node, x, _) => [x[0].IsLast ? OnnxTensor.OfLast(f(x[0].Last, node)) : OnnxTensor.Of(f(x[0].Plain, node))];

    static Evaluate Join(Func<Tensor, Tensor, Tensor> f) => (_, x, _) => Elementwise(x, v => v.Length == 1 ? v[0] : v[1..].Aggregate(v[0], f));

    /// <summary>Stays with channels last if a value is so and all others can be: of the same rank, or with one element.</summary>
    static OnnxTensor[] Elementwise(OnnxTensor[] x, Func<Tensor[], Tensor> f)
    {
        var rank = x.Max(v => v.Rank);
        var last = rank > 2 && x.Any(v => v.IsLast && v.Rank == rank) && x.All(v => v.Rank == rank || v.Shape.Size == 1 || v.Rank < rank && v.Rank > 0);
        return last ? [OnnxTensor.OfLast(f([.. x.Select(v => Raised(v, rank))]))] : [OnnxTensor.Of(f([.. x.Select(v => v.Plain)]))];
    }

    static Tensor Raised(OnnxTensor x, int rank)
    {
        if (x.Rank == rank) return x.Last;
        if (x.Rank == 0) return x.Plain;
        return OnnxTensor.ToLast(x.Plain.Reshape([.. Enumerable.Repeat(1, rank - x.Rank), .. x.Shape.Span]));
    }

    static Tensor Divide(Tensor a, Tensor b)
    {
        if (a.DType.IsFloating() || b.DType.IsFloating()) return a / b;
        return (a.Cast(DType.Float64) / b.Cast(DType.Float64)).Truncate().Cast(a.DType); // integers are divided towards zero
    }

    static OnnxTensor[] Clip(OnnxNode node, OnnxTensor[] x, long version)
    {
        var low = version < 11 ? node.Float("min", float.NegativeInfinity) : x.Length > 1 && !x[1].IsNone ? Scalar(x[1]) : double.NegativeInfinity;
        var high = version < 11 ? node.Float("max", float.PositiveInfinity) : x.Length > 2 && !x[2].IsNone ? Scalar(x[2]) : double.PositiveInfinity;
        return Map(v => v.Clip(low, high))(node, x, version);
    }

    static double Scalar(OnnxTensor x) => x.IsKnown ? x.Plain.Item() : throw new FormatException("a number that must be fixed depends on the model's inputs");

    static OnnxTensor[] Gemm(OnnxNode node, OnnxTensor[] x, long version)
    {
        var y = x[0].Plain.MatMul(x[1].Plain, node.Int("transA", 0) != 0, node.Int("transB", 0) != 0);
        var (alpha, beta) = (node.Float("alpha", 1), node.Float("beta", 1));
        if (alpha != 1) y *= alpha;
        if (x.Length > 2 && !x[2].IsNone) y += beta == 1 ? x[2].Plain : x[2].Plain * beta;
        return [OnnxTensor.Of(y)];
    }

    /// <summary>Before version 13 the axes from the given one on are normalized together.</summary>
    static Tensor Normalized(OnnxNode node, Tensor x, long version, Func<Tensor, int, Tensor> f)
    {
        if (version >= 13) return f(x, (int)node.Int("axis", -1));
        var axis = x.Shape.Axis((int)node.Int("axis", 1), node.Operator);
        return f(x.Reshape(Product(x.Shape[..axis]), Product(x.Shape[axis..])), 1).Reshape(x.Shape);
    }

    static int Product(Shape shape) => checked((int)shape.Size);

    static OnnxTensor[] BatchNormalization(OnnxNode node, OnnxTensor[] x, long version)
    {
        var factor = x[1].Plain * (x[4].Plain + node.Float("epsilon", 1e-5f)).Rsqrt();
        return [OnnxTensor.OfLast((x[0].Last * factor) + (x[2].Plain - (x[3].Plain * factor)))];
    }

    static OnnxTensor[] InstanceNormalization(OnnxNode node, OnnxTensor[] x, long version)
    {
        var v = x[0].Last;
        var axes = Spatial(x[0]);
        var centered = v - v.Mean(axes, keepDims: true);
        return [OnnxTensor.OfLast((centered * (centered.Square().Mean(axes, keepDims: true) + node.Float("epsilon", 1e-5f)).Rsqrt() * x[1].Plain) + x[2].Plain)];
    }

    static OnnxTensor[] LayerNormalization(OnnxNode node, OnnxTensor[] x, long version)
    {
        var v = x[0].Plain;
        int[] axes = [.. Enumerable.Range(v.Shape.Axis((int)node.Int("axis", -1), node.Operator), v.Rank).Where(a => a < v.Rank)];
        var centered = v - v.Mean(axes, keepDims: true);
        var y = centered * (centered.Square().Mean(axes, keepDims: true) + node.Float("epsilon", 1e-5f)).Rsqrt() * x[1].Plain;
        return [OnnxTensor.Of(x.Length > 2 && !x[2].IsNone ? y + x[2].Plain : y)];
    }

    /// <summary>x / (bias + α/n·Σ x²)^β over n neighboring channels.</summary>
    static OnnxTensor[] LocalResponse(OnnxNode node, OnnxTensor[] x, long version)
    {
        var size = (int)node.Int("size", 1);
        var v = x[0].Last;
        if (size < 1 || size > 1 + (2L * v.Shape[^1])) throw new FormatException($"{size} neighboring channels");
        var squares = v.Square();
        var amounts = new (int, int)[v.Rank];
        amounts[^1] = ((size - 1) / 2, size / 2);
        var padded = squares.Pad(amounts);
        var sum = Enumerable.Range(0, size).Select(i => padded.Slice([.. new int[v.Rank - 1], i], v.Shape)).Aggregate((a, b) => a + b);
        return [OnnxTensor.OfLast(v / ((sum * (node.Float("alpha", 1e-4f) / size)) + node.Float("bias", 1)).Power(node.Float("beta", .75f)))];
    }
}
