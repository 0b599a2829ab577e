using Strata.Formats;

namespace Strata.Data.Tests.Images;

public class MnistTests
{
    static byte[] Images(int count) => [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 2, 0, 0, 0, 3, .. Enumerable.Range(0, count * 6).Select(i => (byte)(i * 51))];

    static byte[] Labels(params byte[] labels) => [0, 0, 8, 1, 0, 0, 0, (byte)labels.Length, .. labels];

    [Fact]
    public void Four_files_become_pictures_and_labels()
    {
        using var folder = new TemporaryFolder();
        folder.WriteGzip("train-images-idx3-ubyte.gz", Images(2));
        folder.WriteGzip("train-labels-idx1-ubyte.gz", Labels(7, 9));
        folder.Write("t10k-images.idx3-ubyte", Images(1)); // plain, and with the dot of some copies
        folder.Write("t10k-labels.idx1-ubyte", Labels(3));
        var digits = Mnist.Load(folder.Path);
        Assert.Equal(Shape.Of(2, 2, 3, 1), digits.Train.Images.Shape);
        Assert.Equal([0f, .2f, .4f, .6f, .8f, 1f], digits.Train.Images.ToArray<float>()[..6]);
        Assert.Equal([7, 9], digits.Train.Labels.ToArray<int>());
        Assert.Equal([3], digits.Test.Labels.ToArray<int>());
        Assert.Equal(10, digits.Classes.Count);
        var (x, y) = digits.Train.Skip(1).Batch(8).Single();
        Assert.Equal((Shape.Of(1, 2, 3, 1), 9), (x.Shape, (int)y.Item()));
    }

    [Fact]
    public void Missing_files_are_named_with_the_place_where_they_belong()
    {
        using var folder = new TemporaryFolder();
        folder.Write("train-images-idx3-ubyte", Images(1));
        Assert.Equal(
            $"{folder.Path}: MNIST needs train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (or the same with .gz) there; get them from the MNIST or Fashion-MNIST distribution.",
            Assert.Throws<DataFileException>(() => Mnist.Load(folder.Path)).Message);
        Assert.Contains("there is no such folder", Assert.Throws<DataFileException>(() => Mnist.Load("nowhere")).Message);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 }, "holds 3 labels, but train-images-idx3-ubyte holds 2 images")]
    [InlineData(new byte[] { 1, 10 }, "label 1 is 10, expected 0 to 9")]
    public void Files_that_do_not_fit_are_refused(byte[] labels, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("train-images-idx3-ubyte", Images(2));
        folder.Write("train-labels-idx1-ubyte", Labels(labels));
        folder.Write("t10k-images-idx3-ubyte", Images(1));
        folder.Write("t10k-labels-idx1-ubyte", Labels(3));
        Assert.Contains(expected, Assert.Throws<DataFileException>(() => Mnist.Load(folder.Path)).Message);
        folder.Write("train-labels-idx1-ubyte", Images(2));
        Assert.Contains("holds uint8 [2, 2, 3], expected uint8 [n]", Assert.Throws<DataFileException>(() => Mnist.Load(folder.Path)).Message);
    }
}
