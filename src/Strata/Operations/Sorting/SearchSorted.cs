using System.Numerics;
using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>For each value the number of elements of a sorted vector before it: below it, or not above it if Right.</summary>
    internal sealed record SearchSorted(bool Right) : Binary
    {
        protected override TensorType Infer(Tensor sorted, Tensor values)
        {
            if (sorted.Rank != 1) Fail($"the sorted elements are {sorted.Shape}; they must be a vector.");
            return new(values.Shape, DType.Int64);
        }

        protected override void Run(CpuKernels k, Tensor sorted, Tensor values, Tensor y) => k.SearchSorted(sorted, values, Right, y);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Where each of <paramref name="values"/> would be inserted into this ascending vector to keep it sorted (int64): before
        /// elements equal to it, or after them.</summary>
        /// <param name="values">Any shape.</param>
        /// <param name="right">Whether to insert after equal elements.</param>
        /// <exception cref="ShapeException">This is not a vector.</exception>
        public Tensor SearchSorted(Tensor values, bool right = false)
        {
            var type = DTypes.Promote(DTypes.Promote(DType, values.DType), DType.Int32);
            return new SearchSorted(right).Apply(Cast(type), values.Cast(type));
        }
    }
}

namespace Strata.Kernels
{
    public partial class CpuKernels
    {
        internal void SearchSorted(Tensor sorted, Tensor values, bool right, Tensor y)
        {
            switch (sorted.DType)
            {
                case DType.Float32: SearchSorted<float>(sorted, values, right, y); break;
                case DType.Float64: SearchSorted<double>(sorted, values, right, y); break;
                case DType.Int32: SearchSorted<int>(sorted, values, right, y); break;
                default: SearchSorted<long>(sorted, values, right, y); break;
            }
        }

        void SearchSorted<T>(Tensor sorted, Tensor values, bool right, Tensor y)
            where T : unmanaged, INumber<T>
        {
            var elements = Read<T>(sorted);
            var wanted = Read<T>(values);
            var positions = Write<long>(y);
            for (var i = 0; i < wanted.Length; i++)
            {
                var (low, high) = (0, elements.Length);
                while (low < high)
                {
                    var middle = (low + high) >>> 1;
                    if (right ? elements[middle] <= wanted[i] : elements[middle] < wanted[i]) low = middle + 1;
                    else high = middle;
                }

                positions[i] = low;
            }
        }
    }
}
