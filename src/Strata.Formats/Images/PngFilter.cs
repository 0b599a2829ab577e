using System.Numerics;

namespace Strata.Formats.Images;

/// <summary>The five row filters of PNG (PNG specification, section 9). x is the byte, a the one a pixel to the left, b the one above, c the one
/// above a; all sums are modulo 256 and bytes beyond the edge are 0.</summary>
static class PngFilter
{
    public const int None = 0, Sub = 1, Up = 2, Average = 3, Paeth = 4, Count = 5;

    /// <summary>Turns a filtered row into the row itself, in place. <paramref name="above"/> is the finished row above, as long, or zeros.</summary>
    /// <returns>False if PNG has no such filter.</returns>
    public static bool Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int stride)
    {
        above = above[..row.Length];
        switch (filter)
        {
            case None:
                return true;
            case Sub:
                for (var i = stride; i < row.Length; i++) row[i] += row[i - stride];
                return true;
            case Up:
                var width = Vector<byte>.Count;
                var done = 0;
                for (; done <= row.Length - width; done += width)
                    (new Vector<byte>(row[done..]) + new Vector<byte>(above[done..])).CopyTo(row[done..]);
                for (; done < row.Length; done++) row[done] += above[done];
                return true;
            case Average:
                for (var i = 0; i < Math.Min(stride, row.Length); i++) row[i] += (byte)(above[i] >> 1);
                for (var i = stride; i < row.Length; i++) row[i] += (byte)((row[i - stride] + above[i]) >> 1);
                return true;
            case Paeth:
                for (var i = 0; i < Math.Min(stride, row.Length); i++) row[i] += above[i]; // a = c = 0: the predictor is b
                for (var i = stride; i < row.Length; i++) row[i] += Predict(row[i - stride], above[i], above[i - stride]);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes the filtered form of a row to <paramref name="to"/>, which is as long.</summary>
    public static void Apply(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int stride, Span<byte> to)
    {
        above = above[..row.Length];
        to = to[..row.Length];
        row.CopyTo(to);
        var first = Math.Min(stride, row.Length); // these have no pixel to the left: a = c = 0
        switch (filter)
        {
            case Sub:
                for (var i = first; i < row.Length; i++) to[i] -= row[i - stride];
                break;
            case Up:
                for (var i = 0; i < row.Length; i++) to[i] -= above[i];
                break;
            case Average:
                for (var i = 0; i < first; i++) to[i] -= (byte)(above[i] >> 1);
                for (var i = first; i < row.Length; i++) to[i] -= (byte)((row[i - stride] + above[i]) >> 1);
                break;
            case Paeth:
                for (var i = 0; i < first; i++) to[i] -= above[i];
                for (var i = first; i < row.Length; i++) to[i] -= Predict(row[i - stride], above[i], above[i - stride]);
                break;
        }
    }

    /// <summary>The neighbour that lies nearest to a + b − c; a before b before c on a tie.</summary>
    static byte Predict(int a, int b, int c)
    {
        int toA = Math.Abs(b - c), toB = Math.Abs(a - c), toC = Math.Abs(a + b - c - c);
        return (byte)(toA <= toB && toA <= toC ? a : toB <= toC ? b : c);
    }
}
