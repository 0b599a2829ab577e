using System.Text.RegularExpressions;
using Strata.Formats.Images;

namespace Strata.Formats.Tests.Images;

/// <summary>Against the files of <c>make_png.py</c>, which libpng and Pillow wrote.</summary>
public class PngTests
{
    static readonly string folder = Path.Combine(AppContext.BaseDirectory, "Images", "Png");

    public static TheoryData<string> Plain => new(Directory.GetFiles(folder, "*x*.png").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));

    /// <summary>The formula of the script: a 16-bit sample, of which a picture of depth d keeps the d highest bits.</summary>
    static int Sample(int y, int x, int c) => (x * 5003 + y * 9001 + c * 20011 + x * y * 1009) & 0xFFFF;

    static byte PaletteColor(int i, int c) => (byte)(c switch { 0 => i * 37, 1 => 255 - (i * 11 & 255), _ => i * 5 + 3 });

    [Fact]
    public void Every_color_type_depth_and_interlacing_has_a_file() => Assert.Equal(44, Plain.Count);

    [Theory]
    [MemberData(nameof(Plain))]
    public void Reads_every_color_type_depth_and_interlacing(string name)
    {
        var m = Regex.Match(name, @"^([a-z]+)(\d+)-(\d+)x(\d+)(-interlaced)?\.png$");
        Assert.True(m.Success);
        int depth = int.Parse(m.Groups[2].Value), width = int.Parse(m.Groups[3].Value), height = int.Parse(m.Groups[4].Value);
        if (width == 2) (width, height) = (2, 3);
        var kind = m.Groups[1].Value;

        var image = Png.Read(Path.Combine(folder, name));

        Assert.Equal((height, width, depth == 16 ? 16 : 8), (image.Height, image.Width, image.BitDepth));
        Assert.Equal(kind switch { "grey" => 1, "greyalpha" => 2, "rgba" => 4, _ => 3 }, image.Channels);
        for (var y = 0; y < height; y++)
        for (var x = 0; x < width; x++)
        for (var c = 0; c < image.Channels; c++)
        {
            var source = image.HasAlpha && c == image.Channels - 1 ? 3 : c;
            var v = Sample(y, x, kind == "palette" ? 0 : source) >> (16 - depth);
            var expected = kind == "palette" ? PaletteColor(v, c) : depth < 8 ? v * 255 / ((1 << depth) - 1) : v;
            Assert.Equal(expected, image[y, x, c]);
        }
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(4), InlineData(8)]
    public void Transparency_of_a_palette_becomes_alpha(int depth)
    {
        var image = Png.Read(Path.Combine(folder, $"palette{depth}-alpha.png"));
        Assert.Equal(4, image.Channels);
        for (var y = 0; y < 9; y++)
        for (var x = 0; x < 13; x++)
        {
            var i = Sample(y, x, 0) >> (16 - depth);
            for (var c = 0; c < 3; c++) Assert.Equal(PaletteColor(i, c), image[y, x, c]);
            Assert.Equal(i < (1 << depth) / 2 ? (i * 40 + 5) & 255 : 255, image[y, x, 3]);
        }
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(4), InlineData(8)]
    public void Indices_of_a_palette_are_read_as_they_are(int depth)
    {
        var image = Png.ReadIndices(Path.Combine(folder, $"palette{depth}-alpha.png"));
        Assert.Equal(1, image.Channels);
        for (var y = 0; y < 9; y++)
        for (var x = 0; x < 13; x++)
            Assert.Equal(Sample(y, x, 0) >> (16 - depth), image[y, x, 0]);
    }

    [Fact]
    public void Indices_of_a_grey_picture_are_not_scaled() =>
        Assert.Equal(Sample(3, 5, 0) >> 14, Png.ReadIndices(Path.Combine(folder, "grey2-13x9.png"))[3, 5, 0]);

    [Fact]
    public void Indices_of_a_picture_with_three_channels_are_refused() =>
        Assert.Contains("3 channels", Assert.Throws<DataFileException>(() => Png.ReadIndices(Path.Combine(folder, "rgb8-13x9.png"))).Message);

    [Theory]
    [InlineData("grey8", 2, 3), InlineData("rgb8", 0, 0), InlineData("rgb16", 0, 0)]
    public void One_transparent_color_becomes_alpha(string name, int keyY, int keyX)
    {
        var image = Png.Read(Path.Combine(folder, name + "-key.png"));
        Assert.Equal(name == "grey8" ? 2 : 4, image.Channels);
        var clear = 0;
        for (var y = 0; y < 9; y++)
        for (var x = 0; x < 13; x++)
        {
            var same = Enumerable.Range(0, image.Channels - 1).All(c => image[y, x, c] == image[keyY, keyX, c]);
            Assert.Equal(same ? 0 : image.MaxValue, image[y, x, image.Channels - 1]);
            if (same) clear++;
        }

        Assert.InRange(clear, 1, 9 * 13 - 1);
    }

    [Fact]
    public void Reads_a_file_with_all_filters()
    {
        var image = Png.Read(Path.Combine(folder, "smooth.png"));
        for (var y = 0; y < 64; y++)
        for (var x = 0; x < 80; x++)
        {
            Assert.Equal(Math.Clamp(x * 3, 0, 255), image[y, x, 0]);
            Assert.Equal(Math.Clamp(y * 4 - x / 2, 0, 255), image[y, x, 1]);
            Assert.Equal(Math.Clamp(x * y / 20, 0, 255), image[y, x, 2]);
        }
    }

    [Theory]
    [InlineData(8, 1), InlineData(8, 2), InlineData(8, 3), InlineData(8, 4), InlineData(16, 1), InlineData(16, 2), InlineData(16, 3), InlineData(16, 4)]
    public void A_written_picture_reads_back_the_same(int depth, int channels)
    {
        foreach (var (h, w) in new[] { (1, 1), (5, 7), (40, 33) })
        {
            var n = h * w * channels;
            int Value(int i) => (int)(32767.5 + 32767 * Math.Sin(i * .11 + i / channels / w)) >> (16 - depth);
            var image = depth == 8
                ? new Image(h, w, channels, Enumerable.Range(0, n).Select(i => (byte)Value(i)).ToArray())
                : new Image(h, w, channels, Enumerable.Range(0, n).Select(i => (ushort)Value(i)).ToArray());
            var back = Png.Decode(Png.Encode(image));
            Assert.Equal((h, w, channels, depth), (back.Height, back.Width, back.Channels, back.BitDepth));
            Assert.True(image.Raw.SequenceEqual(back.Raw));
        }
    }

    [Fact]
    public void The_filters_make_a_smooth_picture_small()
    {
        var samples = new byte[100 * 100 * 3];
        for (var i = 0; i < samples.Length; i++) samples[i] = (byte)(i / 3 % 100 + i / 300);
        Assert.True(Png.Encode(new Image(100, 100, 3, samples)).Length < 1000);
    }

    [Fact]
    public void Write_and_read_go_through_a_file()
    {
        var path = Path.Combine(Path.GetTempPath(), $"strata-{Guid.NewGuid():N}.png");
        try
        {
            Png.Write(path, new Image(1, 2, 1, [3, 4]));
            Assert.Equal([3, 4], Png.Read(path).Bytes.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Rows of all lengths, so that vectors end everywhere; a pixel has 1 to 8 bytes.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void Each_filter_is_undone(int stride)
    {
        var random = new System.Random(stride);
        for (var pixels = 1; pixels < 40; pixels++)
            for (var filter = 0; filter < PngFilter.Count; filter++)
            {
                byte[] row = new byte[pixels * stride], above = new byte[pixels * stride], filtered = new byte[pixels * stride];
                random.NextBytes(row);
                random.NextBytes(above);
                PngFilter.Apply(filter, row, above, stride, filtered);
                Assert.True(PngFilter.Undo(filter, filtered, above, stride));
                Assert.Equal(row, filtered);
            }
    }

    [Fact]
    public void The_check_is_that_of_the_standard_and_can_be_taken_in_parts()
    {
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8)); // the check value of CRC-32/ISO-HDLC
        var data = Enumerable.Range(0, 100).Select(i => (byte)(i * i)).ToArray();
        for (var cut = 0; cut <= data.Length; cut++) Assert.Equal(Crc32.Of(data), Crc32.Of(data.AsSpan(cut), Crc32.Of(data.AsSpan(0, cut))));
    }
}
