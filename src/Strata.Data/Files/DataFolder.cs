using Strata.Formats;

namespace Strata.Data;

/// <summary>Finds the files of a data set, plain or gzip, in a folder or one that its archive unpacks to.</summary>
static class DataFolder
{
    /// <summary>The path of a file that may have several names; null if it is not there.</summary>
    public static string? Find(string directory, string subfolder, params ReadOnlySpan<string> names)
    {
        foreach (var folder in (ReadOnlySpan<string>)[directory, Path.Combine(directory, subfolder)])
        foreach (var name in names)
        foreach (var ending in (ReadOnlySpan<string>)["", ".gz"])
            if (File.Exists(Path.Combine(folder, name + ending))) return Path.Combine(folder, name + ending);
        return null;
    }

    /// <summary>The path of a data set's file that is read as it is, without gzip.</summary>
    /// <exception cref="DataFileException">It is not there.</exception>
    public static string Require(string directory, string dataset, string name, string from) => File.Exists(Path.Combine(directory, name))
        ? Path.Combine(directory, name)
        : throw new DataFileException(directory, $"{(Directory.Exists(directory) ? "" : "there is no such folder; ")}{dataset} needs {name} there; get it from {from}");

    /// <summary>The error that says which files of a data set are missing and where they belong.</summary>
    public static DataFileException Missing(string directory, string dataset, IEnumerable<string> names, string from) => new(
        directory,
        $"{(Directory.Exists(directory) ? "" : "there is no such folder; ")}{dataset} needs {string.Join(", ", names)} (or the same with .gz) there; get {(names.Count() == 1 ? "it" : "them")} from {from}");
}
