using System.Globalization;
using Strata.Formats.Images;

namespace Strata.Formats.Tests.Images;

/// <summary>The files are made with Pillow by make_resize.py.</summary>
public class ResizeTests
{
    static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Images", "Resize");

    static Image Source { get; } = Png.Read(Path.Combine(Folder, "source.png"));

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder).Select(f => Path.GetFileNameWithoutExtension(f)!).Where(f => f != "source").Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Pixels_are_those_of_Pillow(string name)
    {
        var expected = Png.Read(Path.Combine(Folder, name + ".png"));
        var parts = name.Split('-');
        var filter = Enum.Parse<Resampling>(parts[1], ignoreCase: true);
        var image = Source.ToChannels(expected.Channels).Resize(int.Parse(parts[2], CultureInfo.InvariantCulture), int.Parse(parts[3], CultureInfo.InvariantCulture), filter);
        Assert.Equal((expected.Height, expected.Width, expected.Channels), (image.Height, image.Width, image.Channels));
        var worst = 0;
        for (var i = 0; i < expected.Bytes.Length; i++) worst = Math.Max(worst, Math.Abs(image.Bytes[i] - expected.Bytes[i]));
        Assert.InRange(worst, 0, parts[0] == "rgb" || filter == Resampling.Nearest ? 0 : 1);
    }

    [Fact]
    public void Every_filter_has_files() => Assert.Equal(5 * 7, Files.Count);

    [Fact]
    public void Pictures_of_16_bits_resize_as_those_of_8()
    {
        foreach (var filter in Enum.GetValues<Resampling>())
        {
            var (narrow, wide) = (Source.ToChannels(3).Resize(20, 60, filter), Source.ToChannels(3).To16Bit().Resize(20, 60, filter).To8Bit());
            for (var i = 0; i < narrow.Bytes.Length; i++) Assert.InRange(narrow.Bytes[i] - wide.Bytes[i], -1, 1);
        }
    }

    [Fact]
    public void A_part_is_cut_out_and_quarters_turn()
    {
        var image = new Image(2, 3, 1, [1, 2, 3, 4, 5, 6]);
        Assert.Equal([5, 6], image.Crop(1, 1, 1, 2).Bytes.ToArray());
        Assert.Equal([3, 2, 1, 6, 5, 4], image.FlipHorizontal().Bytes.ToArray());
        Assert.Equal([4, 5, 6, 1, 2, 3], image.FlipVertical().Bytes.ToArray());
        Assert.Equal([4, 1, 5, 2, 6, 3], image.RotateQuarters(1).Bytes.ToArray());
        Assert.Equal([6, 5, 4, 3, 2, 1], image.RotateQuarters(2).Bytes.ToArray());
        Assert.Equal([3, 6, 2, 5, 1, 4], image.RotateQuarters(-1).Bytes.ToArray());
        Assert.Equal((2, 2), (image.ResizeAndCrop(2, 2).Height, image.ResizeAndCrop(2, 2).Width));
        Assert.Equal("Image.Crop: 2×2 at (1, 0) does not lie inside 2×3.", Assert.Throws<ArgumentException>(() => image.Crop(1, 0, 2, 2)).Message);
        Assert.Throws<ArgumentException>(() => image.Resize(0, 1));
    }
}
