namespace Strata.Data.Tests.Generated;

public class TexturePatchesTests
{
    [Fact]
    public void There_are_sixteen_classes_of_pictures_in_range()
    {
        var textures = new TexturePatches(1);
        var (x, y) = textures.Generate(0, 300);
        Assert.Equal(Shape.Of(300, 32, 32, 3), x.Shape);
        Assert.All(x.ToArray<float>(), p => Assert.InRange(p, 0, 1));
        Assert.Equal(Enumerable.Range(0, 16), y.ToArray<int>().Distinct().Order());
        Assert.Equal(("grating 45°, fine", "value noise, coarse"), (textures.Classes[3], textures.Classes[14]));
    }

    // A grating repeats after its period along its normal and not after half of it.
    [Fact]
    public void Gratings_have_the_period_of_their_class()
    {
        var (x, y) = new TexturePatches(2).Generate(0, 400);
        var labels = y.ToArray<int>();
        foreach (var (label, period) in new[] { (0, 8), (1, 4) }) // along x
            for (var i = 0; i < 400; i++)
                if (labels[i] == label) Assert.True(Difference(x[i], period) < .5 * Difference(x[i], period / 2), $"picture {i}");

        static double Difference(Tensor image, int shift) => (image[.., shift.., ..] - image[.., ..^shift, ..]).Square().Mean().Item();
    }

    [Fact]
    public void It_is_a_function_of_seed_and_number()
    {
        var whole = new TexturePatches(5).Generate(0, 20).X.ToArray<float>();
        Assert.Equal(whole[(15 * 3072)..], new TexturePatches(5).Generate(15, 5).X.ToArray<float>());
        Assert.NotEqual(whole, new TexturePatches(6).Generate(0, 20).X.ToArray<float>());
    }
}
