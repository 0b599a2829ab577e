namespace Strata.Data;

/// <summary>Changes of color. Pictures are [.., height, width, channels] float32 of any scale; saturation and hue want RGB.</summary>
public static class Colors
{
    /// <summary>All values times <paramref name="factor"/>, kept below <paramref name="white"/>.</summary>
    public static Tensor Brightness(Tensor image, double factor, double white = 1) => (image * factor).Clip(0, white);

    /// <summary>Values move away from the mean luma of the picture by <paramref name="factor"/>: m + f·(x − m).</summary>
    public static Tensor Contrast(Tensor image, double factor, double white = 1)
    {
        var mean = Luma(image).Mean([-3, -2, -1], keepDims: true);
        return (mean + ((image - mean) * factor)).Clip(0, white);
    }

    /// <summary>Colors move away from their luma by <paramref name="factor"/>; 0 makes the picture grey.</summary>
    /// <exception cref="ShapeException">The picture is not RGB.</exception>
    public static Tensor Saturation(Tensor image, double factor, double white = 1)
    {
        RequireRgb(image, "Saturation");
        var grey = Luma(image);
        return (grey + ((image - grey) * factor)).Clip(0, white);
    }

    /// <summary>Turns the colors about the axis of greys by an angle: a rotation of (R, G, B) about (1, 1, 1).</summary>
    /// <exception cref="ShapeException">The picture is not RGB.</exception>
    public static Tensor Hue(Tensor image, double degrees, double white = 1)
    {
        RequireRgb(image, "Hue");
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var (same, up, down) = ((float)(cos + ((1 - cos) / 3)), (float)(((1 - cos) / 3) - (sin / Math.Sqrt(3))), (float)(((1 - cos) / 3) + (sin / Math.Sqrt(3))));
        return image.MatMul(Tensor.From(new[,] { { same, down, up }, { up, same, down }, { down, up, same } })).Clip(0, white);
    }

    /// <summary><paramref name="amount"/> is added to all values, which stay between the least and the largest of the picture.</summary>
    public static Tensor Shift(Tensor image, double amount) =>
        Tensor.Minimum(Tensor.Maximum(image + amount, image.Min()), image.Max());

    /// <summary>0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), one channel; a picture of one channel is its own.</summary>
    public static Tensor Luma(Tensor image)
    {
        if (image.Rank < 3) throw new ShapeException($"Luma: the picture is {image.Type}, expected [.., height, width, channels].");
        return image.Shape[^1] == 3 ? (image * Tensor.From(.299f, .587f, .114f)).Sum(-1, keepDims: true) : image.Mean(-1, keepDims: true);
    }

    static void RequireRgb(Tensor image, string what)
    {
        if (image.Rank < 3 || image.Shape[^1] != 3) throw new ShapeException($"{what}: the picture is {image.Type}, expected [.., height, width, 3].");
    }
}
