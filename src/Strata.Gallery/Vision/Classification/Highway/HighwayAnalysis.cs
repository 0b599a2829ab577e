using Strata.Memory;
using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Looks into a trained network of fully connected highway layers (sections 4 and 5).</summary>
/// <param name="network">A network of <see cref="HighwayNetwork.Create"/>.</param>
public sealed class HighwayAnalysis(Sequential network)
{
    readonly Highway[] layers = [.. network.Layers.OfType<Highway>()];

    /// <summary>The biases b_T [layers, blocks].</summary>
    public Tensor GateBiases() => Tensor.Stack([.. layers.Select(l => (Tensor)l.Weights[3])], 0);

    /// <summary>Gates T and outputs y of all layers, averaged over classes of examples, each [classes, layers, blocks] (figures 2 and 3).</summary>
    /// <param name="x">Images [n, height, width, 1].</param>
    /// <param name="classes">The class of each image [n], each at least once.</param>
    /// <param name="count">The number of classes; 1 gives the means over all images.</param>
    public (Tensor T, Tensor Y) Means(Tensor x, Tensor classes, int count)
    {
        var member = classes.OneHot(count);
        var average = (member / member.Sum(0)).Transpose(); // [count, n]
        var (gates, outputs) = (new List<Tensor>(), new List<Tensor>());
        var y = Entrance(x);
        foreach (var layer in layers)
        {
            gates.Add(average.MatMul(layer.Gate(y)));
            y = layer.Apply(y);
            outputs.Add(average.MatMul(y));
        }

        return (Tensor.Stack([.. gates], 1), Tensor.Stack([.. outputs], 1));
    }

    /// <summary>The loss on examples with all layers, and with the gates of one layer forced shut, T = 0, so that it copies its input (section 5.2).</summary>
    public (double Whole, double[] Lesioned) Lesions(Tensor x, Tensor labels)
    {
        var y = Entrance(x);
        var lesioned = new double[layers.Length];
        for (var i = 0; i < layers.Length; i++)
        {
            lesioned[i] = LossFrom(i + 1, y, labels); // y of layer i is its x
            y = layers[i].Apply(y);
        }

        return (LossFrom(layers.Length, y, labels), lesioned);
    }

    Tensor Entrance(Tensor x) => network.Layers.TakeWhile(l => l is not Highway).Aggregate(x, (y, l) => l.Apply(y)).Keep();

    double LossFrom(int layer, Tensor x, Tensor labels)
    {
        using var scope = new TensorScope();
        var y = layers[layer..].Aggregate(x, (v, l) => l.Apply(v));
        return Loss.SparseCategoricalCrossentropy.PerExample(labels, network.Layers[^1].Apply(y)).Mean().Item();
    }
}
