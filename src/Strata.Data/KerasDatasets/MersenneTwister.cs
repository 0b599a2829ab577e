namespace Strata.Data;

/// <summary>The generator MT19937 (Matsumoto and Nishimura, "Mersenne Twister: A 623-dimensionally equidistributed uniform pseudorandom number generator",
/// 1998) with the seeding of its authors' version of 2002, and NumPy's old way of shuffling: what <c>numpy.random.RandomState(seed)</c> does, so that data
/// are divided as Keras divides them. Everything else draws from <see cref="Random.RandomStream"/>.</summary>
sealed class MersenneTwister
{
    const int N = 624, M = 397;
    const uint UpperMask = 0x8000_0000, LowerMask = 0x7FFF_FFFF, MatrixA = 0x9908_B0DF;

    readonly uint[] state = new uint[N];
    int next = N;

    public MersenneTwister(uint seed)
    {
        state[0] = seed;
        for (var i = 1; i < N; i++) state[i] = (1_812_433_253 * (state[i - 1] ^ (state[i - 1] >> 30))) + (uint)i;
    }

    /// <summary>The next 32 bits.</summary>
    public uint Next()
    {
        if (next == N) Twist();
        var y = state[next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C_5680;
        y ^= (y << 15) & 0xEFC6_0000;
        return y ^ (y >> 18);
    }

    /// <summary>A number uniform in 0 … <paramref name="most"/>: draws are masked to as many bits as it has, and those above it are passed over.</summary>
    public uint UpTo(uint most)
    {
        if (most == 0) return 0; // without a draw
        var mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(most);
        uint value;
        do value = Next() & mask;
        while (value > most);
        return value;
    }

    /// <summary>The numbers 0 … <paramref name="count"/> − 1 as <c>RandomState.shuffle</c> mixes them: Fisher and Yates's way, from the end.</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        for (var i = count - 1; i > 0; i--)
        {
            var j = (int)UpTo((uint)i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    void Twist()
    {
        for (var i = 0; i < N; i++)
        {
            var y = (state[i] & UpperMask) | (state[(i + 1) % N] & LowerMask);
            state[i] = state[(i + M) % N] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : MatrixA);
        }

        next = 0;
    }
}
