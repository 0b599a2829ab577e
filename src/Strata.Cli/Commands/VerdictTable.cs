using Spectre.Console;
using Strata.Gallery;

namespace Strata.Cli.Commands;

/// <summary>Decided claims as a table.</summary>
internal static class VerdictTable
{
    public static Table Of(IEnumerable<Verdict> verdicts)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("claim", "measured", "bound", "control", "verdict");
        foreach (var v in verdicts)
            table.AddRow(
                new Text(v.Claim.Sentence),
                new Text(v.MeasuredText),
                new Text(v.Claim.Bound.ToString()),
                new Text(v.ControlText),
                new Text(v.Kept ? "holds" : "FAILS", new Style(v.Kept ? Color.Green : Color.Red)));
        return table;
    }
}
