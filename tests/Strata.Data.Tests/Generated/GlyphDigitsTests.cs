using Strata.Threading;

namespace Strata.Data.Tests.Generated;

public class GlyphDigitsTests
{
    static readonly GlyphOptions exact = new() { Jitter = 0, Rotation = 0, Shear = 0, Scale = (1, 1), Translation = 0, StrokeWidth = (2, 2), Noise = 0 };

    static float[] One(int digit, GlyphOptions options) => new GlyphDigits(1, options with { Digits = [digit] }).Generate(0, 1).X.ToArray<float>();

    [Fact]
    public void Pictures_have_the_stated_shape_and_range()
    {
        var (x, y) = new GlyphDigits(1).Generate(0, 200);
        Assert.Equal((Shape.Of(200, 28, 28, 1), DType.Float32), (x.Shape, x.DType));
        Assert.Equal((Shape.Of(200), DType.Int32), (y.Shape, y.DType));
        var pixels = x.ToArray<float>();
        Assert.All(pixels, p => Assert.InRange(p, 0f, 1f));
        Assert.InRange(pixels.Average(), .08, .2); // ink covers about a tenth, as in MNIST (.13)
        Assert.Equal(Enumerable.Range(0, 10), y.ToArray<int>().Distinct().Order());
    }

    [Fact]
    public void A_picture_is_a_function_of_seed_and_number()
    {
        var (x, y) = new GlyphDigits(5).Generate(0, 40);
        var (late, lateLabels) = new GlyphDigits(5).Generate(30, 10);
        Assert.Equal(x.ToArray<float>()[(30 * 784)..], late.ToArray<float>());
        Assert.Equal(y.ToArray<int>()[30..], lateLabels.ToArray<int>());
        Assert.NotEqual(x.ToArray<float>(), new GlyphDigits(6).Generate(0, 40).X.ToArray<float>());

        var threads = Workers.Threads;
        try
        {
            foreach (var n in new[] { 1, 7 })
            {
                Workers.Threads = n;
                Assert.Equal(x.ToArray<float>(), new GlyphDigits(5).Generate(0, 40).X.ToArray<float>());
            }
        }
        finally
        {
            Workers.Threads = threads;
        }
    }

    [Fact]
    public void As_a_data_set_it_yields_the_same_pictures()
    {
        var digits = new GlyphDigits(2);
        var whole = digits.Generate(0, 12).X.ToArray<float>();
        Assert.Equal(whole, digits.Take(12).Epoch(0).SelectMany(p => p.X.ToArray<float>()));
        Assert.Equal(whole, digits.Batch(4).Take(3).Epoch(1).SelectMany(p => p.X.ToArray<float>()));
        Assert.Equal(Shape.Of(28, 28, 1), digits.First().X.Shape);
        Assert.Equal(0, digits.First().Y.Rank);
        Assert.Null(digits.Count);
    }

    [Fact]
    public void Test_pictures_do_not_depend_on_the_number_of_training_pictures()
    {
        var (small, large) = (GlyphDigits.Load(train: 10, test: 5), GlyphDigits.Load(train: 50, test: 5));
        Assert.Equal(small.Test.Images.ToArray<float>(), large.Test.Images.ToArray<float>());
        Assert.Equal(small.Train.Images.ToArray<float>(), large.Train.Images.ToArray<float>()[..(10 * 784)]);
        Assert.NotEqual(small.Test.Images.ToArray<float>()[..784], small.Train.Images.ToArray<float>()[..784]);
    }

    [Fact]
    public void A_one_without_variation_covers_the_pixels_that_the_formula_says()
    {
        // The stem runs from (.52, .12) to (.52, .88): x = 14 + 20·.02 = 14.4, y from 6.4 to 21.6. At w = 2 a pixel whose center is d away has 1.5 − d.
        var image = One(1, exact);
        float At(int y, int x) => image[y * 28 + x];
        Assert.Equal(1f, At(18, 14)); // d = .1
        Assert.Equal(.6f, At(18, 13), 1e-4f); // center 13.5, d = .9
        Assert.Equal(.4f, At(18, 15), 1e-4f); // center 15.5, d = 1.1
        Assert.Equal(0f, At(18, 16));
        Assert.Equal(0f, At(18, 12));
        Assert.Equal(.6f, At(21, 13), 1e-4f); // center (13.5, 21.5) lies beside the stem's end
        Assert.Equal(1.5f - MathF.Sqrt(.1f * .1f + .9f * .9f), At(22, 14), 1e-4f); // center (14.5, 22.5) lies below its end
        Assert.Equal(0f, At(24, 14));
    }

