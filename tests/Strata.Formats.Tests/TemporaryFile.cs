namespace Strata.Formats.Tests;

/// <summary>A path for a file that is gone when the test ends.</summary>
sealed class TemporaryFile : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("strata-");

    public TemporaryFile(string name) => Path = System.IO.Path.Combine(folder.FullName, name);

    public string Path { get; }

    /// <summary>The names of all files beside it, its own among them.</summary>
    public string[] Folder => [.. folder.GetFiles().Select(f => f.Name)];

    public void Dispose() => folder.Delete(recursive: true);
}
