using System.Globalization;

namespace Strata.Games.Go;

/// <summary>The names of points: a letter (without I) for the column and a number for the row, <c>A1</c> at the lower left.</summary>
static class GoPoint
{
    const string Letters = "ABCDEFGHJKLMNOPQRSTUVWXYZ";

    public static string Name(int point, int size) =>
        string.Create(CultureInfo.InvariantCulture, $"{Letters[point % size]}{point / size + 1}");

    /// <summary>Reads a name in either case; false if it is malformed or off the board.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, int size, out int point)
    {
        point = 0;
        if (name.Length is < 2 or > 3 || !int.TryParse(name[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var row)) return false;
        var column = Letters.IndexOf(char.ToUpperInvariant(name[0]));
        if (column < 0 || column >= size || row < 1 || row > size) return false;
        point = (row - 1) * size + column;
        return true;
    }
}
