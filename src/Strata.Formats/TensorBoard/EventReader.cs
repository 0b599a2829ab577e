namespace Strata.Formats.TensorBoard;

/// <summary>Reads TensorBoard's event files.</summary>
public static class EventReader
{
    /// <summary>The summaries of a file, in its order; every checksum is verified. Summaries of other kinds (audio, graphs, tensors that
    /// are not texts) are passed over.</summary>
    /// <param name="path">The file.</param>
    /// <param name="allowCutEnd">Whether a last record that is not whole, as in the file of a run that still goes on or was killed, is
    /// left out.</param>
    /// <exception cref="DataFileException">The file is missing, truncated, damaged, or no event file.</exception>
    public static IReadOnlyList<Summary> Read(string path, bool allowCutEnd = false)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Read(stream, allowCutEnd);
        }
        catch (FormatException e)
        {
            throw new DataFileException(path, e.Message, e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException(path, "there is no such file", e);
        }
    }

    internal static List<Summary> Read(Stream stream, bool allowCutEnd)
    {
        List<Summary> all = [];
        var first = true;
        foreach (var record in RecordFile.Read(stream, allowCutEnd))
        {
            var (version, summaries) = EventMessages.Parse(record);
            if (first && version != EventMessages.Version)
                throw new FormatException($"not an event file: its first record says version '{version}', expected '{EventMessages.Version}'");
            first = false;
            all.AddRange(summaries);
        }

        return all;
    }
}
