namespace Strata.Games;

/// <summary>The eight symmetries of a square board: bit 0 mirrors columns, bit 1 mirrors rows, bit 2 then swaps rows and columns.</summary>
static class Dihedral
{
    public const int Count = 8;

    public static int Square(int symmetry, int square, int size)
    {
        var (row, column) = (square / size, square % size);
        if ((symmetry & 1) != 0) column = size - 1 - column;
        if ((symmetry & 2) != 0) row = size - 1 - row;
        return (symmetry & 4) != 0 ? column * size + row : row * size + column;
    }
}
