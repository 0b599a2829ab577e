using System.Numerics;
using Strata.Formats.Pickle;

namespace Strata.Formats.Arrays;

/// <summary>An array as its pickle makes it: empty first, then given its elements in row-major order.</summary>
sealed class PickledArray
{
    /// <summary>The elements; null as long as there are none, and of an array of numbers, whose elements are bytes.</summary>
    public List<object?>? Elements { get; set; }

    /// <summary>The elements as lists of integers.</summary>
    /// <param name="header">The shape that the file's header says.</param>
    /// <param name="most">How many numbers they may have together: a list may stand in many places of a short pickle.</param>
    /// <exception cref="FormatException">There are more or fewer elements than the header says, too many numbers, or something else.</exception>
    public int[][] ToLists(Shape header, long most)
    {
        if (Elements is null || Elements.Count != header.Size) throw new FormatException($"the pickle's array has {Elements?.Count ?? 0} objects, the header says {header}");
        var lists = new int[Elements.Count][];
        for (var i = 0; i < lists.Length; i++)
        {
            if (((Elements[i] as PickleTuple)?.Items ?? Elements[i] as IReadOnlyList<object?>) is not { } list)
                throw new FormatException($"element {i} is {What(Elements[i])}, expected a list of integers");
            if ((most -= list.Count) < 0) throw new FormatException("its lists have more numbers than a file of this length can hold: one list stands in too many places");
            lists[i] = Integers(list, i);
        }

        return lists;
    }

    static int[] Integers(IReadOnlyList<object?> list, int index)
    {
        var to = new int[list.Count];
        for (var i = 0; i < to.Length; i++)
            to[i] = list[i] is long and >= int.MinValue and <= int.MaxValue and var value
                ? (int)value
                : throw new FormatException($"element {index} is a list that holds {What(list[i])}, expected integers of 32 bits");
        return to;
    }

    static string What(object? value) => value switch
    {
        null => "None",
        bool truth => truth ? "True" : "False",
        long number => $"the number {number}",
        BigInteger => "a number of more than 64 bits",
        double number => $"the number {number}",
        string => "a text",
        byte[] => "bytes",
        List<object?> => "a list",
        PickleTuple => "a tuple",
        PickleDictionary => "a dictionary",
        PickledArray => "an array",
        _ => "something else",
    };
}
