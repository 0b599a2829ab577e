using Strata.Memory;
using Strata.Nn;

namespace Strata.Reinforcement;

/// <summary>Weights that several threads read and change without locks (Recht et al. 2011, "Hogwild!"): a reader may see some old and some new numbers, and
/// of two changes of one number at the same moment one may be lost.</summary>
public sealed class SharedParameters
{
    readonly Shape[] shapes;

    /// <summary>Shares copies of the weights of a model.</summary>
    public SharedParameters(Model model)
    {
        shapes = [.. model.TrainableWeights.Select(w => w.Shape)];
        Values = new float[shapes.Sum(s => s.Size)];
        Flatten([.. model.TrainableWeights.Select(w => (Tensor)w)], Values);
    }

    /// <summary>All numbers, one weight after the other.</summary>
    public float[] Values { get; }

    /// <summary>Writes the numbers into the weights of a model of the same form.</summary>
    public void CopyTo(Model model)
    {
        using var scope = new TensorScope();
        var weights = model.TrainableWeights;
        var offset = 0;
        for (var i = 0; i < weights.Count; i++)
        {
            var size = (int)shapes[i].Size;
            weights[i].Assign(Tensor.From<float>(Values.AsSpan(offset, size), shapes[i]));
            offset += size;
        }
    }

    /// <summary>Puts tensors one after the other.</summary>
    internal static void Flatten(IReadOnlyList<Tensor> tensors, Span<float> destination)
    {
        foreach (var tensor in tensors)
        {
            tensor.AsSpan<float>().CopyTo(destination);
            destination = destination[(int)tensor.Size..];
            GC.KeepAlive(tensor);
        }
    }
}
