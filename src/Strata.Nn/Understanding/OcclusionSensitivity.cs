using Strata.Memory;

namespace Strata.Nn;

/// <summary>Which parts of a picture a model's answer rests on: s(i, j) = f(x) − f(x with a patch at (i, j) painted over), so that what matters is positive (Zeiler and
/// Fergus 2013, arXiv:1311.2901, section 4.2).</summary>
public sealed class OcclusionSensitivity
{
    readonly Func<Tensor, Tensor, Tensor> occluded;
    readonly Model model;
    readonly Window mask, stride;
    readonly int batchSize;

    /// <summary>Fixes the patch.</summary>
    /// <param name="model">The model, with its weights: pictures [n, height, width, c] to numbers [n, outputs].</param>
    /// <param name="mask">Height and width of the patch.</param>
    /// <param name="stride">How far the patch moves.</param>
    /// <param name="fill">The color of the patch: a scalar, [c], or a whole picture [height, width, c] to be seen through it. By default grey, 0.5.</param>
    /// <param name="batchSize">Positions of one pass.</param>
    public OcclusionSensitivity(Model model, Window mask, Window? stride = null, Tensor? fill = null, int batchSize = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        (this.model, this.mask, this.stride, this.batchSize) = (model, mask.Checked(nameof(OcclusionSensitivity), nameof(mask)), (stride ?? 1).Checked(nameof(OcclusionSensitivity), nameof(stride)), batchSize);
        var color = (fill ?? Tensor.Scalar(.5)).Keep();
        occluded = Compiled.Function((Tensor x, Tensor shown) => model.Apply((x * shown) + (color * (1 - shown))));
    }

    /// <summary>The map of one picture.</summary>
    /// <param name="image">[height, width, c].</param>
    /// <param name="output">The output f; by default the largest for the whole picture.</param>
    /// <returns>[(height − mask)/stride + 1, (width − mask)/stride + 1] float32, and the output that was taken.</returns>
    /// <exception cref="ShapeException">The picture is smaller than the patch, or the model gives no row of outputs.</exception>
    public (Tensor Map, int Output) Of(Tensor image, int? output = null)
    {
        if (image.Rank != 3) throw new ShapeException($"OcclusionSensitivity: a picture is [height, width, channels], but this is {image.Shape}.");
        var (height, width) = (image.Shape[0], image.Shape[1]);
        if (height < mask.Height || width < mask.Width) throw new ShapeException($"OcclusionSensitivity: the patch of {mask.Height} × {mask.Width} is larger than the picture of {height} × {width}.");
        using var scope = new TensorScope();
        var x = image.Reshape([1, .. image.Shape]);
        var whole = model.Predict(x);
        if (whole.Rank != 2) throw new ShapeException($"OcclusionSensitivity: the model gives {whole.Shape}; a row of outputs [1, outputs] is needed.");
        var k = output ?? (int)whole.ArgMax(1).Item();
        if (k < 0 || k >= whole.Shape[1]) throw new ArgumentOutOfRangeException(nameof(output), output, $"OcclusionSensitivity: the model has the outputs 0 … {whole.Shape[1] - 1}.");
        var (rows, columns) = (((height - mask.Height) / stride.Height) + 1, ((width - mask.Width) / stride.Width) + 1);
        var f = whole[0, k].Item();
        var map = new float[rows * columns];
        for (var start = 0; start < map.Length; start += batchSize)
        {
            using var pass = new TensorScope();
            // Always whole batches, so that one plan serves all; what is too much repeats the last position.
            var scores = occluded(x, Shown(start, Math.Min(batchSize, map.Length), rows * columns, columns, height, width))[.., k].ToArray<float>();
            for (var i = 0; i < scores.Length && start + i < map.Length; i++) map[start + i] = (float)(f - scores[i]);
        }

        return (scope.Return(Tensor.From(map, [rows, columns])), k);
    }

    /// <summary>The map spread over the picture's pixels: at each, the mean of s over the positions whose patch covers it, 0 where there is none.</summary>
    /// <param name="map">What <see cref="Of"/> gave.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="width">Columns of the picture.</param>
    public Tensor Spread(Tensor map, int height, int width)
    {
        var (sum, count) = (new float[height * width], new int[height * width]);
        var values = map.ToArray<float>();
        for (var i = 0; i < values.Length; i++)
        {
            var (row, column) = (i / map.Shape[1] * stride.Height, i % map.Shape[1] * stride.Width);
            for (var y = row; y < Math.Min(height, row + mask.Height); y++)
                for (var x = column; x < Math.Min(width, column + mask.Width); x++)
                {
                    sum[(y * width) + x] += values[i];
                    count[(y * width) + x]++;
                }
        }

        for (var i = 0; i < sum.Length; i++) sum[i] /= Math.Max(1, count[i]);
        return Tensor.From(sum, [height, width]);
    }

    /// <summary>[batch, height, width, 1]: 0 under the patch, 1 elsewhere.</summary>
    Tensor Shown(int start, int count, int positions, int columns, int height, int width)
    {
        var shown = new float[count * height * width];
        Array.Fill(shown, 1);
        for (var i = 0; i < count; i++)
        {
            var at = Math.Min(start + i, positions - 1);
            var (row, column) = (at / columns * stride.Height, at % columns * stride.Width);
            for (var y = row; y < row + mask.Height; y++) shown.AsSpan((((i * height) + y) * width) + column, mask.Width).Clear();
        }

        return Tensor.From(shown, [count, height, width, 1]);
    }
}
