namespace Strata.Games.Shogi;

/// <summary>A board and start position for the rules of shogi, with the tables of its geometry.</summary>
public sealed class ShogiVariant
{
    ShogiVariant(string name, int size, int zone, string start)
    {
        (Name, Size, Zone, Start) = (name, size, zone, start);
        Steps = new sbyte[Directions.Count * size * size];
        for (var direction = 0; direction < Directions.Count; direction++)
        {
            var (dx, dy) = Directions.Offset(direction);
            for (var square = 0; square < size * size; square++)
            {
                int x = square % size + dx, y = square / size + dy;
                Steps[direction * size * size + square] = (sbyte)(x >= 0 && x < size && y >= 0 && y < size ? y * size + x : -1);
            }
        }
    }

    /// <summary>Shogi on 9×9.</summary>
    public static ShogiVariant Standard { get; } =
        new("shogi", 9, 3, "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1");

    /// <summary>Minishogi on 5×5: no lances or knights, promotion on the last rank; a repetition loses for the player who moved first.</summary>
    public static ShogiVariant Mini { get; } = new("minishogi", 5, 1, "rbsgk/4p/5/P4/KGSBR b - 1");

    /// <summary>The name by which the console knows it.</summary>
    public string Name { get; }

    /// <summary>Ranks and files of the board.</summary>
    public int Size { get; }

    /// <summary>How many ranks at the far end a piece may promote in.</summary>
    public int Zone { get; }

    /// <summary>The start position as SFEN.</summary>
    public string Start { get; }

    /// <summary>The square one step away, or −1 off the board: by direction · Size² + square.</summary>
    internal sbyte[] Steps { get; }
}
