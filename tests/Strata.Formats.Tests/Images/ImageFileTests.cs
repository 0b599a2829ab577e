using System.Text;
using Strata.Formats.Images;

namespace Strata.Formats.Tests.Images;

/// <summary>The files, and the pixels that Pillow makes of them, are from make_jpeg.py.</summary>
public class ImageFileTests
{
    static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Images", "Other");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder).Where(f => !f.EndsWith(".png", StringComparison.Ordinal)).Select(f => Path.GetFileName(f)!).Order()];

    static string Error(byte[] file) => Assert.Throws<DataFileException>(() => ImageFile.Decode(file)).Message;

    static byte[] Ascii(string text) => Encoding.Latin1.GetBytes(text);

    [Theory]
    [MemberData(nameof(Files))]
    public void Pixels_are_exact(string name)
    {
        var image = ImageFile.Read(Path.Combine(Folder, name));
        var expected = Png.Read(Path.Combine(Folder, name + ".png"));
        Assert.Equal((expected.Height, expected.Width, expected.Channels, 8), (image.Height, image.Width, image.Channels, image.BitDepth));
        Assert.Equal(expected.Bytes.ToArray(), image.Bytes.ToArray());
    }

    [Fact]
    public void The_kind_is_told_by_the_first_bytes()
    {
        var image = new Image(1, 2, 1, [3, 200]);
        Assert.Equal([3, 200], ImageFile.Decode(Png.Encode(image)).Bytes.ToArray());
        Assert.Equal(3, ImageFile.Read(Path.Combine(AppContext.BaseDirectory, "Images", "Jpeg", "exif.jpg")).Channels);
        Assert.Equal("image: not a PNG, JPEG, BMP or Netpbm picture: it begins with 474946383961.", Error(Ascii("GIF89a")));
        Assert.Contains("it begins with .", Error([]));
    }

    [Fact]
    public void Wide_samples_of_Netpbm_have_16_bits() =>
        Assert.Equal([0, 65535, 32768], Netpbm.Decode([.. Ascii("P5 3 1 1000\n"), 0, 0, 3, 232, 1, 244]).Words.ToArray().Select(w => (int)w));

    [Fact]
    public void Run_lengths_of_Bmp_are_undone()
    {
        byte[] header = [.. Ascii("BM"), .. new byte[8], 66, 0, 0, 0, 40, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 1, 0, 8, 0, 1, 0, 0, 0, .. new byte[12], 3, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 2, 2, 2, 0, 9, 9, 9, 0];
        // One of color 1, then 2, 0, 1 singly; next row: a step of one, three of color 2; end.
        byte[] runs = [1, 1, 0, 3, 2, 0, 1, 0, 0, 0, 0, 2, 1, 0, 3, 2, 0, 1];
        Assert.Equal([1, 9, 9, 9, 2, 9, 1, 2], Bmp.Decode([.. header, .. runs]).ToChannels(1).Bytes.ToArray().Select(b => (int)b));
    }

    [Theory]
    [InlineData("P6 2 2 255\n123", "its samples need 12 bytes, 3 are left")]
    [InlineData("P5 2 1 70000\n12", "largest value is 70000")]
    [InlineData("P5 0 1 255\n", "the size is 0 × 1")]
    [InlineData("P5 99999 99999 255\n", "more than the limit")]
    [InlineData("P5 x", "no number at byte 3")]
    [InlineData("P2 1 1 7 9", "sample 0 is 9, more than the largest value 7")]
    [InlineData("P1 2 1 02", "neither 0 nor 1")]
    [InlineData("P5 99999999999 1 255\n", "too large")]
    [InlineData("BM", "truncated")]
    public void A_malformed_file_gives_one_clear_sentence(string file, string expected) => Assert.Contains(expected, Error(Ascii(file)));

    [Fact]
    public void Truncations_and_random_changes_give_a_picture_or_the_one_exception()
    {
        var random = new System.Random(6);
        foreach (var name in Directory.GetFiles(Folder).Where(f => !f.EndsWith(".png", StringComparison.Ordinal)))
        {
            var good = File.ReadAllBytes(name);
            for (var n = 0; n < 300; n++)
            {
                var file = good[..(n % 3 == 0 ? random.Next(good.Length) : good.Length)];
                for (var k = random.Next(1, 5); k > 0 && file.Length > 0; k--) file[random.Next(Math.Min(file.Length, 80))] = (byte)random.Next(256);
                try
                {
                    ImageFile.Decode(file);
                }
                catch (DataFileException)
                {
                }
            }
        }
    }
}
