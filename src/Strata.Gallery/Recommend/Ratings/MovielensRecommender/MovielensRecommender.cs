using Strata.Nn;

namespace Strata.Gallery.Recommend.Ratings;

/// <summary>Models of the rating r̂ that a user gives to a movie: [users [n, 1], movies [n, 1]] → r̂ [n, 1].</summary>
public static class MovielensRecommender
{
    /// <summary>r̂ = u·v: a vector for each user and each movie.</summary>
    /// <param name="users">The number of users.</param>
    /// <param name="movies">The number of movies.</param>
    /// <param name="factors">The length of a vector.</param>
    /// <param name="penalty">The factor of the squared norms of all vectors in the loss.</param>
    /// <param name="seed">The seed of the weights.</param>
    public static Model Factors(int users, int movies, int factors, double penalty, long seed)
    {
        var (user, movie) = Inputs();
        return new([user.Symbol, movie.Symbol], Product(user, users, movie, movies, factors, penalty)) { Seed = seed };
    }

    /// <summary>r̂ = u·v + b + c: also a bias for each user and each movie.</summary>
    /// <inheritdoc cref="Factors"/>
    public static Model FactorsAndBiases(int users, int movies, int factors, double penalty, long seed)
    {
        var (user, movie) = Inputs();
        return new([user.Symbol, movie.Symbol], Add.Of(Product(user, users, movie, movies, factors, penalty), Bias(user, users), Bias(movie, movies))) { Seed = seed };
    }

    /// <summary>r̂ = b + c: what can be said without knowing what who likes.</summary>
    /// <inheritdoc cref="Factors"/>
    public static Model Biases(int users, int movies, long seed)
    {
        var (user, movie) = Inputs();
        return new([user.Symbol, movie.Symbol], Add.Of(Bias(user, users), Bias(movie, movies))) { Seed = seed };
    }

    /// <summary>The vectors of user and movie side by side, through a network with one hidden layer.</summary>
    /// <inheritdoc cref="Factors"/>
    public static Model Network(int users, int movies, int factors, long seed)
    {
        var (user, movie) = Inputs();
        var u = user.Then(new Embedding(users, factors) { Initializer = Initializer.HeNormal });   // [1, factors], of deviation √(2/users)
        var v = movie.Then(new Embedding(movies, factors) { Initializer = Initializer.HeNormal });
        var y = Concatenate.Of(u, v).Then(                                                        // [1, 2·factors]
            new Flatten(),
            new Dropout(0.3),
            new Dense(70, Activation.Relu),
            new Dropout(0.75),
            new Dense(1));
        return new([user.Symbol, movie.Symbol], y) { Seed = seed };
    }

    static (Input User, Input Movie) Inputs() => (new([1], DType.Int32), new([1], DType.Int32));

    static SymbolicTensor Product(Input user, int users, Input movie, int movies, int factors, double penalty)
    {
        return Dot.Of(Vectors(user, users), Vectors(movie, movies), axes: 1);

        SymbolicTensor Vectors(Input of, int count) => of.Then(new Embedding(count, factors) { Regularizer = Regularizer.L2(penalty) }, new Flatten());
    }

    static SymbolicTensor Bias(Input who, int count) => who.Then(new Embedding(count, 1), new Flatten());
}
