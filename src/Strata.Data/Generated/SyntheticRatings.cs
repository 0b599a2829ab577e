using System.Globalization;
using Strata.Random;

namespace Strata.Data;

/// <summary>Ratings with planted factors: 3.5 + u·v + b + c + noise, rounded to halves and cut to 1 … 5. The factors u, v have 3 entries of deviation 0.7, the biases b
/// of users and c of items 0.5, the noise 0.4. Which items a user has rated is drawn without replacement; the item of rank r is as popular as 1/√r.</summary>
public static class SyntheticRatings
{
    const int Rank = 3;
    const double Mean = 3.5, FactorDeviation = 0.7, BiasDeviation = 0.5, NoiseDeviation = 0.4;

    /// <summary>Draws ratings.</summary>
    /// <param name="random">Whence.</param>
    /// <param name="users">Users.</param>
    /// <param name="items">Items, the most popular first.</param>
    /// <param name="observed">The share of all pairs that are rated, in (0, 1].</param>
    public static RatingSet Draw(RandomStream random, int users = 400, int items = 300, double observed = 0.15)
    {
        if (users < 1 || items < 1 || observed is not (> 0 and <= 1))
            throw new StrataException($"SyntheticRatings: {users} users, {items} items and a share of {observed.ToString(CultureInfo.InvariantCulture)} were asked for; there must be 1 of both at least, and the share in (0, 1].");
        var (u, v) = (Normal(users * Rank, FactorDeviation), Normal(items * Rank, FactorDeviation));
        var (b, c, noise) = (Normal(users, BiasDeviation), Normal(items, BiasDeviation), Normal(users * items, NoiseDeviation));
        // The smallest of exponential times with the popularities as rates are a weighted draw without replacement (Efraimidis and Spirakis 2006).
        var times = random.Uniform([users, items]).ToArray<float>();
        for (var i = 0; i < times.Length; i++) times[i] = -MathF.Log(1 - times[i]) * MathF.Sqrt(1 + (i % items));
        var pairs = Enumerable.Range(0, times.Length).ToArray();
        Array.Sort(times, pairs);
        pairs = pairs[..(int)Math.Round(observed * pairs.Length)];
        random.Shuffle<int>(pairs);
        return new(Names("user", users), Names("item", items), Array.ConvertAll(pairs, p => p / items), Array.ConvertAll(pairs, p => p % items), Array.ConvertAll(pairs, Score));

        float Score(int pair)
        {
            var (user, item) = (pair / items, pair % items);
            var score = Mean + b[user] + c[item] + noise[pair];
            for (var k = 0; k < Rank; k++) score += u[(user * Rank) + k] * v[(item * Rank) + k];
            return (float)Math.Clamp(Math.Round(score * 2) / 2, 1, 5);
        }

        float[] Normal(int count, double deviation) => random.Normal([count], deviation: deviation).ToArray<float>();
    }

    static Vocabulary Names(string what, int count) => new(Enumerable.Range(0, count).Select(i => $"{what}{i}"));
}
