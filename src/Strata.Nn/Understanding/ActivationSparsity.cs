using Strata.Memory;

namespace Strata.Nn;

/// <summary>How sparsely a layer answers.</summary>
/// <param name="Layer">The layer's path.</param>
/// <param name="Zeros">The share of its activations that are exactly 0, over all pictures.</param>
/// <param name="SilentChannels">The share of channels without any activation for a picture, averaged over pictures.</param>
/// <param name="DeadChannels">The share of channels without any activation for all pictures.</param>
/// <param name="Sparseness">1 − (mean a)²/mean a² over the activations a of a picture, averaged over pictures: 0 if all are equal, near 1 if few stand out (Treves and Rolls 1991).</param>
public sealed record ActivationSparsity(string Layer, double Zeros, double SilentChannels, double DeadChannels, double Sparseness)
{
    /// <summary>Measures layers.</summary>
    /// <param name="model">The model, with its weights.</param>
    /// <param name="layers">Paths of layers (see <see cref="FeatureExtractor"/>), behind their rectifiers.</param>
    /// <param name="images">[n, height, width, c].</param>
    public static IReadOnlyList<ActivationSparsity> Of(Model model, IReadOnlyList<string> layers, Tensor images)
    {
        using var scope = new TensorScope();
        var outputs = new FeatureExtractor(model, [.. layers]).Predict([images]);
        return
        [
            .. outputs.Select((y, i) =>
            {
                var zero = y.Reshape(y.Shape[0], -1, y.Shape[^1]).EqualTo(0);
                var silent = zero.All(1); // [n, channels]
                var flat = y.Reshape(y.Shape[0], -1);
                var sparseness = 1 - (flat.Mean(1).Square() / (flat.Square().Mean(1) + 1e-30));
                return new ActivationSparsity(layers[i], Share(zero), Share(silent), Share(silent.All(0)), sparseness.Mean().Item());
            }),
        ];
    }

    static double Share(Tensor marks) => marks.Cast(DType.Float32).Mean().Item();
}
