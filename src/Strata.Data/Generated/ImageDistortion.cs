using Strata.Random;

namespace Strata.Data;

/// <summary>Distorts digits that were read from files, as <see cref="DistortedGlyphs"/> distorts those that are drawn.</summary>
public static class ImageDistortion
{
    /// <summary>A distorted picture, with zeros around it.</summary>
    /// <param name="picture">[28, 28, channels] float32; other sizes grow in proportion.</param>
    /// <param name="distortion">The kind. <see cref="Distortion.Cluttered"/> needs other digits and is only drawn.</param>
    /// <param name="random">Where its amount comes from.</param>
    /// <returns>[size, size, channels]: 28, 42 or 60 pixels as <see cref="Distortion"/> says.</returns>
    /// <exception cref="ShapeException">The picture is not square or not float32.</exception>
    /// <exception cref="ArgumentException">The kind is only drawn.</exception>
    public static Tensor Apply(Tensor picture, Distortion distortion, RandomStream random)
    {
        if (picture.Rank != 3 || picture.Shape[0] != picture.Shape[1] || picture.DType != DType.Float32)
            throw new ShapeException($"ImageDistortion: the picture is {picture.Type}, expected float32 [size, size, channels].");
        var size = picture.Shape[0];
        switch (distortion)
        {
            case Distortion.Rotated:
                return AffineTransform.Identity.Rotate(Uniform(90)).Apply(picture, FillMode.Constant);
            case Distortion.RotatedTranslatedScaled:
                var (border, scale) = (size / 4, 1 / (.95 + Uniform(.25)));
                return AffineTransform.Identity.Rotate(Uniform(45)).Zoom(scale, scale).Shift(Uniform(border), Uniform(border)).Apply(Padded(border), FillMode.Constant);
            case Distortion.Translated:
                var room = size * 4 / 7;
                return AffineTransform.Identity.Shift(Uniform(room), Uniform(room)).Apply(Padded(room), FillMode.Constant);
            case Distortion.Projective or Distortion.Elastic:
                var pixels = picture.ToArray<float>();
                if (distortion == Distortion.Projective) ImageWarp.Projective(pixels, size, picture.Shape[2], random);
                else ImageWarp.Elastic(pixels, size, picture.Shape[2], random);
                return Tensor.From(pixels, picture.Shape);
            default:
                throw new ArgumentException($"ImageDistortion: {distortion} needs other digits beside the picture; DistortedGlyphs draws such pictures.", nameof(distortion));
        }

        double Uniform(double most) => most * ((2 * random.NextDouble()) - 1);

        Tensor Padded(int border) => picture.Pad([(border, border), (border, border), (0, 0)]);
    }

    /// <summary>All pictures of a split, each distorted once.</summary>
    /// <param name="split">Pictures [n, 28, 28, channels].</param>
    /// <param name="distortion">The kind.</param>
    /// <param name="seed">The same seed gives the same pictures.</param>
    public static ImageSplit Apply(ImageSplit split, Distortion distortion, long seed)
    {
        var pictures = Enumerable.Range(0, split.Images.Shape[0]).Select(i => Apply(split.Images[i], distortion, EpochRandom.Of(seed, i)));
        return new(Tensor.Stack([.. pictures]), split.Labels);
    }
}
