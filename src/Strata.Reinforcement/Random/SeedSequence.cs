namespace Strata.Reinforcement;

/// <summary>NumPy's way from a seed to the state of a generator: the seed's words are hashed into a pool of four, which are mixed with
/// each other and hashed again (after O'Neill's <c>seed_seq</c>).</summary>
static class SeedSequence
{
    const uint Mixed = 0xCA01F9DD, Subtracted = 0x4973F715;

    public static void Generate(long seed, Span<ulong> words)
    {
        Span<uint> pool = stackalloc uint[4];
        var hash = new Hash(0x43B0D7E5, 0x931E8875);
        pool[0] = hash.Of((uint)seed);
        pool[1] = hash.Of((uint)(seed >> 32));
        pool[2] = hash.Of(0);
        pool[3] = hash.Of(0);
        for (var from = 0; from < 4; from++)
            for (var to = 0; to < 4; to++)
                if (from != to) pool[to] = Mix(pool[to], hash.Of(pool[from]));

        hash = new Hash(0x8B51F9DD, 0x58F38DED);
        for (var i = 0; i < words.Length; i++)
        {
            var low = hash.Of(pool[2 * i % 4]);
            words[i] = low | ((ulong)hash.Of(pool[((2 * i) + 1) % 4]) << 32);
        }
    }

    static uint Mix(uint x, uint y)
    {
        var z = (Mixed * x) - (Subtracted * y);
        return z ^ (z >> 16);
    }

    struct Hash(uint constant, uint factor)
    {
        public uint Of(uint x)
        {
            x ^= constant;
            constant *= factor;
            x *= constant;
            return x ^ (x >> 16);
        }
    }
}