    [Fact]
    public void A_nine_is_a_six_turned_by_half()
    {
        var (six, nine) = (One(6, exact), One(9, exact));
        for (var i = 0; i < 784; i++) Assert.Equal(six[i], nine[783 - i], 1e-4f);
        Assert.NotEqual(six, nine);
    }

    [Fact]
    public void Every_option_does_something()
    {
        var plain = One(4, exact);
        Assert.NotEqual(plain, One(4, exact with { Translation = 2 }));
        Assert.NotEqual(plain, One(4, exact with { Rotation = 15 }));
        Assert.NotEqual(plain, One(4, exact with { Shear = .2 }));
        Assert.NotEqual(plain, One(4, exact with { Jitter = .02 }));
        Assert.NotEqual(plain, One(4, exact with { Scale = (.85, .9) }));
        Assert.True(One(4, exact with { StrokeWidth = (4, 4) }).Sum() > plain.Sum());
        Assert.Equal(plain.Sum(), One(4, exact with { Size = 40 }).Sum(), .01f);
        Assert.True(One(4, exact with { Box = 10 }).Sum() < .7 * plain.Sum());
    }

    [Fact]
    public void Parameters_are_spread_as_stated()
    {
        // The mean place of the ink moves by U(±2): its deviation is 2/√3 = 1.155 beside that of nothing else.
        var pixels = new GlyphDigits(3, exact with { Digits = [8], Translation = 2 }).Generate(0, 1000).X.ToArray<float>();
        var centers = Enumerable.Range(0, 1000).Select(n =>
        {
            var image = pixels.AsSpan(n * 784, 784);
            double sum = 0, weighted = 0;
            for (var i = 0; i < 784; i++) (sum, weighted) = (sum + image[i], weighted + image[i] * (i % 28 + .5));
            return weighted / sum;
        }).ToArray();
        Assert.InRange(centers.Average(), 13.85, 14.15); // 4 σ of the mean = .146
        Assert.InRange(Math.Sqrt(centers.Select(c => (c - 14) * (c - 14)).Average()), 1.08, 1.23);
        Assert.InRange(centers.Min(), 11.9, 12.2);
        Assert.InRange(centers.Max(), 15.8, 16.1);

        // Clamped noise on an empty corner: half of N(0, σ) is cut off at 0, the mean is σ/√(2π).
        var noisy = new GlyphDigits(3, exact with { Noise = .05 }).Generate(0, 1000).X.ToArray<float>();
        Assert.InRange(Enumerable.Range(0, 1000).Average(n => noisy[n * 784]), .0165, .0235); // .01995 ± 4·.0292/√1000
    }

    [Fact]
    public void Chosen_digits_are_labeled_in_their_order()
    {
        var some = new GlyphDigits(1, exact with { Digits = [7, 1] });
        Assert.Equal(["7", "1"], some.Classes);
        var (x, y) = some.Generate(0, 20);
        Assert.Equal([0, 1], y.ToArray<int>().Distinct().Order());
        var first = Array.IndexOf(y.ToArray<int>(), 1);
        Assert.Equal(One(1, exact), x.ToArray<float>()[(first * 784)..((first + 1) * 784)]);
    }

    [Fact]
    public void Options_without_meaning_are_refused()
    {
        Assert.Contains("size is 0", Assert.Throws<ArgumentException>(() => new GlyphDigits(1, new() { Size = 0 })).Message);
        Assert.Contains("noise is NaN", Assert.Throws<ArgumentException>(() => new GlyphDigits(1, new() { Noise = double.NaN })).Message);
        Assert.Contains("scale is 2 to 1", Assert.Throws<ArgumentException>(() => new GlyphDigits(1, new() { Scale = (2, 1) })).Message);
        Assert.Contains("digits are 3, 10", Assert.Throws<ArgumentException>(() => new GlyphDigits(1, new() { Digits = [3, 10] })).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GlyphDigits(1).Generate(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GlyphDigits(1).Batch(0));
    }
}
