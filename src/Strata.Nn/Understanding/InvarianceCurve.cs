using Strata.Memory;

namespace Strata.Nn;

/// <summary>How far a change of the picture moves the outputs of layers: ‖f(x) − f(Tx)‖/‖f(x)‖ (Zeiler and Fergus 2013, arXiv:1311.2901, figure 5).</summary>
public static class InvarianceCurve
{
    /// <summary>The distances, averaged over pictures.</summary>
    /// <param name="model">The model, with its weights.</param>
    /// <param name="layers">Paths of layers (see <see cref="FeatureExtractor"/>).</param>
    /// <param name="images">[n, height, width, c].</param>
    /// <param name="changes">Changes of all pictures, each [n, h, w, c] → [n, h, w, c]: shifts by 1, 2, 3 … pixels, say.</param>
    /// <returns>[layers, changes].</returns>
    public static double[,] Of(Model model, IReadOnlyList<string> layers, Tensor images, params IReadOnlyList<Func<Tensor, Tensor>> changes)
    {
        using var scope = new TensorScope();
        var features = new FeatureExtractor(model, [.. layers]);
        var plain = features.Predict([images]);
        var distances = new double[layers.Count, changes.Count];
        for (var j = 0; j < changes.Count; j++)
        {
            var changed = features.Predict([changes[j](images)]);
            for (var i = 0; i < layers.Count; i++)
            {
                var (f, g) = (Rows(plain[i]), Rows(changed[i]));
                distances[i, j] = ((f - g).Norm(1) / (f.Norm(1) + 1e-12)).Mean().Item();
            }
        }

        return distances;

        static Tensor Rows(Tensor x) => x.Reshape(x.Shape[0], -1);
    }
}
