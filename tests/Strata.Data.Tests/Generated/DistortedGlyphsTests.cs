using Strata.Random;

namespace Strata.Data.Tests.Generated;

public class DistortedGlyphsTests
{
    public static TheoryData<Distortion> Distortions => [.. Enum.GetValues<Distortion>()];

    [Theory]
    [MemberData(nameof(Distortions))]
    public void Pictures_have_the_size_of_their_kind_and_are_the_same_for_a_seed(Distortion distortion)
    {
        var size = distortion switch { Distortion.RotatedTranslatedScaled => 42, Distortion.Translated or Distortion.Cluttered => 60, _ => 28 };
        var (x, y) = new DistortedGlyphs(3, distortion).Generate(0, 50);
        Assert.Equal(Shape.Of(50, size, size, 1), x.Shape);
        Assert.All(x.ToArray<float>(), p => Assert.InRange(p, 0, 1));
        Assert.True(y.ToArray<int>().Distinct().Count() > 5);
        Assert.Equal(x.ToArray<float>(), new DistortedGlyphs(3, distortion).Generate(0, 50).X.ToArray<float>());
        var ink = x.Reshape(50, -1).Sum(1).ToArray<float>();
        Assert.All(ink, i => Assert.True(i > 15, $"a picture has only {i} of ink"));
    }

    [Fact]
    public void Translated_digits_are_anywhere()
    {
        var centers = Centers(new DistortedGlyphs(1, Distortion.Translated).Generate(0, 300).X);
        Assert.InRange(centers.Min(), 10, 18);
        Assert.InRange(centers.Max(), 42, 50);
    }

    [Fact]
    public void Clutter_adds_ink_to_the_same_digits()
    {
        var (clean, cluttered) = (new DistortedGlyphs(5, Distortion.Translated).Generate(0, 100), new DistortedGlyphs(5, Distortion.Cluttered).Generate(0, 100));
        Assert.Equal(clean.Y.ToArray<int>(), cluttered.Y.ToArray<int>());
        Assert.InRange((cluttered.X.Sum() - clean.X.Sum()).Item() / 100, 40, 200); // eight pieces, each with some of 36 pixels
    }

    [Theory]
    [InlineData(Distortion.Projective)]
    [InlineData(Distortion.Elastic)]
    public void What_bends_a_picture_keeps_a_flat_one_flat_inside(Distortion distortion)
    {
        for (var i = 0; i < 20; i++)
        {
            var y = ImageDistortion.Apply(Tensor.Ones([28, 28, 2]), distortion, new RandomStream(i));
            Assert.All(y[10..18, 10..18, ..].ToArray<float>(), v => Assert.Equal(1, v, 1e-5f));
        }
    }

    [Fact]
    public void An_elastic_field_moves_pixels_by_about_a_pixel_and_a_third()
    {
        // A ramp shows how far each pixel was moved: σ = 34/√3/(2·4·√π) = 1.38 for an infinite picture.
        var ramp = Tensor.Arange(64).Cast(DType.Float32).Reshape(1, 64, 1).BroadcastTo([64, 64, 1]);
        var inside = ramp[16..48, 16..48, ..];
        var square = Enumerable.Range(0, 20).Average(i => (ImageDistortion.Apply(ramp, Distortion.Elastic, new RandomStream(i))[16..48, 16..48, ..] - inside).Square().Mean().Item());
        Assert.InRange(Math.Sqrt(square), 1.15, 1.6);
    }

    [Fact]
    public void Digits_from_files_grow_and_keep_their_ink()
    {
        var digit = GlyphDigits.Load(1, 1).Train.Images[0];
        var random = new RandomStream(1);
        for (var i = 0; i < 20; i++)
        {
            var turned = ImageDistortion.Apply(digit, Distortion.Rotated, random);
            Assert.Equal(Shape.Of(28, 28, 1), turned.Shape);
            Assert.InRange(turned.Sum().Item() / digit.Sum().Item(), .7, 1.1);
            var moved = ImageDistortion.Apply(digit, Distortion.RotatedTranslatedScaled, random);
            Assert.Equal(Shape.Of(42, 42, 1), moved.Shape);
            Assert.InRange(moved.Sum().Item() / digit.Sum().Item(), .3, 1.6);
            Assert.Equal(Shape.Of(60, 60, 1), ImageDistortion.Apply(digit, Distortion.Translated, random).Shape);
        }
    }

    [Fact]
    public void What_cannot_be_distorted_is_refused()
    {
        var random = new RandomStream(1);
        Assert.Contains("expected float32 [size, size, channels]", Assert.Throws<ShapeException>(() => ImageDistortion.Apply(Tensor.Zeros([2, 3, 1]), Distortion.Rotated, random)).Message);
        Assert.Contains("needs other digits", Assert.Throws<ArgumentException>(() => ImageDistortion.Apply(Tensor.Zeros([3, 3, 1]), Distortion.Cluttered, random)).Message);
    }

    // The means of ink along both axes, in pixels.
    static double[] Centers(Tensor x)
    {
        var ink = (x - .3).Relu();
        var place = Tensor.Arange(x.Shape[1]).Cast(DType.Float32);
        var mass = ink.Sum([1, 2, 3]);
        return [.. ((ink.Sum([2, 3]) * place).Sum(1) / mass).ToArray<float>().Select(v => (double)v), .. ((ink.Sum([1, 3]) * place).Sum(1) / mass).ToArray<float>().Select(v => (double)v)];
    }
}
