using Strata.Formats.Keras;
using Strata.Formats.Weights;
using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>A well-known network of Keras's applications for images [n, height, width, 3] in [−1, 1]. Its layers have the names that Keras gives them, or where it
/// gives none its order, so that the files of Keras's weights load. The output is logits, or without the top the features [n, h', w', c].</summary>
public abstract class KerasClassifier : Model
{
    Dense? predictions;
    bool hasTop;

    /// <summary>Height and width of the images that Keras's weights were trained on.</summary>
    public abstract int InputSize { get; }

    /// <summary>The least height and width of images, as in Keras.</summary>
    public abstract int SmallestSize { get; }

    /// <summary>Loads a file of Keras's weights for this network, with or without the top as the network is.</summary>
    /// <param name="path">The HDF5 file.</param>
    /// <exception cref="StrataException">The file is damaged, or of another network.</exception>
    public WeightReport LoadKeras(string path)
    {
        BuildFor([InputSize, InputSize, 3]);
        return LoadKeras(KerasFile.Read(path));
    }

    /// <summary>Loads the arrays of such a file into the network, which must be built.</summary>
    internal WeightReport LoadKeras(IReadOnlyDictionary<string, Tensor> arrays) => ModelWeights.Load(this, arrays.ToDictionary(a => NameInKeras(a.Key), a => a.Value));

    /// <summary>The name of an array in Keras's code, where its published files have an older one.</summary>
    private protected virtual string NameInKeras(string name) => name;

    /// <summary>The features [n, h', w', c] of images.</summary>
    private protected abstract Tensor Features(Tensor x, CallContext context);

    /// <summary>The logits of features; by default a dense layer on their mean.</summary>
    private protected virtual Tensor Logits(Tensor features, CallContext context) => predictions!.Apply(features.GlobalAveragePool(), context);

    /// <summary>Adds the classifier if it is wanted; called last, as in Keras.</summary>
    private protected void AddTop(int classes, bool includeTop)
    {
        hasTop = includeTop;
        if (includeTop) CreateTop(classes);
    }

    /// <summary>Makes the layers of <see cref="Logits"/>.</summary>
    private protected virtual void CreateTop(int classes) => predictions = Track(new Dense(classes) { Name = "predictions" });

    /// <inheritdoc/>
    protected sealed override Tensor Call(Tensor x, CallContext context)
    {
        if (x.Rank != 4 || x.Shape[1] < SmallestSize || x.Shape[2] < SmallestSize)
            throw new ShapeException($"the images must be [n, height, width, 3] of at least {SmallestSize} × {SmallestSize}, but they are {x.Shape}.");
        var features = Features(x, context);
        return hasTop ? Logits(features, context) : features;
    }
}
