using Strata.Formats;
using Strata.Formats.Arrays;

namespace Strata.Data.Tests.KerasDatasets;

public class BostonHousingTests
{
    [Fact]
    public void Rows_are_divided_as_Keras_divides_them()
    {
        foreach (var known in Expected.Cases("boston"))
        {
            var (train, test) = BostonHousing.Load(Expected.Folder, known.GetProperty("arguments").TestSplit(), known.GetProperty("arguments").Seed());
            foreach (var (name, (x, y)) in new[] { ("train", train), ("test", test) })
            {
                Assert.Equal(known.GetProperty(name)[0].Array<float[]>().SelectMany(row => row), x.ToArray<float>());
                Assert.Equal(known.GetProperty(name)[1].Array<float>(), y.ToArray<float>());
                Assert.Equal(Shape.Of((int)y.Size, 13), x.Shape);
            }
        }

        Assert.Equal(Expected.Cases("boston").First().GetProperty("train")[1].Array<float>(), BostonHousing.Load(Expected.Folder).Train.Y.ToArray<float>()); // the defaults
        Assert.Equal(Shape.Of(0, 13), BostonHousing.Load(Expected.Folder, testSplit: 0).Test.X.Shape);
        Assert.Equal(13, BostonHousing.Features.Count);
    }

    [Fact]
    public void What_is_missing_or_of_another_kind_is_named()
    {
        Assert.Contains("Boston housing needs boston_housing.npz there", Assert.Throws<DataFileException>(() => BostonHousing.Load("nowhere")).Message);
        Assert.Contains("BostonHousing: testSplit must be at least 0 and below 1", Assert.Throws<ArgumentOutOfRangeException>(() => BostonHousing.Load(Expected.Folder, testSplit: -.1)).Message);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "boston_housing.npz");
        Npz.Write(path, new Dictionary<string, Tensor> { ["a"] = Tensor.From([1]) });
        Assert.Contains("there are no arrays 'x' and 'y', only 'a'", Assert.Throws<DataFileException>(() => BostonHousing.Load(folder.Path)).Message);
        Npz.Write(path, new Dictionary<string, Tensor> { ["x"] = Tensor.Zeros([3, 12]), ["y"] = Tensor.Zeros([3]) });
        Assert.Contains("the arrays are [3, 12] and [3], expected [n, 13] and [n]", Assert.Throws<DataFileException>(() => BostonHousing.Load(folder.Path)).Message);
    }
}
