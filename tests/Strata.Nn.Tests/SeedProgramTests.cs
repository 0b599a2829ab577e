using Strata.Random;

namespace Strata.Nn.Tests;

/// <summary>Programs of the Keras slides (catalogue, B14), as a reader would write them here.</summary>
public sealed class SeedProgramTests
{
    readonly RandomStream random = new(1);

    [Fact]
    public void Two_dense_layers_on_500_inputs()
    {
        var model = new Sequential(new Input([500]), new Dense(32), new Dense(10, Activation.Softmax)) { Seed = 1 };
        model.Compile(new RMSProp(), Loss.CategoricalCrossentropy, Metric.Accuracy);
        Assert.Equal(16_362, model.ParameterCount);

        var before = model.GetWeights();
        model.Fit(random.Uniform([32, 500]), random.Integers([32], 0, 10).OneHot(10), verbose: false);
        Assert.Equal(4, before.Length);
        for (var i = 0; i < 4; i++) Assert.NotEqual(before[i].ToArray<float>(), model.Weights[i].Borrow().ToArray<float>());
    }

    [Fact]
    public void A_small_convolutional_network_with_dropout()
    {
        var model = new Sequential(
            new Conv2D(64, (2, 2), activation: Activation.Relu),
            new MaxPooling2D(2),
            new Flatten(),
            new Dense(216),
            new Dropout(.5),
            new Dense(10, Activation.Softmax)) { Seed = 1 };
        model.Compile(new Adam(), Loss.CategoricalCrossentropy, Metric.Accuracy);

        var (x, y) = (random.Uniform([20, 9, 9, 1]), random.Integers([20], 0, 10).OneHot(10));
        var history = model.Fit(x, y, batchSize: 10, epochs: 10, validation: (x, y), verbose: false);
        Assert.True(history["loss"][^1] < history["loss"][0]);
        Assert.Equal(((4 * 64) + 64) + ((4 * 4 * 64 * 216) + 216) + ((216 * 10) + 10), model.ParameterCount);
    }

    [Fact]
    public void An_embedding_of_1000_words()
    {
        var model = new Sequential(new Input([10], DType.Int32), new Embedding(1000, 64)) { Seed = 1 };
        model.Compile(new RMSProp(), Loss.MeanSquaredError);
        Assert.Equal(Shape.Of(32, 10, 64), model.Predict(random.Integers([32, 10], 0, 1000, DType.Int32)).Shape);
    }

    [Fact]
    public void The_blocks_of_VGG_16_have_its_shapes()
    {
        // At an eighth of the width; 14·14 cells are left before the last pool of 224 pixels.
        var model = new Sequential(new Input([224, 224, 3])) { Seed = 1 };
        foreach (var (filters, layers) in ((int, int)[])[(8, 2), (16, 2), (32, 3), (64, 3), (64, 3)])
        {
            for (var i = 0; i < layers; i++)
            {
                model.Add(new ZeroPadding2D(1));
                model.Add(new Conv2D(filters, (3, 3), activation: "relu"));
            }

            if (model.Layers.Count < 30) model.Add(new MaxPooling2D((2, 2), strides: (2, 2)));
        }

        model.Add(new Conv2D(2, (1, 1), padding: Padding.Same));
        model.Add(new AveragePooling2D((14, 14)));
        model.Add(new Flatten());
        model.Add(new Dense(2, "softmax"));
        model.Summary();
        Assert.Equal(
            [[112, 112, 8], [56, 56, 16], [28, 28, 32], [14, 14, 64]], model.Layers.OfType<MaxPooling2D>().Select(l => l.OutputShape!.Value.ToArray()));
        Assert.Equal(["[14, 14, 2]", "[1, 1, 2]", "[2]", "[2]"], model.Layers.TakeLast(4).Select(l => l.OutputShape.ToString()));
    }

    [Fact]
    public void A_recommender_of_two_embeddings()
    {
        // Users like the films whose number has their parity.
        var (users, films) = (random.Integers([600, 1], 0, 20), random.Integers([600, 1], 0, 30));
        var likes = users.Remainder(2).EqualTo(films.Remainder(2)).Cast(DType.Float32);
        var (user, film) = (new Input([1], DType.Int64) { Name = "user" }, new Input([1], DType.Int64) { Name = "film" });
        SymbolicTensor Vector(SymbolicTensor x, int count) => x.Then(new Embedding(count, 8) { Initializer = "he_normal", Regularizer = Regularizer.L2(1e-5) });
        var joined = Concatenate.Of(Vector(user, 20), Vector(film, 30));
        var model = new Model([user, film], joined.Then(new Flatten(), new Dropout(.3), new Dense(70, "relu"), new Dropout(.75), new Dense(1))) { Seed = 1 };
        model.Compile(new Adam(.01), "mse");
        Assert.Equal((20 * 8) + (30 * 8) + (16 * 70) + 70 + 71, model.ParameterCount);
        model.Fit([users, films], [likes], epochs: 40, verbose: false);
        Assert.True(model.Evaluate([users, films], [likes]).Loss < .12); // the mean alone leaves .25

        // The same with the product of the vectors and a bias for each.
        var product = Dot.Of(Vector(user, 20).Then(new Flatten()), Vector(film, 30).Then(new Flatten()), 1);
        var biased = Add.Of(product, user.Then(new Embedding(20, 1), new Flatten()), film.Then(new Embedding(30, 1), new Flatten()));
        var factors = new Model([user, film], biased) { Seed = 1 };
        factors.Compile(new Adam(.05), "mse");
        Assert.True(factors.Fit([users, films], [likes], epochs: 20, verbose: false)["loss"][^1] < .12);
        Assert.Contains("dot_1 (Dot)", factors.Summary(), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_are_told_apart_by_what_is_learned_about_them()
    {
        // A sentence is good if it has the word 7 in it.
        var x = random.Integers([200, 6], 0, 20, DType.Int32);
        var y = x.EqualTo(Tensor.Full(x.Shape, 7, DType.Int32)).Any(1).Cast(DType.Float32);
        var model = new Sequential(new Embedding(20, 4), new Flatten(), new Dense(1, Activation.Sigmoid)) { Seed = 1 };
        model.Compile(new Adam(0.02), Loss.BinaryCrossentropy, Metric.Accuracy);
        Assert.True(model.Fit(x, y, epochs: 40, verbose: false)["acc"][^1] > .97);
    }
}
