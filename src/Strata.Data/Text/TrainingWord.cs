namespace Strata.Data;

/// <summary>A word of a training corpus as the pieces that it consists of so far, and how often it occurs.</summary>
internal sealed class TrainingWord(List<string> pieces, int count)
{
    public List<string> Pieces { get; set; } = pieces;

    public int Count => count;

    /// <summary>The pieces with a pair joined wherever it stands, from the left.</summary>
    public static List<string> Merged(List<string> pieces, (string Left, string Right) pair, string joined)
    {
        var merged = new List<string>(pieces.Count);
        for (var i = 0; i < pieces.Count; i++)
        {
            if (i + 1 < pieces.Count && pieces[i] == pair.Left && pieces[i + 1] == pair.Right)
            {
                merged.Add(joined);
                i++;
            }
            else
            {
                merged.Add(pieces[i]);
            }
        }

        return merged;
    }
}
