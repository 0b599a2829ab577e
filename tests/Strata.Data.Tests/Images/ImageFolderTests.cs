using Strata.Formats;
using Strata.Formats.Images;

namespace Strata.Data.Tests.Images;

public class ImageFolderTests
{
    static byte[] Picture(byte value, int height = 2, int width = 3) => Png.Encode(new Image(height, width, 1, [.. Enumerable.Repeat(value, height * width)]));

    static TemporaryFolder Zoo()
    {
        var folder = new TemporaryFolder();
        folder.Write("dog/b.png", Picture(102));
        folder.Write("dog/a.PNG", Picture(51));
        folder.Write("cat/z.png", Picture(255));
        folder.Write("cat/notes.txt", "no picture");
        folder.Write(".hidden/a.png", Picture(1));
        return folder;
    }

    [Fact]
    public void Classes_are_the_folders_in_alphabetical_order()
    {
        using var folder = Zoo();
        var pictures = new ImageFolder(folder.Path);
        Assert.Equal(["cat", "dog"], pictures.Classes);
        Assert.Equal([("z.png", 0), ("a.PNG", 1), ("b.png", 1)], pictures.Files.Select(f => (Path.GetFileName(f.Path), f.Label)));
    }

    [Theory]
    [InlineData(1), InlineData(3), InlineData(4)]
    public void Loading_reads_all_into_memory(int channels)
    {
        using var folder = Zoo();
        var split = new ImageFolder(folder.Path, channels).Load();
        Assert.Equal(Shape.Of(3, 2, 3, channels), split.Images.Shape);
        Assert.Equal([0, 1, 1], split.Labels.ToArray<int>());
        Assert.Equal([1f, .2f, .4f], split.Select(p => p.X.ToArray<float>()[0]));
        if (channels == 4) Assert.Equal(1f, split.First().X.ToArray<float>()[3]);
    }

    [Fact]
    public void Streaming_reads_one_at_a_time_and_shuffles_paths()
    {
        using var folder = Zoo();
        var stream = new ImageFolder(folder.Path, channels: 1).Stream();
        Assert.Equal(3, stream.Count);
        Assert.Equal([(1f, 0), (.2f, 1), (.4f, 1)], stream.Select(p => (p.X.ToArray<float>()[0], (int)p.Y.Item())));
        var shuffled = new ImageFolder(folder.Path, channels: 1).Stream(shuffle: 1).Batch(3);
        var orders = Enumerable.Range(0, 10).Select(e => string.Join(" ", shuffled.Epoch(e).Single().X.ToArray<float>().Where((_, i) => i % 6 == 0))).ToHashSet();
        Assert.True(orders.Count > 1);
    }

    [Fact]
    public void Pictures_of_different_sizes_do_not_load_together()
    {
        using var folder = Zoo();
        folder.Write("dog/c.png", Picture(1, height: 5));
        Assert.Contains("c.png: the picture is 3×5, but ", Assert.Throws<DataFileException>(() => new ImageFolder(folder.Path).Load()).Message);
        Assert.Equal(4, new ImageFolder(folder.Path).Stream().Count());
    }

    [Fact]
    public void Faults_name_the_file_or_folder()
    {
        using var folder = Zoo();
        folder.Write("dog/c.png", "no picture");
        Assert.Contains("c.png: not a PNG, JPEG", Assert.Throws<DataFileException>(() => new ImageFolder(folder.Path).Load()).Message);
        Assert.Contains("there is no such folder", Assert.Throws<DataFileException>(() => new ImageFolder("nowhere")).Message);
        using var empty = new TemporaryFolder();
        Assert.Contains("expected one folder a class", Assert.Throws<DataFileException>(() => new ImageFolder(empty.Path)).Message);
        Assert.Throws<ArgumentException>(() => new ImageFolder(folder.Path, channels: 2));
    }
}
