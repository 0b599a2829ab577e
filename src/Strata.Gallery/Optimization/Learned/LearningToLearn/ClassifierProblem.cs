using Strata.Data;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Optimization.Learned;

/// <summary>f(θ) is the cross-entropy of a network on a batch of images, another batch in each step (section 3.2); θ₀ is drawn as weights usually are.</summary>
/// <param name="model">From images to logits; with its weights.</param>
/// <param name="examples">The images.</param>
/// <param name="batch">Images of a step.</param>
public sealed class ClassifierProblem(Model model, ImageSplit examples, int batch) : Optimizee
{
    static readonly SparseCategoricalCrossentropy loss = new(fromLogits: true);

    /// <summary>A perceptron with hidden layers of the same size.</summary>
    /// <param name="examples">The images.</param>
    /// <param name="units">The size of a hidden layer.</param>
    /// <param name="layers">How many there are.</param>
    /// <param name="activation">Theirs; the sigmoid by default.</param>
    /// <param name="batch">Images of a step.</param>
    public static ClassifierProblem Perceptron(ImageSplit examples, int units = 20, int layers = 1, Activation? activation = null, int batch = 128)
    {
        var model = new Sequential([new Flatten(), .. Enumerable.Range(0, layers).Select(_ => new Dense(units, activation ?? Activation.Sigmoid)), new Dense(10)]) { Seed = 0 };
        model.BuildFor(examples.Images.Shape[1..]);
        return new(model, examples, batch);
    }

    /// <summary>Three convolutions with pooling and a hidden layer of 32 units, batch-normalized, with ReLU (section 3.3).</summary>
    public static ClassifierProblem Convolutional(ImageSplit examples, int batch = 128)
    {
        var model = new Sequential(
        [
            .. Enumerable.Range(0, 3).SelectMany(_ => (Layer[])[new Conv2D(16, 3, padding: Padding.Same, useBias: false), new BatchNormalization(), new ReLU(), new MaxPooling2D(2)]),
            new Flatten(), new Dense(32, useBias: false), new BatchNormalization(), new ReLU(), new Dense(10),
        ]) { Seed = 0 };
        model.BuildFor(examples.Images.Shape[1..]);
        return new(model, examples, batch);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable> Parameters => model.TrainableWeights;

    /// <inheritdoc/>
    public override void Draw(RandomStream random)
    {
        foreach (var w in Parameters)
            w.Assign(w.Shape.Rank > 1 ? Initializer.GlorotUniform.Create(w.Shape, random, w.DType) : Tensor.Full(w.Shape, w.Name.EndsWith("gamma", StringComparison.Ordinal) ? 1 : 0, w.DType));
    }

    /// <inheritdoc/>
    public override Tensor[] Batches(int steps, RandomStream random)
    {
        var chosen = random.Integers([steps * batch], 0, examples.Images.Shape[0]);
        return
        [
            examples.Images.Gather(chosen, 0).Reshape([steps, batch, .. examples.Images.Shape[1..]]),
            examples.Labels.Gather(chosen, 0).Reshape(steps, batch),
        ];
    }

    /// <inheritdoc/>
    public override Tensor Loss(Tensor[] batch) => loss.Apply(batch[1], model.Apply(batch[0], training: true));
}
