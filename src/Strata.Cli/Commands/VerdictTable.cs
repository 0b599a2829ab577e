using System.Globalization;
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
                new Text(Number(v.Measured)),
                new Text(v.Claim.Bound.ToString()),
                new Text(v.Claim.Control is { } c ? $"{c.Name}: {Number(v.Control!.Value)} (worse by ≥ {Number(c.Margin)})" : "–"),
                new Text(v.Kept ? "holds" : "FAILS", new Style(v.Kept ? Color.Green : Color.Red)));
        return table;
    }

    public static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
