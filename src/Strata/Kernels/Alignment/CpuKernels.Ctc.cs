using Strata.Kernels.Alignment;
using Strata.Threading;

namespace Strata.Kernels;

public unsafe partial class CpuKernels
{
    /// <summary>The losses y [n] of log-probabilities p [n, t, c], labels [n, l], steps and label counts [n].</summary>
    internal void CtcLoss(Tensor p, Tensor labels, Tensor steps, Tensor counts, int blank, Tensor y)
    {
        CheckCtc(p, labels, steps, counts, blank);
        Workers.For(p.Shape[0], 1, new CtcExamples(p, labels, steps, counts, blank, null, y));
    }

    /// <summary>The gradients for p from those for the losses.</summary>
    internal void CtcLossGradient(Tensor p, Tensor labels, Tensor steps, Tensor counts, int blank, Tensor dy, Tensor dp)
    {
        CheckCtc(p, labels, steps, counts, blank);
        Clear(dp);
        Workers.For(p.Shape[0], 1, new CtcExamples(p, labels, steps, counts, blank, dy, dp));
    }

    static void CheckCtc(Tensor p, Tensor labels, Tensor steps, Tensor counts, int blank)
    {
        var all = labels.AsSpan<int>();
        var (classes, width) = (p.Shape[2], labels.Shape[1]);
        for (var n = 0; n < p.Shape[0]; n++)
        {
            var (length, count) = (steps.AsSpan<int>()[n], counts.AsSpan<int>()[n]);
            if (length < 0 || length > p.Shape[1]) throw new ShapeException($"CtcLoss: example {n} has {length} steps; there are {p.Shape[1]}.");
            if (count < 0 || count > width) throw new ShapeException($"CtcLoss: example {n} has {count} labels; there are {width}.");
            foreach (var label in all.Slice(n * width, count))
                if (label < 0 || label >= classes || label == blank)
                    throw new ShapeException($"CtcLoss: example {n} has the label {label}; labels are 0 … {classes - 1} without the blank {blank}.");
        }

        GC.KeepAlive(labels);
        GC.KeepAlive(steps);
        GC.KeepAlive(counts);
    }

    readonly struct CtcExamples(Tensor p, Tensor labels, Tensor steps, Tensor counts, int blank, Tensor? dy, Tensor y) : IRangeWork
    {
        public void Run(long start, long end)
        {
            for (var n = (int)start; n < end; n++)
            {
                var own = labels.AsSpan<int>().Slice(n * labels.Shape[1], counts.AsSpan<int>()[n]);
                var length = steps.AsSpan<int>()[n];
                var lattice = new CtcLattice(own, blank, length);
                var size = p.Shape[1] * p.Shape[2];
                var scores = new ClassScores(p.Pointer + ((long)n * size * p.DType.Size()), p.DType, p.Shape[2]);
                var cells = length * lattice.States;
                var memory = new Span<double>(ScratchMemory.Get<double>(Scratch.Partial, Math.Max(1, 2L * cells)), 2 * cells);
                var total = lattice.Forward(scores, memory[..cells]);
                if (dy is null) Put(y, n, -total);
                else if (!double.IsNegativeInfinity(total)) Gradient(lattice, scores, memory, total, n, length);
            }
        }

        // ∂(−ln p)/∂(ln p_tk) = −Σ over the states s of class k of e^(α_t(s) + β_t(s) − ln p): the share of paths that are there then.
        void Gradient(CtcLattice lattice, ClassScores scores, Span<double> memory, double total, int n, int length)
        {
            var (states, classes) = (lattice.States, p.Shape[2]);
            var cells = length * states;
            lattice.Backward(scores, memory[cells..]);
            var scale = dy!.At(n);
            Span<double> row = classes <= 512 ? stackalloc double[classes] : new double[classes];
            for (var t = 0; t < length; t++)
            {
                row.Clear();
                for (var s = 0; s < states; s++)
                    row[lattice.Class(s)] -= Math.Exp(memory[(t * states) + s] + memory[cells + (t * states) + s] - total);
                for (var k = 0; k < classes; k++) Put(y, ((((long)n * p.Shape[1]) + t) * classes) + k, scale * row[k]);
            }
        }

        static void Put(Tensor tensor, long at, double value)
        {
            if (tensor.DType == DType.Float32) ((float*)tensor.Pointer)[at] = (float)value;
            else ((double*)tensor.Pointer)[at] = value;
        }
    }
}
