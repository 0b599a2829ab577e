namespace Strata.Formats.Images;

// Pictures as tensors of numbers in [0, 1], channels last.
public sealed partial class Image
{
    /// <summary>The samples as a tensor [height, width, channels], float32 in [0, 1].</summary>
    public Tensor ToTensor() => Tensor.Create<float, Image>([Height, Width, Channels], this, static (to, image) => image.CopyTo(to));

    /// <summary>An 8-bit picture of a tensor [height, width] (grey) or [height, width, channels] of numbers in [0, 1]; others are clamped.</summary>
    /// <exception cref="ShapeException">The tensor is not float32 of such a shape, or has more than 4 channels.</exception>
    public static Image FromTensor(Tensor tensor)
    {
        if (tensor.DType != DType.Float32 || tensor.Rank is not (2 or 3) || tensor.Size == 0 || (tensor.Rank == 3 && tensor.Shape[2] > 4))
            throw new ShapeException($"Image.FromTensor: a {tensor.Type} is no picture, expected float32 [height, width] or [height, width, 1 to 4].");
        var image = FromSingles(tensor.Shape[0], tensor.Shape[1], tensor.Rank == 3 ? tensor.Shape[2] : 1, tensor.AsSpan<float>());
        GC.KeepAlive(tensor);
        return image;
    }

    /// <summary>A contact sheet: the pictures of a batch side by side, row by row, a thin line of grey between them.</summary>
    /// <param name="images">[n, height, width, channels] float32 in [0, 1].</param>
    /// <param name="columns">Pictures a row, at least 1.</param>
    /// <param name="zoom">How many pixels wide and high each pixel becomes, at least 1.</param>
    /// <exception cref="ShapeException">The tensor is not float32 of such a shape, or has more than 4 channels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static Image Sheet(Tensor images, int columns, int zoom = 1)
    {
        const byte Line = 128;
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(zoom, 1);
        if (images.DType != DType.Float32 || images.Rank != 4 || images.Size == 0 || images.Shape[3] > 4)
            throw new ShapeException($"Image.Sheet: a {images.Type} is no batch of pictures, expected float32 [n, height, width, 1 to 4].");
        var (count, height, width, channels) = (images.Shape[0], images.Shape[1], images.Shape[2], images.Shape[3]);
        columns = Math.Min(columns, count);
        var rows = (count + columns - 1) / columns;
        var (sheetHeight, sheetWidth) = (rows * (height * zoom + 1) - 1, columns * (width * zoom + 1) - 1);
        var samples = new byte[checked(sheetHeight * sheetWidth * channels)];
        Array.Fill(samples, Line);
        var pixels = FromSingles(count * height, width, channels, images.AsSpan<float>()).Bytes;
        GC.KeepAlive(images);
        for (var y = 0; y < count * height * zoom; y++)
        {
            var (n, inside) = Math.DivRem(y, height * zoom);
            var to = (n / columns * (height * zoom + 1) + inside) * sheetWidth + n % columns * (width * zoom + 1);
            var from = (n * height + inside / zoom) * width;
            for (var x = 0; x < width * zoom; x++)
                pixels.Slice((from + x / zoom) * channels, channels).CopyTo(samples.AsSpan((to + x) * channels));
        }

        return new(sheetHeight, sheetWidth, channels, samples);
    }
}
