using System.Runtime.Intrinsics;

namespace Strata.Gallery.Language.Embeddings;

/// <summary>The inner loop of word2vec: a step of logistic regression on a few rows of the output vectors. Negative sampling and hierarchical softmax differ only in
/// which rows these are and what is to be said of them.</summary>
internal static unsafe class LogisticRows
{
    /// <summary>With g_k = α(t_k − σ(v′_k·h)):  e = Σ_k g_k v′_k,  then v′_k += g_k h.</summary>
    /// <param name="h">The hidden vector; as all vectors here of <paramref name="width"/> numbers, a multiple of 16, at a multiple of 64 bytes.</param>
    /// <param name="rows">The output vectors v′_k.</param>
    /// <param name="targets">t_k: 1 or 0.</param>
    /// <param name="g">Room for g_k: <paramref name="count"/> numbers rounded up to 16.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="width">The length of a vector.</param>
    /// <param name="rate">α.</param>
    /// <param name="e">The change of h, which the caller adds to whatever h was made of.</param>
    public static void Step(float* h, float** rows, float* targets, float* g, int count, int width, float rate, float* e)
    {
        for (var k = 0; k < count; k++) g[k] = Dot(h, rows[k], width);
        for (var k = 0; k < count; k += Vector512<float>.Count)
            ((Vector512.Load(targets + k) - Sigmoid(Vector512.Load(g + k))) * rate).Store(g + k);
        // A block of all rows at a time, so that e stays in a register.
        for (var j = 0; j < width; j += Vector512<float>.Count)
        {
            var (x, sum) = (Vector512.LoadAligned(h + j), Vector512<float>.Zero);
            for (var k = 0; k < count; k++)
            {
                var (row, change) = (Vector512.LoadAligned(rows[k] + j), Vector512.Create(g[k]));
                sum = Vector512.FusedMultiplyAdd(change, row, sum);
                Vector512.FusedMultiplyAdd(change, x, row).StoreAligned(rows[k] + j);
            }

            sum.StoreAligned(e + j);
        }
    }

    /// <summary>to += x.</summary>
    public static void Add(float* to, float* x, int width)
    {
        for (var j = 0; j < width; j += Vector512<float>.Count) (Vector512.LoadAligned(to + j) + Vector512.LoadAligned(x + j)).StoreAligned(to + j);
    }

    /// <summary>x *= factor.</summary>
    public static void Scale(float* x, float factor, int width)
    {
        for (var j = 0; j < width; j += Vector512<float>.Count) (Vector512.LoadAligned(x + j) * factor).StoreAligned(x + j);
    }

    static float Dot(float* x, float* y, int width)
    {
        var (even, odd) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var j = 0;
        for (; j + 32 <= width; j += 32)
        {
            even = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(x + j), Vector512.LoadAligned(y + j), even);
            odd = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(x + j + 16), Vector512.LoadAligned(y + j + 16), odd);
        }

        if (j < width) even = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(x + j), Vector512.LoadAligned(y + j), even);
        return Vector512.Sum(even + odd);
    }

    // 1/(1 + e⁻ˣ), to 2⁻²²: e⁻ˣ = 2ⁿ·2ᶠ with n whole and |f| ≤ ½, and 2ᶠ by its series. The program looks it up in a table of 1,000 steps and stops learning beyond ±6.
    static Vector512<float> Sigmoid(Vector512<float> x)
    {
        const float Log2E = 1.44269504f;
        var t = Vector512.Clamp(x * -Log2E, Vector512.Create(-120f), Vector512.Create(120f));
        var n = Vector512.Round(t);
        var f = t - n;
        var power = Vector512.Create(1.5403531e-4f); // (ln 2)ᵏ/k! for k = 6 … 0
        power = Vector512.FusedMultiplyAdd(power, f, Vector512.Create(1.3333558e-3f));
        power = Vector512.FusedMultiplyAdd(power, f, Vector512.Create(9.6181291e-3f));
        power = Vector512.FusedMultiplyAdd(power, f, Vector512.Create(5.5504109e-2f));
        power = Vector512.FusedMultiplyAdd(power, f, Vector512.Create(2.4022651e-1f));
        power = Vector512.FusedMultiplyAdd(power, f, Vector512.Create(6.9314718e-1f));
        power = Vector512.FusedMultiplyAdd(power, f, Vector512<float>.One);
        var scale = ((Vector512.ConvertToInt32(n) + Vector512.Create(127)) << 23).AsSingle(); // 2ⁿ
        return Vector512<float>.One / (Vector512<float>.One + (power * scale));
    }
}
