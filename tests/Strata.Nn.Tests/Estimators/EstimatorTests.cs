using Strata.Random;

namespace Strata.Nn.Tests.Estimators;

public sealed class EstimatorTests
{
    // Two clouds of points around (2, 0) and (−2, 0), labelled 7 and 3.
    static (Tensor X, Tensor Y) Clouds(int n)
    {
        var sides = Tensor.From([.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? 2f : -2f)], [n, 1]);
        return (new RandomStream(1).Normal([n, 2]) * .5 + Tensor.Concatenate([sides, Tensor.ZerosLike(sides)], 1), Tensor.From([.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? 7 : 3)]));
    }

    static Classifier Classifier(string loss, int outputs, string activation) => new(() =>
    {
        var model = new Sequential(new Dense(outputs, activation)) { Seed = 1 };
        model.Compile(new Adam(.1), loss);
        return model;
    })
    {
        Epochs = 10, BatchSize = 16,
    };

    [Theory]
    [InlineData("sparse_categorical_crossentropy", 2, "softmax")]
    [InlineData("categorical_crossentropy", 2, "softmax")]
    [InlineData("binary_crossentropy", 1, "sigmoid")]
    public void A_classifier_learns_and_gives_the_labels_it_was_given(string loss, int outputs, string activation)
    {
        var (x, y) = Clouds(64);
        var classifier = Classifier(loss, outputs, activation);
        Assert.Equal(10, classifier.Fit(x, y).Epochs.Count);
        Assert.Equal([3, 7], classifier.Classes);
        Assert.Equal(y.ToArray<int>()[..6], classifier.Predict(x[..6]).ToArray<int>());
        Assert.Equal(1, classifier.Score(x, y), .04);
        Check.Close([1, 1, 1], classifier.PredictProbabilities(x[..3]).Sum(-1), 1e-5);
    }

    [Fact]
    public void A_regressor_scores_by_minus_the_loss()
    {
        var x = new RandomStream(1).Normal([64, 3]);
        var y = x.Sum(1) + 1;
        var regressor = new Regressor(() =>
        {
            var model = new Sequential(new Dense(1)) { Seed = 1 };
            model.Compile(new Adam(.1), "mse");
            return model;
        })
        {
            Epochs = 60,
        };
        regressor.Fit(x, y);
        Assert.Equal(Shape.Of(64), regressor.Predict(x).Shape);
        var error = regressor.Predict(x) - y;
        Assert.Equal(-(error * error).Mean().Item(), regressor.Score(x, y), 1e-5);
        Assert.InRange(regressor.Score(x, y), -.01, 0);
    }

    [Fact]
    public void Cross_validation_judges_each_fold_by_what_was_learned_from_the_others()
    {
        var (x, y) = Clouds(30);
        var scores = CrossValidation.Scores(() => Classifier("sparse_categorical_crossentropy", 2, "softmax"), x, y, folds: 4, seed: 3);
        Assert.Equal(4, scores.Length);
        Assert.All(scores, score => Assert.InRange(score, .8, 1));
        Assert.Equal(scores, CrossValidation.Scores(() => Classifier("sparse_categorical_crossentropy", 2, "softmax"), x, y, folds: 4, seed: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrossValidation.Scores(() => Classifier("mse", 1, "linear"), x, y, folds: 31));
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Check.Fails("Classifier: call Fit first.", () => Classifier("mse", 1, "linear").Predict(Tensor.Ones([1, 2])));
        Check.Fails("Classifier.Fit: the labels are float32 [2], expected integers [n].", () => Classifier("mse", 1, "linear").Fit(Tensor.Ones([2, 2]), Tensor.Ones([2])));
        Check.Fails("Classifier.Fit: the examples are float32 [2, 2] and the targets float32 [3]; they must be as many.", () => Classifier("mse", 1, "linear").Fit(Tensor.Ones([2, 2]), Tensor.Ones([3])));
    }
}
