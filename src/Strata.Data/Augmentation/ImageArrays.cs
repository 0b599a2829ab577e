using Strata.Formats.Images;

namespace Strata.Data;

/// <summary>Pictures from files to tensors and back by Keras's conventions: [height, width, channels] float32 from 0 to 255.</summary>
public static class ImageArrays
{
    /// <summary>Reads a picture file of any known kind.</summary>
    /// <param name="path">The file.</param>
    /// <param name="grayscale">Whether the picture becomes grey; else RGB.</param>
    /// <param name="targetSize">Height and width to resize to; none: as it is.</param>
    /// <param name="interpolation">How it is resized.</param>
    /// <exception cref="Formats.DataFileException">The file is missing or damaged.</exception>
    public static Image LoadImg(string path, bool grayscale = false, (int Height, int Width)? targetSize = null, Resampling interpolation = Resampling.Nearest)
    {
        var image = ImageFile.Read(path).ToChannels(grayscale ? 1 : 3);
        return targetSize is { } size ? image.Resize(size.Height, size.Width, interpolation) : image;
    }

    /// <summary>The samples as [height, width, channels] float32 from 0 to 255.</summary>
    public static Tensor ImgToArray(Image image)
    {
        return Tensor.Create<float, Image>([image.Height, image.Width, image.Channels], image.To8Bit(), static (to, image) =>
        {
            var from = image.Bytes;
            for (var i = 0; i < to.Length; i++) to[i] = from[i];
        });
    }

    /// <summary>An 8-bit picture of a tensor [height, width, channels].</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="scale">Whether its largest value becomes 255 and a negative least one 0, as in Keras; else values are clamped to 0 … 255.</param>
    /// <exception cref="ShapeException">The tensor is no picture.</exception>
    public static Image ArrayToImg(Tensor x, bool scale = true)
    {
        if (x.DType != DType.Float32) x = x.Cast(DType.Float32);
        if (!scale || x.Size == 0) return Image.FromTensor(x / 255);
        var low = x.Min().Item();
        if (low < 0) x -= low;
        var high = x.Max().Item();
        return Image.FromTensor(high == 0 ? x : x / high);
    }

    /// <summary>Writes a tensor as a PNG file.</summary>
    /// <inheritdoc cref="ArrayToImg"/>
    /// <param name="path">The file, replaced if it exists.</param>
    /// <param name="x">The tensor.</param>
    /// <param name="scale">As in <see cref="ArrayToImg"/>.</param>
    public static void SaveImg(string path, Tensor x, bool scale = true) => Png.Write(path, ArrayToImg(x, scale));
}
