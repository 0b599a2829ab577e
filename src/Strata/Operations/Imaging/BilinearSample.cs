using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>For points [n, H, W, 2] = (x, y) in pixels of images [n, height, width, …], the cell of four pixels that each lies in: its
    /// lower corner [n, H, W, 2]; which coordinates move the result [n, H, W, 2]; and for each of the corners 00, 01, 10, 11 (y before x)
    /// its row in the images' pixels laid end to end [4, n, H, W], and whether it counts [4, n, H, W]. All are constant where they are
    /// differentiable, so there is no gradient.</summary>
    internal sealed record GridCells(int Height, int Width, bool Clamp) : Multiple
    {
        public override string Name => "BilinearSample";

        protected override TensorType[] Infer(Tensor[] x)
        {
            Shape corners = [4, .. x[0].Shape.Span[..^1]];
            return [x[0].Type, x[0].Type, new(corners, DType.Int64), new(corners, x[0].DType)];
        }

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => k.GridCells(x[0], Height, Width, Clamp, y[0], y[1], y[2], y[3]);

        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs) => [null];
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The values of images at points between pixels, by bilinear interpolation, differentiable for the images and the points
        /// (Jaderberg et al. 2015, equation 5).</summary>
        /// <param name="grid">The points (x, y), [n, H, W, 2]: x along the width.</param>
        /// <param name="coordinates">The unit of the points.</param>
        /// <param name="border">What lies outside: <see cref="PadMode.Constant"/>, zeros, or <see cref="PadMode.Edge"/>, the nearest pixel.</param>
        /// <param name="alignCorners">For normalized points, whether −1 and 1 are the centers of the outermost pixels rather than their
        /// outer edges.</param>
        /// <returns>[n, H, W, channels], from images [n, height, width, channels].</returns>
        /// <exception cref="ShapeException">The shapes do not fit, a type has no fractions, or the border is another mode.</exception>
        public Tensor BilinearSample(
            Tensor grid,
            GridCoordinates coordinates = GridCoordinates.Normalized,
            PadMode border = PadMode.Constant,
            bool alignCorners = false)
        {
            if (Rank != 4 || grid.Rank != 4 || grid.Shape[0] != Shape[0] || grid.Shape[3] != 2)
                throw new ShapeException($"BilinearSample: images {Shape} and points {grid.Shape} do not fit; they must be [n, height, width, channels] and [n, H, W, 2].");
            if (!DType.IsFloating() || grid.DType != DType) throw new ShapeException($"BilinearSample: the images are {DType.Name()} and the points {grid.DType.Name()}; both must be float32 or both float64.");
            if (border is not (PadMode.Constant or PadMode.Edge)) throw new ShapeException($"BilinearSample: the border {border} is not Constant or Edge.");
            var (height, width) = (Shape[1], Shape[2]);
            if (height == 0 || width == 0) throw new ShapeException($"BilinearSample: the images {Shape} have no pixels.");
            var points = coordinates == GridCoordinates.Pixels ? grid
                : alignCorners ? (grid + 1) * Pair((width - 1) / 2.0, (height - 1) / 2.0)
                : ((grid + 1) * Pair(width / 2.0, height / 2.0)) - 0.5;

            var cells = new GridCells(height, width, border == PadMode.Edge).Apply(points);
            var fraction = (points - cells[0]) * cells[1];
            var (fx, fy) = (fraction[AxisIndex.Rest, 0], fraction[AxisIndex.Rest, 1]);
            var pixels = Reshape(Shape[0] * height * width, Shape[3]);
            Tensor? sum = null;
            for (var corner = 0; corner < 4; corner++)
            {
                var weight = (corner >= 2 ? fy : 1 - fy) * (corner % 2 == 1 ? fx : 1 - fx) * cells[3][corner];
                var term = weight.ExpandDims(-1) * pixels.Gather(cells[2][corner]);
                sum = sum is null ? term : sum + term;
            }

            return sum!;

            Tensor Pair(double x, double y) => From(x, y).Cast(DType);
        }
    }
}

namespace Strata.Kernels
{
    public partial class CpuKernels
    {
        internal void GridCells(Tensor points, int height, int width, bool clamp, Tensor lower, Tensor moves, Tensor rows, Tensor counts)
        {
            if (points.DType == DType.Float32) GridCells<float>(points, height, width, clamp, lower, moves, rows, counts);
            else GridCells<double>(points, height, width, clamp, lower, moves, rows, counts);
        }

        void GridCells<T>(Tensor points, int height, int width, bool clamp, Tensor lower, Tensor moves, Tensor rows, Tensor counts)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            var p = Read<T>(points);
            var low = Write<T>(lower);
            var move = Write<T>(moves);
            var row = Write<long>(rows);
            var count = Write<T>(counts);
            var number = p.Length / 2;
            var perImage = points.Shape[1] * points.Shape[2];
            for (var i = 0; i < number; i++)
            {
                for (var axis = 0; axis < 2; axis++)
                {
                    var (value, size) = (p[(2 * i) + axis], axis == 0 ? width : height);
                    var inside = !clamp || (value >= T.Zero && value <= T.CreateTruncating(size - 1));
                    low[(2 * i) + axis] = inside ? T.Floor(value) : value < T.Zero ? T.Zero : T.CreateTruncating(size - 1);
                    move[(2 * i) + axis] = inside ? T.One : T.Zero;
                }

                var (left, top) = (int.CreateSaturating(low[2 * i]), int.CreateSaturating(low[(2 * i) + 1]));
                for (var corner = 0; corner < 4; corner++)
                {
                    var (x, y) = ((long)left + (corner % 2), (long)top + (corner / 2));
                    var (column, line) = (Math.Clamp(x, 0, width - 1), Math.Clamp(y, 0, height - 1));
                    row[(corner * number) + i] = ((((long)(i / perImage)) * height) + line) * width + column;
                    count[(corner * number) + i] = clamp || (x == column && y == line) ? T.One : T.Zero;
                }
            }
        }
    }
}
