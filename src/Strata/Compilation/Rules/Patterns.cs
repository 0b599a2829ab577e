using Strata.Compilation;
using Strata.Compilation.Rules;
using Strata.Differentiation;
using Strata.Operations;

namespace Strata.Compilation.Rules
{
    /// <summary>What rules say about tensors and shapes.</summary>
    internal static class Patterns
    {
        /// <summary>The inputs with numbers before others, if their order does not matter.</summary>
        public static Tensor[] NumbersFirst(Operation operation, Tensor[] inputs) =>
            operation is Add or Multiply or Maximum or Minimum or And or Or or Xor or EqualTo or NotEqualTo
            && inputs[0].Number is null && inputs[1].Number is not null
                ? [inputs[1], inputs[0]]
                : inputs;

        /// <summary>Whether no element can be below 0, as far as its operation tells.</summary>
        public static bool IsNonNegative(this Tensor x) => x.Number >= 0 || x.By is (Exp or Exp2 or Softmax or Sigmoid or Softplus or Square or Sqrt or Abs or Relu or Erfc or RandomUniform, _);

        /// <summary>The axes of the set in order.</summary>
        public static int[] ToArray(this AxisSet axes) => [.. Enumerable.Range(0, 32).Where(axes.Contains)];

        /// <summary>Whether two shapes are the same but for leading axes of size 1, so that they broadcast alike.</summary>
        public static bool BroadcastsLike(this Shape a, Shape b) => Trimmed(a).SequenceEqual(Trimmed(b));

        /// <summary>What a tensor was reshaped or broadcast from: the same numbers, fewer times.</summary>
        public static Tensor Unspread(this Tensor x)
        {
            while (x.By is (Alias or BroadcastTo, [var inner])) x = inner;
            return x;
        }

        static ReadOnlySpan<int> Trimmed(Shape shape)
        {
            var sizes = shape.Span;
            while (sizes is [1, ..]) sizes = sizes[1..];
            return sizes;
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The node that made this tensor, if a rule may look through it: no open tape begins or ends its record between the node's
        /// inputs and this tensor, so that what is computed from the inputs instead has the same gradients.</summary>
        internal Node? By => Node is { } node && Tape.Follows(node) ? node : null;

        /// <summary>The value of all elements, where it is known before a run and the same for all.</summary>
        internal double? Number => Node?.Operation switch
        {
            Fill fill => fill.Value,
            Constant constant => constant.Number,
            _ => null,
        };
    }
}
