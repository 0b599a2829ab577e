using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Strata.Reinforcement.Search;

/// <summary>What selection reads of eight moves that were tried, side by side: 128 bytes.</summary>
struct MoveGroup
{
    /// <summary>How many moves.</summary>
    public const int Size = 8;

    /// <summary>P(s, a).</summary>
    public Vector256<float> Priors;

    /// <summary>Q(s, a) as selection sees it: simulations under way are lost, and what is proven is known. −∞ where there is no move.</summary>
    public Vector256<float> Values;

    /// <summary>N(s, a), simulations under way among them.</summary>
    public Vector256<float> Counts;

    /// <summary>The nodes that the moves lead to.</summary>
    public Vector256<int> Targets;

    /// <summary>Eight places without moves.</summary>
    public static MoveGroup Empty => new() { Values = Vector256.Create(float.NegativeInfinity) };

    /// <summary>Groups that hold so many moves.</summary>
    public static int For(int moves) => (moves + Size - 1) / Size;

    /// <summary>The largest of some numbers and where it is, of equal ones the first: eight numbers a <see cref="See"/>.</summary>
    public struct Largest()
    {
        Vector256<float> numbers = Vector256.Create(float.NegativeInfinity);
        Vector256<int> places = Vector256<int>.Indices;

        /// <summary>Where the largest of some numbers is; −1 if there are none.</summary>
        public static int Of(ReadOnlySpan<float> numbers)
        {
            if (numbers.Length < Size)
            {
                var best = numbers.Length - 1;
                for (var i = best - 1; i >= 0; i--)
                    if (numbers[i] >= numbers[best]) best = i;
                return best;
            }

            var largest = new Largest();
            ref var first = ref MemoryMarshal.GetReference(numbers);
            for (var i = 0; i < numbers.Length; i += Size)
            {
                var at = Math.Min(i, numbers.Length - Size); // the last eight may have been seen in part
                largest.See(Vector256.LoadUnsafe(ref first, (nuint)at), at);
            }

            return largest.Found().Place;
        }

        /// <summary>The largest of eight numbers.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Of(Vector256<float> eight)
        {
            var half = Vector128.MaxNative(eight.GetLower(), eight.GetUpper());
            half = Vector128.MaxNative(half, Vector128.Shuffle(half, Vector128.Create(2, 3, 0, 1)));
            return Vector128.MaxNative(half, Vector128.Shuffle(half, Vector128.Create(1, 0, 3, 2))).ToScalar();
        }

        /// <summary>Looks at eight numbers.</summary>
        /// <param name="eight">The numbers; what is not a number is left out.</param>
        /// <param name="at">The place of the first.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void See(Vector256<float> eight, int at)
        {
            var greater = Vector256.GreaterThan(eight, numbers);
            numbers = Vector256.ConditionalSelect(greater, eight, numbers);
            places = Vector256.ConditionalSelect(greater.AsInt32(), Vector256.Create(at) + Vector256<int>.Indices, places);
        }

        /// <summary>What was found.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly (float Number, int Place) Found()
        {
            var largest = Of(numbers);
            var least = int.MaxValue;
            for (var lanes = Vector256.Equals(numbers, Vector256.Create(largest)).ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
                least = Math.Min(least, places.GetElement(BitOperations.TrailingZeroCount(lanes)));
            return (largest, least);
        }
    }
}
