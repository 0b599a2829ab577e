using Strata.Formats;
using Strata.Random;

namespace Strata.Data;

/// <summary>Ratings that users gave to items. The identifiers of users and items, whatever they are, become numbers 0, 1, 2, ….</summary>
/// <param name="Users">The users' identifiers.</param>
/// <param name="Items">The items' identifiers.</param>
/// <param name="UserOf">The user of each rating.</param>
/// <param name="ItemOf">The item of each rating.</param>
/// <param name="Scores">The ratings.</param>
public sealed record RatingSet(Vocabulary Users, Vocabulary Items, int[] UserOf, int[] ItemOf, float[] Scores)
{
    /// <summary>The number of ratings.</summary>
    public int Count => Scores.Length;

    /// <summary>The mean rating.</summary>
    public double Mean => Scores.Average(s => (double)s);

    /// <summary>What a model reads: users and items, int32 [count, 1] each.</summary>
    public Tensor[] Inputs => [Tensor.From(UserOf, [Count, 1]), Tensor.From(ItemOf, [Count, 1])];

    /// <summary>What it should say: float32 [count, 1].</summary>
    public Tensor Targets => Tensor.From(Scores, [Count, 1]);

    /// <summary>Every item for one user: what a model reads to say what the user would like.</summary>
    public Tensor[] AllItemsFor(int user) => [Tensor.Full([Items.Count, 1], user, DType.Int32), Tensor.Arange(Items.Count).Cast(DType.Int32).Reshape(Items.Count, 1)];

    /// <summary>Divides the ratings at random; users and items keep their numbers.</summary>
    /// <param name="share">The share of the first part, in [0, 1].</param>
    /// <param name="random">Whence.</param>
    public (RatingSet First, RatingSet Second) Split(double share, RandomStream random)
    {
        var order = Enumerable.Range(0, Count).ToArray();
        random.Shuffle<int>(order);
        var first = (int)Math.Round(Count * Math.Clamp(share, 0, 1));
        return (Those(order[..first]), Those(order[first..]));
    }

    /// <summary>√(Σ(r̂ − r)²/n) of predictions for these ratings.</summary>
    /// <exception cref="StrataException">There is not one for each, or none at all.</exception>
    public double RootMeanSquaredError(ReadOnlySpan<float> predictions) => Math.Sqrt(MeanOf(predictions, static e => e * e));

    /// <summary>Σ|r̂ − r|/n of predictions for these ratings.</summary>
    /// <exception cref="StrataException">There is not one for each, or none at all.</exception>
    public double MeanAbsoluteError(ReadOnlySpan<float> predictions) => MeanOf(predictions, Math.Abs);

    /// <summary>The items that a user has not rated here, the best first.</summary>
    /// <param name="user">The user's number.</param>
    /// <param name="scores">A score for each item.</param>
    /// <param name="count">How many.</param>
    public int[] Recommend(int user, ReadOnlySpan<float> scores, int count)
    {
        if (scores.Length != Items.Count) throw new StrataException($"RatingSet: there are {Items.Count} items, but {scores.Length} scores.");
        var known = Enumerable.Range(0, Count).Where(i => UserOf[i] == user).Select(i => ItemOf[i]).ToHashSet();
        var values = scores.ToArray();
        return [.. Enumerable.Range(0, values.Length).Where(i => !known.Contains(i)).OrderByDescending(i => values[i]).Take(count)];
    }

    /// <summary>Reads lines of a user, an item and a rating; what follows, such as the time, is passed over. The separator is found out from the first line:
    /// <c>::</c> (MovieLens 1M), a tab (MovieLens 100K), a comma (its later sets, with a line of names first) or spaces.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <exception cref="DataFileException">The file is missing, damaged or malformed; the message names the line.</exception>
    public static RatingSet Read(string path) => RatingFile.Read(path);

    RatingSet Those(int[] rows) => this with
    {
        UserOf = Array.ConvertAll(rows, i => UserOf[i]),
        ItemOf = Array.ConvertAll(rows, i => ItemOf[i]),
        Scores = Array.ConvertAll(rows, i => Scores[i]),
    };

    double MeanOf(ReadOnlySpan<float> predictions, Func<double, double> f)
    {
        if (predictions.Length != Count || Count == 0) throw new StrataException($"RatingSet: there are {Count} ratings, but {predictions.Length} predictions.");
        var sum = 0.0;
        for (var i = 0; i < Count; i++) sum += f((double)predictions[i] - Scores[i]);
        return sum / Count;
    }
}
