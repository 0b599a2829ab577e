namespace Strata.Gallery.Vision.Understanding;

/// <summary>The strongest wave in a picture.</summary>
public static class Spectrum
{
    /// <summary>The wave of the greatest power |Σ p(x, y) e^(−2πi(ux + vy)/N)|² of the picture's grey values without their mean, among whole numbers u and v.</summary>
    /// <param name="image">[N, N, channels].</param>
    /// <returns>The angle of its normal in degrees, in [0, 180), and its period in pixels.</returns>
    public static (double Angle, double Period) Dominant(Tensor image)
    {
        var n = image.Shape[0];
        if (image.Rank != 3 || image.Shape[1] != n) throw new ShapeException($"Spectrum: a picture [N, N, channels] is needed, not {image.Shape}.");
        var grey = image.Mean(-1);
        var pixels = (grey - grey.Mean()).Cast(DType.Float64).ToArray<double>();
        var (cos, sin) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++) (sin[i], cos[i]) = Math.SinCos(2 * Math.PI * i / n);
        var (best, most) = ((U: 1, V: 0), -1.0);
        for (var v = 0; v <= n / 2; v++) // the other half is its mirror image
            for (var u = -n / 2; u <= n / 2; u++)
            {
                if (v == 0 && u <= 0) continue;
                var (re, im) = (0.0, 0.0);
                for (var y = 0; y < n; y++)
                    for (var x = 0; x < n; x++)
                    {
                        var at = ((u * x) + (v * y) + (n * n)) % n;
                        re += pixels[(y * n) + x] * cos[at];
                        im -= pixels[(y * n) + x] * sin[at];
                    }

                if ((re * re) + (im * im) <= most) continue;
                (best, most) = ((u, v), (re * re) + (im * im));
            }

        var angle = Math.Atan2(best.V, best.U) * 180 / Math.PI;
        return ((angle + 180) % 180, n / Math.Sqrt((best.U * best.U) + (best.V * best.V)));
    }
}
