using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Data;

/// <summary>Numbers words without a vocabulary: by a hash, so that two words may share an index.</summary>
public static class HashingTrick
{
    /// <summary>The index of each word of a text in 1 … n − 1: the MD5 hash of the word in UTF-8 as an integer, modulo n − 1, plus 1. The same on every machine.</summary>
    /// <param name="text">The text.</param>
    /// <param name="n">One more than there are indices; at least 2.</param>
    /// <param name="filters">Characters that are taken for separators.</param>
    /// <param name="lower">Whether the text is read in lower case.</param>
    /// <param name="split">What separates words.</param>
    public static int[] Of(string text, int n, string filters = Tokenizer.DefaultFilters, bool lower = true, string split = " ") => n >= 2
        ? Array.ConvertAll(Tokenizer.TextToWordSequence(text, filters, lower, split), word => Index(word, n))
        : throw new ArgumentOutOfRangeException(nameof(n), n, "HashingTrick: n must be at least 2.");

    // MD5 is no protection here, only a hash that everybody computes alike.
    static int Index(string word, int n) => (int)(new BigInteger(MD5.HashData(Encoding.UTF8.GetBytes(word)), isUnsigned: true, isBigEndian: true) % (n - 1)) + 1;
}
