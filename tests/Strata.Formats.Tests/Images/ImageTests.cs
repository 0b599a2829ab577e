using Strata.Formats.Images;

namespace Strata.Formats.Tests.Images;

public class ImageTests
{
    [Fact]
    public void Samples_widen_and_narrow_exactly()
    {
        var image = new Image(1, 256, 1, Enumerable.Range(0, 256).Select(i => (byte)i).ToArray());
        Assert.Equal(image.Bytes.ToArray(), image.To16Bit().To8Bit().Bytes.ToArray());
        Assert.Equal(65535, image.To16Bit()[0, 255, 0]);
        Assert.Equal([0, 0, 1, 255], new Image(1, 4, 1, new ushort[] { 0, 128, 129, 65535 }).To8Bit().Bytes.ToArray()); // 128.5 is the tie between 0 and 1
    }

    [Fact]
    public void Channels_convert_as_stated()
    {
        var rgb = new Image(1, 2, 3, [255, 0, 0, 10, 20, 30]);
        Assert.Equal([76, 18], rgb.ToChannels(1).Bytes.ToArray()); // .299·255 = 76.2; 2.99 + 11.74 + 3.42 = 18.15
        Assert.Equal([255, 0, 0, 255, 10, 20, 30, 255], rgb.ToChannels(4).Bytes.ToArray());
        Assert.Equal([76, 255, 18, 255], rgb.ToChannels(2).Bytes.ToArray());
        var greyAlpha = new Image(1, 1, 2, [7, 8]);
        Assert.Equal([7, 7, 7, 8], greyAlpha.ToChannels(4).Bytes.ToArray());
        Assert.Equal([7, 7, 7], greyAlpha.ToChannels(3).Bytes.ToArray());
        Assert.Equal([7], greyAlpha.ToChannels(1).Bytes.ToArray());
        Assert.Equal(new ushort[] { 1, 65535, 2, 65535 }, new Image(1, 2, 1, new ushort[] { 1, 2 }).ToChannels(2).Words.ToArray());
    }

    [Fact]
    public void Numbers_round_trip_and_are_clamped()
    {
        var image = Image.FromSingles(1, 5, 1, [-1f, 0f, .5f, 2f, float.NaN]);
        Assert.Equal([0, 0, 128, 255, 0], image.Bytes.ToArray());
        Assert.Equal([0f, 0f, 128 / 255f, 1f, 0f], image.ToSingles());
        Assert.Equal([1f], new Image(1, 1, 1, new ushort[] { 65535 }).ToSingles());
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.Contains("needs 12 samples, not 11", Assert.Throws<ArgumentException>(() => new Image(2, 2, 3, new byte[11])).Message);
        Assert.Contains("channels", Assert.Throws<ArgumentException>(() => new Image(1, 1, 5, new byte[5])).Message);
        Assert.Contains("at least 1", Assert.Throws<ArgumentException>(() => new Image(0, 1, 1, Array.Empty<byte>())).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(1, 1, 1, new byte[1])[0, 0, 1]);
        Assert.Contains("To8Bit", Assert.Throws<InvalidOperationException>(() => new Image(1, 1, 1, new ushort[1]).Bytes.Length).Message);
    }

    [Fact]
    public void Pictures_become_tensors_and_back()
    {
        var image = new Image(1, 2, 3, [0, 51, 102, 153, 204, 255]);
        var tensor = image.ToTensor();
        Assert.Equal(Shape.Of(1, 2, 3), tensor.Shape);
        Assert.Equal([0f, .2f, .4f, .6f, .8f, 1f], tensor.ToArray<float>());
        Assert.Equal(image.Bytes.ToArray(), Image.FromTensor(tensor).Bytes.ToArray());
        Assert.Equal((2, 3, 1), Image.FromTensor(Tensor.Zeros([2, 3])) is { } grey ? (grey.Height, grey.Width, grey.Channels) : default);
        foreach (var wrong in new[] { Tensor.Zeros([2, 3, 5]), Tensor.Zeros([2]), Tensor.Zeros([0, 2]), Tensor.Zeros([2, 2], DType.Int32) })
            Assert.Contains("is no picture, expected float32", Assert.Throws<ShapeException>(() => Image.FromTensor(wrong)).Message);
    }

    [Fact]
    public void A_sheet_sets_pictures_side_by_side()
    {
        var sheet = Image.Sheet(Tensor.From([0f, .2f, .4f, .6f, .8f, 1f], [3, 1, 2, 1]), columns: 2);
        Assert.Equal((3, 5), (sheet.Height, sheet.Width));
        Assert.Equal([0, 51, 128, 102, 153, 128, 128, 128, 128, 128, 204, 255, 128, 128, 128], sheet.Bytes.ToArray());
        var zoomed = Image.Sheet(Tensor.From([0f, 1f], [1, 1, 2, 1]), columns: 9, zoom: 2);
        Assert.Equal([0, 0, 255, 255, 0, 0, 255, 255], zoomed.Bytes.ToArray());
        Assert.Contains("no batch of pictures", Assert.Throws<ShapeException>(() => Image.Sheet(Tensor.Zeros([2, 2, 1]), 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Image.Sheet(Tensor.Zeros([1, 2, 2, 1]), 0));
    }
}
