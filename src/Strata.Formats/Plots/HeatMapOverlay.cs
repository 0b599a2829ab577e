using Strata.Formats.Images;

namespace Strata.Formats.Plots;

/// <summary>A heat map laid over the picture that it is about.</summary>
public static class HeatMapOverlay
{
    /// <summary>The picture in grey, mixed with the colors of the map: the more of them, the larger the number.</summary>
    /// <param name="picture">[height, width, 1 or 3] with values in [0, 1].</param>
    /// <param name="map">[rows, columns] of any size; enlarged to the picture's by bilinear interpolation.</param>
    /// <param name="opacity">The share of the color where the map is largest, in [0, 1].</param>
    /// <param name="colors">By default <see cref="ColorMap.Viridis"/>.</param>
    /// <returns>A picture [height, width, 3], float32 in [0, 1]; a map without differences colors nothing.</returns>
    /// <exception cref="ShapeException">The picture or the map has other axes.</exception>
    public static Tensor Of(Tensor picture, Tensor map, double opacity = .75, ColorMap? colors = null)
    {
        if (picture.Rank != 3 || picture.Shape[2] is not (1 or 3)) throw new ShapeException($"HeatMapOverlay: a picture is [height, width, 1 or 3], but this is {picture.Shape}.");
        if (map.Rank != 2) throw new ShapeException($"HeatMapOverlay: a heat map is [rows, columns], but this is {map.Shape}.");
        var (height, width, channels) = (picture.Shape[0], picture.Shape[1], picture.Shape[2]);
        var values = map.Cast(DType.Float32).Reshape([map.Shape[0], map.Shape[1], 1]).Resize(height, width).ToArray<float>();
        var pixels = picture.Cast(DType.Float32).ToArray<float>();
        var (low, high) = (values.Min(), values.Max());
        var result = new float[height * width * 3];
        colors ??= ColorMap.Viridis;
        for (var i = 0; i < values.Length; i++)
        {
            var grey = channels == 1 ? pixels[i] : (.299f * pixels[3 * i]) + (.587f * pixels[(3 * i) + 1]) + (.114f * pixels[(3 * i) + 2]);
            var part = high > low ? (values[i] - low) / (high - low) : 0;
            var (r, g, b) = colors[part];
            var share = (float)(opacity * part);
            for (var c = 0; c < 3; c++) result[(3 * i) + c] = (grey * (1 - share)) + ((c == 0 ? r : c == 1 ? g : b) / 255f * share);
        }

        return Tensor.From(result, [height, width, 3]);
    }
}
