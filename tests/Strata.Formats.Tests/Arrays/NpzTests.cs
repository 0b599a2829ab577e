using System.IO.Compression;
using Strata.Formats.Arrays;

namespace Strata.Formats.Tests.Arrays;

public class NpzTests
{
    [Theory]
    [InlineData("stored.npz", "layer/kernel"), InlineData("deflated.npz", "zeros")]
    public void Reads_what_NumPy_wrote(string name, string other)
    {
        var arrays = Npz.Read(NpyTests.File(name));
        Assert.Equal(["a", other], arrays.Keys);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (i - 3) / 4f), arrays["a"].ToArray<float>());
        if (other == "zeros") Assert.All(arrays[other].ToArray<double>(), v => Assert.Equal(0, v));
        else Assert.Equal(Enumerable.Range(0, 6), arrays[other].ToArray<int>());
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Written_arrays_read_back(bool compress)
    {
        using var file = new TemporaryFile("a.npz");
        Npz.Write(file.Path, new Dictionary<string, Tensor> { ["x"] = Tensor.From([1f, 2f]), ["group/y"] = Tensor.Scalar(7, DType.Int64) }, compress);
        var arrays = Npz.Read(file.Path);
        Assert.Equal([1f, 2f], arrays["x"].ToArray<float>());
        Assert.Equal(7, arrays["group/y"].Item());
        Assert.Equal(["a.npz"], file.Folder);
    }

    [Fact]
    public void Every_truncation_and_every_changed_element_is_refused()
    {
        var good = File.ReadAllBytes(NpyTests.File("deflated.npz"));
        for (var length = 0; length < good.Length; length++) Assert.Throws<DataFileException>(() => Npz.Decode(good[..length]));
        var stored = File.ReadAllBytes(NpyTests.File("stored.npz"));
        var elements = stored.AsSpan().IndexOf(BitConverter.GetBytes(-.75f)); // the first of a
        for (var i = 0; i < 96; i++)
        {
            var bad = (byte[])stored.Clone();
            bad[elements + i] ^= 0x10;
            Assert.Contains("damaged", Assert.Throws<DataFileException>(() => Npz.Decode(bad)).Message);
        }
    }

    [Fact]
    public void An_array_that_claims_more_than_it_can_hold_allocates_next_to_nothing()
    {
        using var file = new TemporaryFile("a.npz");
        using (var zip = ZipFile.Open(file.Path, ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry("a.npy").Open())
            entry.Write([0x93, .. "NUMPY"u8, 1, 0, 70, 0, .. System.Text.Encoding.ASCII.GetBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000,)}".PadRight(70))]);
        var message = Assert.Throws<DataFileException>(() => Npz.Read(file.Path)).Message;
        Assert.Contains("a.npz/a.npy: the array [1000000000] needs 1000000000 elements of 4 bytes, more than the file can hold", message);
    }

    [Fact]
    public void Other_content_is_refused()
    {
        using var file = new TemporaryFile("a.npz");
        using (var zip = ZipFile.Open(file.Path, ZipArchiveMode.Create)) zip.CreateEntry("readme.txt");
        Assert.Contains("holds 'readme.txt', expected only .npy files", Assert.Throws<DataFileException>(() => Npz.Read(file.Path)).Message);
        Assert.Contains("zip archive is damaged", Assert.Throws<DataFileException>(() => Npz.Decode([1, 2, 3])).Message);
        Assert.Contains("no such file", Assert.Throws<DataFileException>(() => Npz.Read("nowhere.npz")).Message);
    }

    [Fact]
    public void Random_changes_give_arrays_or_the_one_exception()
    {
        var random = new System.Random(3);
        var good = File.ReadAllBytes(NpyTests.File("deflated.npz"));
        for (var n = 0; n < 3000; n++)
        {
            var file = (byte[])good.Clone();
            for (var k = random.Next(1, 4); k > 0; k--) file[random.Next(file.Length)] = (byte)random.Next(256);
            try
            {
                Npz.Decode(file);
            }
            catch (DataFileException)
            {
            }
        }
    }
}
