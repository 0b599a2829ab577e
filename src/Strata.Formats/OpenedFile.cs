using System.Text;

namespace Strata.Formats;

/// <summary>Opening, reading and replacing files with the errors of this library.</summary>
static class OpenedFile
{
    /// <exception cref="DataFileException">There is no such file, or it cannot be opened.</exception>
    public static FileStream Read(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException(path, "there is no such file", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new DataFileException(path, $"the file cannot be opened ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>All bytes of a file.</summary>
    /// <exception cref="DataFileException">There is no such file, it cannot be opened, or it is larger than an array.</exception>
    public static byte[] ReadAll(string path)
    {
        using var file = Read(path);
        if (file.Length > Array.MaxLength) throw new DataFileException(path, $"the file has {file.Length} bytes, more than the limit of {Array.MaxLength}");
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }

    /// <summary>Writes a file beside its place and then moves it there: whoever reads the path sees the old file or the whole new one.</summary>
    public static void Replace(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.tmp";
        try
        {
            using (var to = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(to);
                to.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Replaces a file by a text in UTF-8, as <see cref="Replace"/> does; its folder is made.</summary>
    public static void ReplaceText(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        Replace(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }
}
