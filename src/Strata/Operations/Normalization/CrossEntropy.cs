using Strata.Kernels;
using Strata.Kernels.Normalization;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = ln Σⱼ e^xⱼ − x_label over the last axis of the logits x […, classes], with int64 labels […].</summary>
    internal sealed record SoftmaxCrossEntropy : Binary
    {
        protected override TensorType Infer(Tensor x, Tensor labels) => new(labels.Shape, x.DType);

        protected override void Run(CpuKernels k, Tensor x, Tensor labels, Tensor y)
        {
            if (CpuKernels.BadLabel(labels, x.Shape[^1]) is var (label, place))
                Fail($"class number {label} at position {place} is outside 0 … {x.Shape[^1] - 1}.");
            k.Softmax(SoftmaxResult.CrossEntropy, x, y, labels);
        }

        protected override (Tensor? A, Tensor? B) Gradient(Tensor x, Tensor labels, Tensor y, Tensor dy, Needs needs) =>
            (new SoftmaxCrossEntropyGradient().Apply(x, labels, dy), null);
    }

    /// <summary>dx = (softmax x − onehot label)·dy.</summary>
    internal sealed record SoftmaxCrossEntropyGradient : Variadic
    {
        protected override TensorType Infer(Tensor[] x) => x[0].Type;

        protected override void Run(CpuKernels k, Tensor[] x, Tensor dx) => k.Softmax(SoftmaxResult.CrossEntropyGradient, x[0], dx, x[1], x[2]);

        protected override Tensor?[] Gradient(Tensor[] x, Tensor dx, Tensor g, Needs needs)
        {
            var (logits, labels, dy) = (x[0], x[1], x[2]);
            var p = logits.Softmax();
            var pg = p * g;
            return
            [
                needs[0] ? (pg - p * pg.Sum(-1, keepDims: true)) * dy.Reshape([.. dy.Shape.Span, 1]) : null,
                null,
                needs[2] ? ((p - labels.OneHot(logits.Shape[^1], logits.DType)) * g).Sum(-1) : null,
            ];
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The cross-entropy −Σⱼ tⱼ ln softmax(x)ⱼ of each row of logits, stable for logits of any size.</summary>
        /// <param name="logits">x […, classes].</param>
        /// <param name="targets">Class numbers: integers of shape […] or […, 1]; or probabilities tⱼ: floats of the logits' shape.</param>
        /// <returns>One value a row: […].</returns>
        /// <exception cref="ShapeException">The shapes do not fit, or a class number is outside 0 … classes − 1.</exception>
        public static Tensor SoftmaxCrossEntropy(Tensor logits, Tensor targets)
        {
            if (logits.Rank == 0 || !logits.DType.IsFloating())
                throw new ShapeException($"SoftmaxCrossEntropy: the logits are {logits.Type}; they must be floats with an axis of classes.");
            if (targets.DType.IsFloating())
            {
                if (targets.Shape != logits.Shape)
                    throw new ShapeException($"SoftmaxCrossEntropy: probabilities {targets.Shape} do not have the shape of the logits {logits.Shape}.");
                return -(targets * logits.LogSoftmax()).Sum(-1);
            }

            var rows = logits.Shape[..^1];
            if (targets.Shape != rows && targets.Shape != rows.Concat([1]))
                throw new ShapeException($"SoftmaxCrossEntropy: class numbers {targets.Shape} do not fit logits {logits.Shape}; they must be {rows}.");
            var labels = targets.Cast(DType.Int64).Reshape(rows);
            return new SoftmaxCrossEntropy().Apply(logits, labels);
        }

        /// <summary>The cross-entropy −t ln σ(x) − (1 − t) ln(1 − σ(x)) of each element, stable for logits of any size.</summary>
        /// <param name="logits">x of any shape.</param>
        /// <param name="targets">t, probabilities or truth values that broadcast with x.</param>
        public static Tensor SigmoidCrossEntropy(Tensor logits, Tensor targets) => logits.Softplus() - logits * targets;
    }
}
