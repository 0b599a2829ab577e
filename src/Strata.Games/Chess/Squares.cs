namespace Strata.Games.Chess;

/// <summary>The names of the squares, a1 = 0 … h8 = 63.</summary>
static class Squares
{
    public const int None = -1;

    public static string Name(int square) => $"{(char)('a' + (square & 7))}{(char)('1' + (square >> 3))}";

    /// <summary>The square of a name such as <c>e4</c>, or <see cref="None"/>.</summary>
    public static int Parse(ReadOnlySpan<char> name) =>
        name is [>= 'a' and <= 'h', >= '1' and <= '8'] ? name[0] - 'a' + ((name[1] - '1') << 3) : None;
}
