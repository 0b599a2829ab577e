using Strata.Formats;
using Strata.Random;

namespace Strata.Data.Tests.Ratings;

public sealed class RatingSetTests
{
    [Theory]
    [InlineData("196\t242\t3\t881250949\n196\t302\t3.5\t0\n22\t242\t1\t0\n")]
    [InlineData("196::242::3::881250949\n196::302::3.5::0\n22::242::1::0\n")]
    [InlineData("userId,movieId,rating,timestamp\r\n196,242,3.0,881250949\r\n196,302,3.5,0\r\n22,242,1,0\r\n")]
    [InlineData("196 242 3\n\n196  302 3.5\n22 242 1")]
    public void Ratings_are_read_whatever_stands_between_them(string text)
    {
        using var folder = new TemporaryFolder();
        var ratings = RatingSet.Read(folder.Write("ratings", text));
        Assert.Equal(["196", "22"], ratings.Users.Decode([0, 1]));
        Assert.Equal(["242", "302"], ratings.Items.Decode([0, 1]));
        Assert.Equal([0, 0, 1], ratings.UserOf);
        Assert.Equal([0, 1, 0], ratings.ItemOf);
        Assert.Equal([3, 3.5f, 1], ratings.Scores);
        Assert.Equal(2.5, ratings.Mean);
    }

    [Theory]
    [InlineData("", "there are no ratings in it")]
    [InlineData("userId,movieId,rating\n", "there are no ratings in it")]
    [InlineData("1 2\n", "line 1 has 2 cells, expected user, item and rating")]
    [InlineData("1 2 3\n4\t5\t6\n", "line 2 has 1 cells, expected user, item and rating")]
    [InlineData("1 2 3\n1 2 x\n", "line 2: the rating 'x' is not a number")]
    [InlineData("1 2 3\n1 2 1e99\n", "line 2: the rating '1e99' is not a number")]
    [InlineData("123\n", "line 1 has one cell, expected user, item and rating with '::', a tab, a comma or a space between them")]
    public void Damaged_files_are_refused_with_a_reason(string text, string reason)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("ratings", text);
        Assert.Equal($"{path}: {reason}.", Assert.Throws<DataFileException>(() => RatingSet.Read(path)).Message);
    }

    [Theory]
    [InlineData("u.data", "1\t2\t3\t4\n")]
    [InlineData("ml-1m/ratings.dat", "1::2::3::4\n")]
    [InlineData("ml-latest-small/ratings.csv", "userId,movieId,rating,timestamp\n1,2,3,4\n")]
    public void The_files_of_MovieLens_are_found(string name, string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write(name, text);
        Assert.Equal(3, MovieLens.Load(folder.Path).Scores.Single());
    }

    [Fact]
    public void Missing_files_are_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(
            $"{folder.Path}: MovieLens needs u.data, ratings.dat or ratings.csv there; get ml-100k.zip, ml-1m.zip or ml-latest-small.zip from grouplens.org/datasets/movielens.",
            Assert.Throws<DataFileException>(() => MovieLens.Load(folder.Path)).Message);
    }

    [Fact]
    public void A_split_keeps_every_rating_once()
    {
        var all = SyntheticRatings.Draw(new RandomStream(1), users: 20, items: 10, observed: 0.5);
        var (first, second) = all.Split(0.8, new RandomStream(2));
        Assert.Equal((80, 20), (first.Count, second.Count));
        static IEnumerable<(int, int, float)> Rows(RatingSet r) => r.UserOf.Zip(r.ItemOf, r.Scores);
        Assert.Equal(Rows(all).Order(), Rows(first).Concat(Rows(second)).Order());
        Assert.Equal(all.Users, second.Users);
    }

    [Fact]
    public void Errors_and_recommendations_have_their_hand_values()
    {
        var ratings = new RatingSet(new Vocabulary(["u", "v"]), new Vocabulary(["a", "b", "c", "d"]), [0, 0, 1], [0, 2, 3], [1, 2, 5]);
        Assert.Equal(Math.Sqrt((1 + 0 + 4) / 3.0), ratings.RootMeanSquaredError([2, 2, 3]), 1e-6);
        Assert.Equal(1, ratings.MeanAbsoluteError([2, 2, 3]), 1e-6);
        Assert.Equal([3, 1], ratings.Recommend(0, [9, 1, 8, 2], 5)); // a and c are known
        Assert.Equal([0, 2], ratings.Recommend(1, [9, 1, 8, 10], 2));
        Assert.Equal("RatingSet: there are 3 ratings, but 1 predictions.", Assert.Throws<StrataException>(() => ratings.MeanAbsoluteError([1])).Message);
        Assert.Equal("RatingSet: there are 4 items, but 1 scores.", Assert.Throws<StrataException>(() => ratings.Recommend(0, [1], 1)).Message);
        Assert.Equal([1, 1, 1, 1], ratings.AllItemsFor(1)[0].ToArray<int>());
        Assert.Equal([0, 1, 2, 3], ratings.AllItemsFor(1)[1].ToArray<int>());
    }

    [Fact]
    public void Synthetic_ratings_are_halves_of_all_users_with_popular_items_first()
    {
        var ratings = SyntheticRatings.Draw(new RandomStream(1));
        Assert.Equal(18_000, ratings.Count);
        Assert.Equal(18_000, ratings.UserOf.Zip(ratings.ItemOf).Distinct().Count());
        Assert.All(ratings.Scores, s => Assert.True(s is >= 1 and <= 5 && s * 2 == MathF.Round(s * 2)));
        Assert.InRange(ratings.Mean, 3.2, 3.8);
        var popular = ratings.ItemOf.Count(i => i < 75);
        Assert.InRange(popular / (double)ratings.ItemOf.Count(i => i >= 225), 1.8, 4); // Σ 1/√r of the first quarter over the last is 3.6, less where all have rated
        Assert.Equal(400, ratings.UserOf.Distinct().Count());
        Assert.Throws<StrataException>(() => SyntheticRatings.Draw(new RandomStream(1), observed: 0));
    }
}
