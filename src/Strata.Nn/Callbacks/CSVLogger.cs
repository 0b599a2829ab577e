using System.Globalization;

namespace Strata.Nn;

/// <summary>Writes the logs of each epoch as a line of a CSV file: <c>epoch</c> (from 0), then the logs by name in alphabetical order.</summary>
/// <param name="path">The file.</param>
/// <param name="separator">What stands between columns.</param>
/// <param name="append">Whether to go on in a file that exists; also done by a run that is taken up again.</param>
public sealed class CSVLogger(string path, string separator = ",", bool append = false) : Callback
{
    string[]? columns;

    /// <inheritdoc/>
    protected internal override void OnTrainBegin()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        var goesOn = (append || Run.History.Epochs.Count > 0) && File.Exists(path) && new FileInfo(path).Length > 0;
        columns = goesOn ? File.ReadLines(path).First().Split(separator)[1..] : null;
        if (!goesOn) File.WriteAllText(path, "");
    }

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(int epoch, Logs logs)
    {
        var lines = "";
        if (columns is null)
        {
            columns = [.. logs.Names.Order(StringComparer.Ordinal)];
            lines = string.Join(separator, (string[])["epoch", .. columns]) + "\n";
        }

        // Training that was stopped may lack numbers that other epochs have.
        var cells = columns.Select(name => logs.TryGet(name, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : "NA");
        File.AppendAllText(path, lines + string.Join(separator, (string[])[epoch.ToString(CultureInfo.InvariantCulture), .. cells]) + "\n");
    }
}
