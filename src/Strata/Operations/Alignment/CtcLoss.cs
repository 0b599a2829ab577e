using Strata.Differentiation;
using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>−ln of the probability of labels [n, l] under log-probabilities [n, t, c], summed over all alignments; steps and counts [n] say how much of
    /// the rows is used. The integers are int32.</summary>
    internal sealed record CtcLoss(int Blank) : Variadic
    {
        const double Impossible = -1e30; // a logarithm of zero that leaves gradients free of NaN

        protected override TensorType Infer(Tensor[] x)
        {
            var (p, labels) = (x[0], x[1]);
            if (p.Rank != 3 || !p.DType.IsFloating()) Fail($"the logits are {p.Type}; they must be float32 or float64 [examples, steps, classes].");
            var n = p.Shape[0];
            if (labels.Rank != 2 || labels.Shape[0] != n) Fail($"the labels are {labels.Shape}; for logits {p.Shape} they must be [{n}, labels].");
            if (x[2].Shape != Shape.Of(n) || x[3].Shape != Shape.Of(n)) Fail($"the numbers of steps and labels are {x[2].Shape} and {x[3].Shape}; they must be [{n}].");
            if (Blank < 0 || Blank >= p.Shape[2]) Fail($"the blank {Blank} is none of the {p.Shape[2]} classes.");
            return new([n], p.DType);
        }

        protected override void Run(CpuKernels k, Tensor[] x, Tensor y) => k.CtcLoss(x[0], x[1], x[2], x[3], Blank, y);

        protected override Tensor?[] Gradient(Tensor[] x, Tensor y, Tensor dy, Needs needs) => [new CtcLossGradient(this).Apply([.. x, dy]), null, null, null];

        /// <summary>The same in other operations: the recursion for α, all examples and states at once.</summary>
        public Tensor Composed(Tensor[] x)
        {
            var (p, labels, lengths, counts) = (x[0], x[1], x[2].Reshape(-1, 1), x[3].Reshape(-1, 1));
            var (n, t, l) = (p.Shape[0], p.Shape[1], labels.Shape[1]);
            var states = (2 * l) + 1;
            var used = Tensor.Where(Tensor.Arange(l).Reshape(1, -1) < counts, labels, Tensor.Scalar(Blank, DType.Int32));
            var blanks = Tensor.Full([n, l, 1], Blank, DType.Int32);
            var classes = Tensor.Concatenate([Tensor.Stack([blanks.Squeeze(-1), used], 2).Reshape(n, 2 * l), Tensor.Full([n, 1], Blank, DType.Int32)], 1);
            var nothing = Tensor.Full([n, states], Impossible, p.DType);
            Tensor Moved(Tensor z, int by) => Tensor.Concatenate([nothing[.., ..Math.Min(by, states)], z[.., ..Math.Max(0, states - by)]], 1);

            var distinct = Tensor.Concatenate([Tensor.Full([n, Math.Min(2, states)], Blank, DType.Int32), classes[.., ..Math.Max(0, states - 2)]], 1);
            var jumps = classes.NotEqualTo(Blank) & classes.NotEqualTo(distinct);
            var first = Tensor.Arange(states).Reshape(1, -1) < 2;
            Tensor? alpha = null;
            for (var step = 0; step < t; step++)
            {
                var emitted = p[.., step].GatherAlong(classes, 1);
                var next = alpha is null
                    ? Tensor.Where(first, emitted, nothing)
                    : Tensor.Stack([alpha, Moved(alpha, 1), Tensor.Where(jumps, Moved(alpha, 2), nothing)], 0).LogSumExp(0) + emitted;
                alpha = alpha is null ? next : Tensor.Where(lengths > step, next, alpha);
            }

            var last = counts * 2;
            var ends = alpha!.GatherAlong(last, 1);
            var early = Tensor.Where(counts > 0, alpha!.GatherAlong(Tensor.Maximum(last - 1, Tensor.Scalar(0, DType.Int32)), 1), nothing[.., ..1]);
            return -Tensor.Concatenate([ends, early], 1).LogSumExp(1);
        }
    }

    /// <summary>dp of p, labels, steps, counts and the gradients for the losses.</summary>
    internal sealed record CtcLossGradient(CtcLoss Forward) : Variadic
    {
        protected override TensorType Infer(Tensor[] x) => x[0].Type;

        protected override void Run(CpuKernels k, Tensor[] x, Tensor dp) => k.CtcLossGradient(x[0], x[1], x[2], x[3], Forward.Blank, x[4], dp);

        protected override Tensor?[] Gradient(Tensor[] x, Tensor dp, Tensor g, Needs needs)
        {
            var d = Rederived.Gradient(z => [Forward.Composed([z[0], x[1], x[2], x[3]])], x[..1], x[4..], [g]);
            return [d[0], null, null, null, d[1]];
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The loss of connectionist temporal classification: −ln of the probability that the classes of the steps, repetitions merged and blanks
        /// removed, spell the labels (Graves, Fernández, Gomez and Schmidhuber 2006).</summary>
        /// <param name="logits">[n, t, classes]; log-probabilities are logits, too.</param>
        /// <param name="labels">Integers [n, l], without the blank; what stands beyond an example's number of labels is not read.</param>
        /// <param name="steps">How many steps each example has: integers [n]; by default all.</param>
        /// <param name="labelCounts">How many labels each example has: integers [n]; by default all.</param>
        /// <param name="blank">The class that stands for no label.</param>
        /// <returns>[n]; infinite, with gradient zero, where the labels need more steps than there are.</returns>
        /// <exception cref="ShapeException">The shapes do not fit, or a label or number is out of range.</exception>
        public static Tensor CtcLoss(Tensor logits, Tensor labels, Tensor? steps = null, Tensor? labelCounts = null, int blank = 0)
        {
            if (logits.Rank != 3 || labels.Rank != 2) throw new ShapeException($"CtcLoss: logits {logits.Shape} and labels {labels.Shape} must be [examples, steps, classes] and [examples, labels].");
            if (labels.DType.IsFloating()) throw new ShapeException($"CtcLoss: the labels are {labels.DType.Name()}; they must be integers.");
            var n = logits.Shape[0];
            return new CtcLoss(blank).Apply(
                logits.LogSoftmax(),
                labels.Cast(DType.Int32),
                steps?.Cast(DType.Int32) ?? Full([n], logits.Shape[1], DType.Int32),
                labelCounts?.Cast(DType.Int32) ?? Full([n], labels.Shape[1], DType.Int32));
        }
    }
}
