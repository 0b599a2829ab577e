using Strata.Formats;

namespace Strata.Data.Tests.Images;

public class CifarTests
{
    /// <summary>A record whose byte at (y, x, c) is known.</summary>
    static byte Pixel(int y, int x, int c, int seed) => (byte)(y * 5 + x * 3 + c * 70 + seed);

    static byte[] Record(int seed, params byte[] labels) =>
    [
        .. labels, .. from c in Enumerable.Range(0, 3) from y in Enumerable.Range(0, 32) from x in Enumerable.Range(0, 32) select Pixel(y, x, c, seed),
    ];

    [Fact]
    public void Batches_of_CIFAR_10_are_joined_and_become_channels_last()
    {
        using var folder = new TemporaryFolder();
        for (var i = 1; i <= 5; i++) folder.Write($"cifar-10-batches-bin/data_batch_{i}.bin", [.. Record(i, (byte)i), .. Record(i + 5, (byte)(i + 4))]);
        folder.WriteGzip("cifar-10-batches-bin/test_batch.bin.gz", Record(11, 0));
        var data = Cifar10.Load(folder.Path);
        Assert.Equal(Shape.Of(10, 32, 32, 3), data.Train.Images.Shape);
        Assert.Equal([1, 5, 2, 6, 3, 7, 4, 8, 5, 9], data.Train.Labels.ToArray<int>());
        var images = data.Train.Images.AsSpan<float>();
        for (var y = 0; y < 32; y++)
        for (var x = 0; x < 32; x++)
        for (var c = 0; c < 3; c++)
            Assert.Equal(Pixel(y, x, c, 6) / 255f, images[((32 + y) * 32 + x) * 3 + c]);
        Assert.Equal("truck", data.Classes[9]);
        Assert.Equal(1, data.Test.Count);
    }

    [Fact]
    public void A_part_of_CIFAR_10_is_read_only_on_request()
    {
        using var folder = new TemporaryFolder();
        folder.Write("data_batch_1.bin", Record(1, 2));
        folder.Write("test_batch.bin", Record(1, 3));
        Assert.Contains("CIFAR-10 needs data_batch_2.bin, data_batch_3.bin, data_batch_4.bin, data_batch_5.bin (or the same with .gz) there", Assert.Throws<DataFileException>(() => Cifar10.Load(folder.Path)).Message);
        Assert.Equal([2], Cifar10.Load(folder.Path, partial: true).Train.Labels.ToArray<int>());
    }

    [Fact]
    public void CIFAR_100_has_two_labels()
    {
        using var folder = new TemporaryFolder();
        folder.Write("train.bin", [.. Record(1, 19, 99), .. Record(2, 3, 7)]);
        folder.Write("test.bin", Record(1, 0, 1));
        Assert.Equal([99, 7], Cifar100.Load(folder.Path).Train.Labels.ToArray<int>());
        Assert.Equal([19, 3], Cifar100.Load(folder.Path, coarse: true).Train.Labels.ToArray<int>());
        Assert.Equal(Pixel(1, 2, 1, 2) / 255f, Cifar100.Load(folder.Path).Train.Images.AsSpan<float>()[((32 + 1) * 32 + 2) * 3 + 1]);
        folder.Write("coarse_label_names.txt", string.Join("\n", Enumerable.Range(0, 20).Select(i => $"group {i}")));
        Assert.Equal("group 19", Cifar100.Load(folder.Path, coarse: true).Classes[19]);
        Assert.Equal("99", Cifar100.Load(folder.Path).Classes[99]);
    }

    [Fact]
    public void Damaged_files_give_one_clear_sentence()
    {
        using var folder = new TemporaryFolder();
        folder.Write("data_batch_1.bin", Record(1, 2)[..^1]);
        folder.Write("test_batch.bin", Record(1, 3));
        string Error() => Assert.Throws<DataFileException>(() => Cifar10.Load(folder.Path, partial: true)).Message;
        Assert.Contains("data_batch_1.bin: the file has 3072 bytes, expected records of 3073 bytes", Error());
        folder.Write("data_batch_1.bin", Record(1, 12));
        Assert.Contains("label 0 is 12, expected 0 to 9", Error());
        folder.Write("data_batch_1.bin", Array.Empty<byte>());
        Assert.Contains("has 0 bytes", Error());
    }
}
