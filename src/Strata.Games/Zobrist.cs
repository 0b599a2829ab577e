namespace Strata.Games;

/// <summary>Random keys whose exclusive or names a position (Zobrist 1970), the same on every machine and in every run.</summary>
static class Zobrist
{
    /// <summary><paramref name="count"/> keys of the SplitMix64 sequence that starts at <paramref name="seed"/>.</summary>
    public static ulong[] Keys(int count, ulong seed)
    {
        var keys = new ulong[count];
        for (var i = 0; i < count; i++)
        {
            seed += 0x9E3779B97F4A7C15;
            var z = seed;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            keys[i] = z ^ (z >> 31);
        }

        return keys;
    }
}
