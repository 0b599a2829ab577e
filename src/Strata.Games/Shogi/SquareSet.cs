using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Games.Shogi;

/// <summary>A set of up to 81 squares in two words.</summary>
readonly record struct SquareSet(ulong Low, ulong High)
{
    public static SquareSet Of(int square) => square < 64 ? new(1UL << square, 0) : new(0, 1UL << (square - 64));

    public bool IsEmpty => (Low | High) == 0;

    /// <summary>The first square of a set that is not empty.</summary>
    public int First => Low != 0 ? BitOperations.TrailingZeroCount(Low) : 64 + BitOperations.TrailingZeroCount(High);

    public SquareSet WithoutFirst => Low != 0 ? new(Low & (Low - 1), High) : new(0, High & (High - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(int square) => ((square < 64 ? Low >> square : High >> (square - 64)) & 1) != 0;

    public static SquareSet operator |(SquareSet a, SquareSet b) => new(a.Low | b.Low, a.High | b.High);

    public static SquareSet operator &(SquareSet a, SquareSet b) => new(a.Low & b.Low, a.High & b.High);

    public static SquareSet operator ^(SquareSet a, SquareSet b) => new(a.Low ^ b.Low, a.High ^ b.High);

    public static SquareSet operator ~(SquareSet a) => new(~a.Low, ~a.High);
}
