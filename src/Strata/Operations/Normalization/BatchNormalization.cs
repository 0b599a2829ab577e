using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>(y, mean, variance) of x, gamma, beta: y = (x − mean)/√(variance + ε)·gamma + beta, over all axes but the last.</summary>
    internal sealed record BatchNormalization(double Epsilon) : Multiple
    {
        protected override TensorType[] Infer(Tensor[] x)
        {
            if (x[0].Rank < 2 || x[0].Size == 0) Fail($"x is {x[0].Shape}; it must be […, channels] with at least one element a channel.");
            Shape channels = [x[0].Shape[^1]];
            if (x[1].Shape != channels || x[2].Shape != channels) Fail($"gamma {x[1].Shape} and beta {x[2].Shape} do not fit the channels of {x[0].Shape}; they must be {channels}.");
            return [x[0].Type, new(channels, x[0].DType), new(channels, x[0].DType)];
        }

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => k.BatchNormalization(x[0], x[1], x[2], Epsilon, y[0], y[1], y[2]);

        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
        {
            Tensor?[] dx = dy[0] is { } d ? [.. new BatchNormalizationGradient(Epsilon).Apply(x[0], x[1], y[1], y[2], d)] : [null, null, null];
            var n = (double)x[0].Size / x[0].Shape[^1];
            if (dy[1] is { } dMean) dx[0] = Plus(dx[0], (dMean / n).BroadcastTo(x[0].Shape));
            if (dy[2] is { } dVariance) dx[0] = Plus(dx[0], (x[0] - y[1]) * (dVariance * (2 / n)));
            return dx;
        }

        static Tensor Plus(Tensor? a, Tensor b) => a is null ? b : a + b;
    }

    /// <summary>(dx, dgamma, dbeta) of x, gamma, mean, variance, dy, where mean and variance are those of x.</summary>
    internal sealed record BatchNormalizationGradient(double Epsilon) : Multiple
    {
        protected override TensorType[] Infer(Tensor[] x) => [x[0].Type, x[1].Type, x[1].Type];

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => k.BatchNormalizationGradient(x[0], x[1], x[2], x[3], x[4], Epsilon, y[0], y[1], y[2]);

        // Second order: the same function as a composition, which carries the dependence of mean and variance on x too.
        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
        {
            var (_, pullback) = Strata.Gradient.Vjp(Composed, x[0], x[1], x[4]);
            var d = pullback([.. dy.Select((g, i) => g ?? Tensor.ZerosLike(y[i]))]);
            return [d[0], d[1], null, null, d[2]];
        }

        Tensor[] Composed(Tensor[] inputs)
        {
            var (x, gamma, dy) = (inputs[0], inputs[1], inputs[2]);
            int[] axes = [.. Enumerable.Range(0, x.Rank - 1)];
            var n = (double)x.Size / x.Shape[^1];
            var centered = x - x.Mean(axes, keepDims: true);
            var inverse = (centered.Square().Mean(axes, keepDims: true) + Epsilon).Rsqrt();
            var h = centered * inverse;
            var (dgamma, dbeta) = ((dy * h).Sum(axes), dy.Sum(axes));
            return [(dy - dbeta / n - h * (dgamma / n)) * (inverse * gamma), dgamma, dbeta];
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Normalizes each channel over all other axes: y = (x − mean)/√(variance + ε)·gamma + beta (Ioffe and Szegedy 2015,
        /// arXiv 1502.03167, algorithm 1).</summary>
        /// <param name="x">[…, channels].</param>
        /// <param name="gamma">The scale [channels].</param>
        /// <param name="beta">The shift [channels].</param>
        /// <param name="epsilon">What is added to the variance.</param>
        /// <returns>y, and the mean and the variance (divided by the number of elements) of each channel.</returns>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        public static (Tensor Y, Tensor Mean, Tensor Variance) BatchNormalization(Tensor x, Tensor gamma, Tensor beta, double epsilon)
        {
            var type = DTypes.Promote(x.DType, DTypes.Promote(gamma.DType, beta.DType)).ToFloating();
            var y = new BatchNormalization(epsilon).Apply(x.Cast(type), gamma.Cast(type), beta.Cast(type));
            return (y[0], y[1], y[2]);
        }
    }
}
