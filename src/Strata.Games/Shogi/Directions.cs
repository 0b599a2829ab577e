namespace Strata.Games.Shogi;

/// <summary>Twelve directions seen from black, who plays up the board: eight neighbors clockwise from straight up, then the knights' jumps
/// up and down. The direction opposite to one of the first eight is 4 further; a jump's opposite is 2 further.</summary>
static class Directions
{
    public const int Count = 12, Lines = 8;
    const int N = 1, NE = 2, E = 4, SE = 8, S = 16, SW = 32, W = 64, NW = 128, Jumps = 3 << 8;

    static readonly (int X, int Y)[] offsets =
        [(0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (1, -2), (-1, -2), (-1, 2), (1, 2)];

    // By piece code = kind | color << 4: the directions of one step (or jump), and those of a slide.
    static readonly ushort[] steps = Build(
    [
        0, N, 0, Jumps, NW | N | NE | SW | SE, 0, 0, Gold, N | NE | E | SE | S | SW | W | NW, Gold, Gold, Gold, Gold, N | E | S | W, NE | SE | SW | NW,
    ]);

    static readonly ushort[] slides = Build([0, 0, N, 0, 0, NE | SE | SW | NW, N | E | S | W, 0, 0, 0, 0, 0, 0, NE | SE | SW | NW, N | E | S | W]);

    const int Gold = NW | N | NE | W | E | S;

    public static (int X, int Y) Offset(int direction) => offsets[direction];

    public static int Opposite(int direction) => direction < Lines ? direction ^ 4 : direction ^ 2;

    /// <summary>Bit set of the directions in which a piece makes one step.</summary>
    public static int Steps(int code) => steps[code];

    /// <summary>Bit set of the directions in which a piece slides.</summary>
    public static int Slides(int code) => slides[code];

    static ushort[] Build(int[] black)
    {
        var table = new ushort[32];
        for (var kind = 0; kind < black.Length; kind++)
        {
            table[kind] = (ushort)black[kind];
            for (var direction = 0; direction < Count; direction++)
                if ((black[kind] >> direction & 1) != 0) table[16 + kind] |= (ushort)(1 << Opposite(direction));
        }

        return table;
    }
}
