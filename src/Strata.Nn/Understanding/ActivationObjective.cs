namespace Strata.Nn;

/// <summary>What about a model is to become large by changing its input: a number for each picture.</summary>
public sealed class ActivationObjective
{
    readonly Func<Tensor, Tensor> value;

    ActivationObjective(string? layer, Func<Tensor, Tensor> value) => (Layer, this.value) = (layer, value);

    /// <summary>The path of the layer whose output is looked at; null: the scores, before a final softmax or sigmoid.</summary>
    public string? Layer { get; }

    /// <summary>The mean of a feature map, one for each picture.</summary>
    /// <param name="layer">The path of a layer (see <see cref="FeatureExtractor"/>) that gives [n, h, w, c], or units [n, c].</param>
    /// <param name="channels">[n]: the map for each picture.</param>
    public static ActivationObjective ChannelMean(string layer, params int[] channels) => new(layer, y => (Pixels(y) * Chosen(channels, y)).Sum(-1).Mean(1));

    /// <summary>One unit of a feature map.</summary>
    /// <param name="layer">The path of a layer that gives [n, h, w, c].</param>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its column.</param>
    /// <param name="channels">[n]: the map for each picture.</param>
    public static ActivationObjective Unit(string layer, int row, int column, params int[] channels) => new(layer, y => y.Rank == 4
        ? (y[.., row..(row + 1), column..(column + 1), ..].Reshape(y.Shape[0], 1, y.Shape[3]) * Chosen(channels, y)).Sum([1, 2])
        : throw new ShapeException($"ActivationObjective: a unit with row and column needs feature maps [n, height, width, channels], but '{layer}' gives {y.Shape}."));

    /// <summary>The score of a class, before a final softmax.</summary>
    /// <param name="classes">[n]: the class for each picture.</param>
    public static ActivationObjective Score(params int[] classes) => new(null, y => (Pixels(y) * Chosen(classes, y)).Sum([1, 2]));

    /// <summary>The numbers [n] for the output of the layer.</summary>
    internal Tensor Of(Tensor y) => value(y);

    static Tensor Pixels(Tensor y) => y.Rank is 2 or 4
        ? y.Reshape(y.Shape[0], -1, y.Shape[^1])
        : throw new ShapeException($"ActivationObjective: feature maps [n, height, width, channels] or units [n, channels] are needed, not {y.Shape}.");

    static Tensor Chosen(int[] channels, Tensor y)
    {
        if (channels.Length != y.Shape[0]) throw new ShapeException($"ActivationObjective: {channels.Length} channels were named for {y.Shape[0]} pictures.");
        foreach (var c in channels)
            if (c < 0 || c >= y.Shape[^1]) throw new ShapeException($"ActivationObjective: there is no channel {c}; there are 0 … {y.Shape[^1] - 1}.");
        return Tensor.From(channels, [channels.Length]).OneHot(y.Shape[^1]).Reshape(channels.Length, 1, y.Shape[^1]);
    }
}
