namespace Strata.Formats.Tests;

public sealed class OpenedFileTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("strata").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_is_replaced_and_its_folder_made()
    {
        var path = Path.Combine(folder, "a", "b.txt");
        OpenedFile.ReplaceText(path, "one");
        OpenedFile.ReplaceText(path, "zwei ü");
        Assert.Equal("zwei ü", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void After_a_failure_the_old_file_is_whole_and_nothing_else_is_left()
    {
        var path = Path.Combine(folder, "b.txt");
        OpenedFile.ReplaceText(path, "old");
        Assert.Throws<InvalidOperationException>(() => OpenedFile.Replace(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder));
    }
}
