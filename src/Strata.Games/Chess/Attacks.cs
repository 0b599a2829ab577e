using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Games.Chess;

/// <summary>The squares a piece attacks, as sets of 64 bits. Sliding pieces use the obstruction difference of each line
/// (M. Hoffmann, 2013): about ten instructions a line and 6 KiB of masks, no magic numbers to search and no large tables to miss in the cache.</summary>
static class Attacks
{
    const ulong NotFileA = 0xFEFEFEFEFEFEFEFE, NotFileH = 0x7F7F7F7F7F7F7F7F;

    /// <summary>A line through a square without the square itself: the part below it, the part above it, in bit order.</summary>
    readonly struct Line(ulong lower, ulong upper)
    {
        readonly ulong lower = lower, upper = upper, whole = lower | upper;

        /// <summary>From the nearest blocker below up to the nearest blocker above, both included.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong Seen(ulong occupied)
        {
            var below = ulong.MaxValue << (63 - BitOperations.LeadingZeroCount((lower & occupied) | 1));
            var above = upper & occupied;
            var nearest = above & (0 - above);
            return whole & (2 * nearest + below);
        }
    }

    static readonly ulong[] knight = Steps((1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2));
    static readonly ulong[] king = Steps((1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1));
    static readonly Line[] ranks = Lines(1, 0), files = Lines(0, 1), diagonals = Lines(1, 1), antidiagonals = Lines(-1, 1);
    static readonly ulong[] between = new ulong[64 * 64], through = new ulong[64 * 64];

    static Attacks()
    {
        for (var a = 0; a < 64; a++)
        {
            for (var b = 0; b < 64; b++)
            {
                ulong bitA = 1UL << a, bitB = 1UL << b;
                if (a == b) continue;
                if ((Rook(a, 0) & bitB) != 0)
                {
                    between[a * 64 + b] = Rook(a, bitB) & Rook(b, bitA);
                    through[a * 64 + b] = (Rook(a, 0) & Rook(b, 0)) | bitA | bitB;
                }
                else if ((Bishop(a, 0) & bitB) != 0)
                {
                    between[a * 64 + b] = Bishop(a, bitB) & Bishop(b, bitA);
                    through[a * 64 + b] = (Bishop(a, 0) & Bishop(b, 0)) | bitA | bitB;
                }
            }
        }
    }

    public static ulong Knight(int square) => knight[square];

    public static ulong King(int square) => king[square];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Rook(int square, ulong occupied) => ranks[square].Seen(occupied) | files[square].Seen(occupied);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bishop(int square, ulong occupied) => diagonals[square].Seen(occupied) | antidiagonals[square].Seen(occupied);

    /// <summary>The squares strictly between two squares of one line; none if they share no line.</summary>
    public static ulong Between(int a, int b) => between[a * 64 + b];

    /// <summary>The whole line through two squares, both included; none if they share no line.</summary>
    public static ulong Through(int a, int b) => through[a * 64 + b];

    /// <summary>The squares that the pawns of a color (0 white, 1 black) attack toward the h-file.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PawnsEast(ulong pawns, int color) => color == 0 ? (pawns & NotFileH) << 9 : (pawns & NotFileH) >> 7;

    /// <summary>The squares that the pawns of a color attack toward the a-file.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PawnsWest(ulong pawns, int color) => color == 0 ? (pawns & NotFileA) << 7 : (pawns & NotFileA) >> 9;

    public static ulong Pawns(ulong pawns, int color) => PawnsEast(pawns, color) | PawnsWest(pawns, color);

    static ulong[] Steps(params (int File, int Rank)[] steps)
    {
        var table = new ulong[64];
        for (var square = 0; square < 64; square++)
            foreach (var (file, rank) in steps) table[square] |= Bit((square & 7) + file, (square >> 3) + rank);
        return table;
    }

    static Line[] Lines(int file, int rank)
    {
        var table = new Line[64];
        for (var square = 0; square < 64; square++)
        {
            ulong lower = 0, upper = 0;
            for (var i = -7; i <= 7; i++)
            {
                var bit = i == 0 ? 0 : Bit((square & 7) + i * file, (square >> 3) + i * rank);
                if (bit < 1UL << square) lower |= bit;
                else upper |= bit;
            }

            table[square] = new Line(lower, upper);
        }

        return table;
    }

    static ulong Bit(int file, int rank) => (file | rank) is >= 0 and < 8 ? 1UL << (file + 8 * rank) : 0;
}
