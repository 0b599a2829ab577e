namespace Strata.Formats.Tests;

public sealed class AtomicFileTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("strata").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_is_replaced_and_its_folder_made()
    {
        var path = Path.Combine(folder, "a", "b.txt");
        AtomicFile.WriteText(path, "one");
        AtomicFile.WriteText(path, "zwei ü");
        Assert.Equal("zwei ü", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void After_a_failure_the_old_file_is_whole_and_nothing_else_is_left()
    {
        var path = Path.Combine(folder, "b.txt");
        AtomicFile.WriteText(path, "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder));
    }
}
