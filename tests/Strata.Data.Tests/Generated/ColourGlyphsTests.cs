namespace Strata.Data.Tests.Generated;

public class ColourGlyphsTests
{
    [Theory]
    [InlineData(16), InlineData(32)]
    public void Pictures_have_the_stated_shape_and_range(int size)
    {
        var (x, y) = new ColourGlyphs(1, size, noise: 0).Generate(0, 100);
        Assert.Equal(Shape.Of(100, size, size, 3), x.Shape);
        Assert.All(x.ToArray<float>(), p => Assert.InRange(p, -.5f, .5f));
        Assert.InRange(y.ToArray<int>().Max(), 9, 9);
    }

    [Fact]
    public void Each_picture_is_a_blend_of_two_colors_that_differ_enough()
    {
        var pixels = new ColourGlyphs(1, noise: 0).Generate(0, 200).X.ToArray<float>();
        var low = 0;
        for (var n = 0; n < 200; n++)
        {
            var image = pixels[(n * 768)..((n + 1) * 768)];
            var ground = image[..3];
            var (far, ink) = (0f, ground);
            for (var i = 0; i < 768; i += 3)
            {
                var distance = Math.Abs(image[i] - ground[0]) + Math.Abs(image[i + 1] - ground[1]) + Math.Abs(image[i + 2] - ground[2]);
                if (distance > far) (far, ink) = (distance, image[i..(i + 3)]);
            }

            foreach (var i in Enumerable.Range(0, 256).Select(i => 3 * i)) // on the line between the two
            {
                var alpha = Enumerable.Range(0, 3).Where(c => Math.Abs(ink[c] - ground[c]) > .1f).Select(c => (double)((image[i + c] - ground[c]) / (ink[c] - ground[c]))).ToArray();
                if (alpha.Length > 0) Assert.InRange(alpha.Max() - alpha.Min(), 0, 1e-4);
            }

            // A contrast below .8 remains only where the turned ink is as near: |1 − 2·ground| summed.
            var turned = Enumerable.Range(0, 3).Sum(c => Math.Abs(2 * ground[c]));
            Assert.True(far >= .75f || Math.Abs(far - turned) < .1f);
            if (far < .75f) low++;
        }

        Assert.InRange(low, 0, 40);
    }

    [Fact]
    public void Noise_has_the_stated_deviation()
    {
        var (clean, noisy) = (new ColourGlyphs(4, noise: 0).Generate(0, 50).X.ToArray<float>(), new ColourGlyphs(4, noise: .3).Generate(0, 50).X.ToArray<float>());
        var difference = clean.Zip(noisy, (a, b) => (double)(b - a)).ToArray();
        Assert.InRange(difference.Average(), -.007, .007);
        Assert.InRange(Math.Sqrt(difference.Average(d => d * d)), .295, .305);
    }

    [Fact]
    public void Mirrored_glyphs_are_ten_classes_more()
    {
        var glyphs = new ColourGlyphs(2, mirrored: true);
        Assert.Equal(20, glyphs.Classes.Count);
        Assert.Equal(("9", "3 mirrored"), (glyphs.Classes[9], glyphs.Classes[13]));
        Assert.Equal(Enumerable.Range(0, 20), glyphs.Generate(0, 300).Y.ToArray<int>().Distinct().Order());
    }

    [Fact]
    public void Color_says_nothing_about_the_class()
    {
        // Mean color of the ground by class: 10 groups of about 400; the mean of U(0, 1) − ½ has the deviation .0144, five of which are .072.
        var (x, y) = new ColourGlyphs(3, noise: 0).Generate(0, 4000);
        var (pixels, labels) = (x.ToArray<float>(), y.ToArray<int>());
        foreach (var group in Enumerable.Range(0, 4000).GroupBy(i => labels[i]))
            for (var c = 0; c < 3; c++)
                Assert.InRange(group.Average(i => pixels[i * 768 + c]), -.08, .08);
    }

    [Fact]
    public void It_is_a_function_of_seed_and_number()
    {
        var whole = new ColourGlyphs(5, 32).Generate(0, 20).X.ToArray<float>();
        Assert.Equal(whole[(15 * 3072)..], new ColourGlyphs(5, 32).Generate(15, 5).X.ToArray<float>());
        Assert.NotEqual(whole, new ColourGlyphs(6, 32).Generate(0, 20).X.ToArray<float>());
    }
}
