using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>x with its axes permuted: axis i of the result is axis Axes[i] of x.</summary>
    internal sealed record Transpose(ValueList<int> Axes) : Unary
    {
        protected override TensorType Infer(Tensor x)
        {
            Span<int> sizes = stackalloc int[x.Rank];
            for (var i = 0; i < sizes.Length; i++) sizes[i] = x.Shape[Axes[i]];
            return new(Shape.Of(sizes), x.DType);
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Transpose(x, Axes.Span, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy)
        {
            var inverse = new int[Axes.Count];
            for (var i = 0; i < inverse.Length; i++) inverse[Axes[i]] = i;
            return new Transpose(new ValueList<int>(inverse)).Apply(dy);
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>This tensor with its axes in another order: axis i of the result is axis <paramref name="axes"/>[i] of this one. Without
        /// axes their order is reversed, which for a matrix is its transpose.</summary>
        /// <exception cref="ShapeException">The axes are not a permutation of this tensor's.</exception>
        public Tensor Transpose(params ReadOnlySpan<int> axes)
        {
            var order = new int[Rank];
            var seen = 0u;
            var identity = true;
            if (axes.Length != 0 && axes.Length != Rank) NoPermutation(axes);
            for (var i = 0; i < order.Length; i++)
            {
                order[i] = axes.Length == 0 ? Rank - 1 - i : Shape.Axis(axes[i], "Transpose");
                if ((seen >> order[i] & 1) != 0) NoPermutation(axes);
                seen |= 1u << order[i];
                identity &= order[i] == i;
            }

            return identity ? this : new Transpose(new ValueList<int>(order)).Apply(this);

            void NoPermutation(ReadOnlySpan<int> given) => throw new ShapeException(
                $"Transpose: [{string.Join(", ", given.ToArray())}] is not an order of the {Rank} axes of {Shape}.");
        }

        /// <summary>This tensor with two axes exchanged.</summary>
        public Tensor SwapAxes(int first, int second)
        {
            var (a, b) = (Shape.Axis(first, "SwapAxes"), Shape.Axis(second, "SwapAxes"));
            Span<int> order = stackalloc int[Rank];
            for (var i = 0; i < order.Length; i++) order[i] = i == a ? b : i == b ? a : i;
            return Transpose(order);
        }

        /// <summary>This tensor with one axis moved to another place, the others in their order.</summary>
        public Tensor MoveAxis(int from, int to)
        {
            var (a, b) = (Shape.Axis(from, "MoveAxis"), Shape.Axis(to, "MoveAxis"));
            Span<int> order = stackalloc int[Rank];
            var next = 0;
            for (var i = 0; i < order.Length; i++)
            {
                if (i == b)
                {
                    order[i] = a;
                    continue;
                }

                if (next == a) next++;
                order[i] = next++;
            }

            return Transpose(order);
        }
    }
}
