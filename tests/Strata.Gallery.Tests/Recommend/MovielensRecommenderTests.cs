using Strata.Data;
using Strata.Gallery.Recommend.Ratings;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Recommend;

public sealed class MovielensRecommenderTests
{
    static readonly Tensor[] pairs = [Tensor.From([0, 1, 2, 1], [4, 1]), Tensor.From([1, 1, 0, 0], [4, 1])];

    static Model Randomized(Model model)
    {
        var random = new RandomStream(5);
        model.Apply(pairs, new CallContext());
        model.SetWeights([.. model.Weights.Select(w => random.Normal(w.Shape))]);
        return model;
    }

    [Fact]
    public void The_nets_of_the_notebook_have_these_weights_on_MovieLens_100K()
    {
        const int Users = 943, Movies = 1682;
        foreach (var (model, weights) in ((Model, long)[])
        [
            (MovielensRecommender.Factors(Users, Movies, 50, 1e-4, 1), 131_250),
            (MovielensRecommender.FactorsAndBiases(Users, Movies, 50, 1e-4, 1), 133_875),
            (MovielensRecommender.Biases(Users, Movies, 1), 2_625),
            (MovielensRecommender.Network(Users, Movies, 50, 1), 138_391),
        ])
        {
            model.Apply(pairs, new CallContext());
            Assert.Equal(weights, model.ParameterCount);
        }
    }

    [Fact]
    public void The_rating_is_the_product_of_vectors_and_the_biases()
    {
        var model = Randomized(MovielensRecommender.FactorsAndBiases(3, 2, 4, 0, 1));
        var w = model.Weights.Select(v => v.Value).ToArray();
        var (u, v) = (w.Single(t => t.Shape == [3, 4]), w.Single(t => t.Shape == [2, 4]));
        var (b, c) = (w.Single(t => t.Shape == [3, 1]), w.Single(t => t.Shape == [2, 1]));
        var expected = Enumerable.Range(0, 4).Select(i =>
        {
            var (user, movie) = (pairs[0].ToArray<int>()[i], pairs[1].ToArray<int>()[i]);
            return ((u[user] * v[movie]).Sum() + b[user].Sum() + c[movie].Sum()).Item();
        });
        Assert.Equal(expected, model.Predict(pairs)[0].ToArray<float>().Select(x => (double)x), (x, y) => Math.Abs(x - y) < 1e-5);
    }

    [Fact]
    public void With_vectors_of_zeros_the_full_model_is_the_one_of_biases()
    {
        var (full, biases) = (Randomized(MovielensRecommender.FactorsAndBiases(3, 2, 4, 0, 1)), Randomized(MovielensRecommender.Biases(3, 2, 1)));
        full.SetWeights([.. full.Weights.Select(w => w.Shape[1] == 4 ? Tensor.Zeros(w.Shape) : biases.Weights.Single(b => b.Shape == w.Shape).Value)]);
        Assert.Equal(biases.Predict(pairs)[0].ToArray<float>(), full.Predict(pairs)[0].ToArray<float>());
    }

    [Fact]
    public void The_best_bias_of_one_user_is_the_mean_of_what_is_left()
    {
        // One user, two movies whose biases are held at 1 and 2: the gradient of the user's bias vanishes at the mean of rating − movie's bias.
        var model = MovielensRecommender.Biases(1, 2, 1);
        Tensor[] x = [Tensor.From([0, 0, 0], [3, 1]), Tensor.From([0, 1, 1], [3, 1])];
        var y = Tensor.From([3f, 5, 4], [3, 1]);
        model.Apply(x, new CallContext());
        model.SetWeights([.. model.Weights.Select(w => w.Shape == [1, 1] ? Tensor.From([7 / 3f], [1, 1]) : Tensor.From([1f, 2], [2, 1]))]); // (2 + 3 + 2)/3
        var user = model.Weights.Single(w => w.Shape == [1, 1]);
        var gradient = Gradient.Of(() => (model.Apply(x, new CallContext(true))[0] - y).Square().Mean(), [user]);
        Assert.Equal(0, gradient[0].Sum().Item(), 1e-6);
    }

    [Fact]
    public void Other_numbers_for_the_same_users_give_the_same_ratings()
    {
        var model = Randomized(MovielensRecommender.FactorsAndBiases(3, 2, 4, 0, 1));
        var before = model.Predict(pairs)[0].ToArray<float>();
        int[] order = [2, 0, 1]; // user i becomes order[i]
        var from = Tensor.From(Enumerable.Range(0, 3).Select(i => Array.IndexOf(order, i)).ToArray(), [3]);
        model.SetWeights([.. model.Weights.Select(w => w.Shape[0] == 3 ? w.Value.Gather(from) : w.Value)]);
        var renamed = Tensor.From(Array.ConvertAll(pairs[0].ToArray<int>(), u => order[u]), [4, 1]);
        Assert.Equal(before, model.Predict([renamed, pairs[1]])[0].ToArray<float>());
    }

    [Fact]
    public void Dropout_acts_in_training_alone()
    {
        var model = Randomized(MovielensRecommender.Network(3, 2, 4, 1));
        float[] Run(bool training, long seed) => model.Apply(pairs, new CallContext(training, new RandomStream(seed)))[0].ToArray<float>();
        Assert.Equal(Run(false, 1), Run(false, 2));
        Assert.NotEqual(Run(true, 1), Run(true, 2));
    }

    [Fact]
    public void The_gradient_touches_only_the_rows_of_the_batch()
    {
        var model = Randomized(MovielensRecommender.Factors(3, 2, 4, 0, 1));
        var users = model.Weights.Single(w => w.Shape == [3, 4]);
        var gradient = Gradient.Of(() => model.Apply([Tensor.From([2, 2], [2, 1]), Tensor.From([0, 1], [2, 1])], new CallContext(true))[0].Sum(), [users])[0];
        Assert.Equal(new float[8], gradient[..2].ToArray<float>());
        Assert.DoesNotContain(0, gradient[2].ToArray<float>());
    }

    [Fact]
    public void The_networks_vectors_begin_with_the_deviation_of_he_normal()
    {
        var model = MovielensRecommender.Network(800, 450, 50, 1);
        model.Apply(pairs, new CallContext());
        foreach (var rows in (int[])[800, 450])
            Assert.Equal(Math.Sqrt(2.0 / rows), model.Weights.Single(w => w.Shape == [rows, 50]).Value.StandardDeviation().Item(), 0.001); // the fan-in of a table is its rows
    }

    [Fact]
    public void Missing_data_are_named()
    {
        var folder = Directory.CreateTempSubdirectory("strata-").FullName;
        try
        {
            var options = new RunOptions { Preset = "paper", Directory = Path.Combine(folder, "run") };
            Assert.StartsWith("The preset 'paper' needs MovieLens as u.data", Assert.Throws<StrataException>(() => RecipeRunner.Run(new MovielensRecommenderRecipe(), options)).Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
