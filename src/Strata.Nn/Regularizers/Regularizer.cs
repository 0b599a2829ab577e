using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A penalty on a tensor, added to the loss: l1·Σ|x| + l2·Σx² (no ½), or one of your own.</summary>
public abstract record Regularizer : IConfigurable
{
    /// <inheritdoc/>
    public virtual JsonObject GetConfig() => [];

    /// <summary>The regularizer of a name that Keras knows, or one registered in <see cref="CustomObjects"/>: <c>"l2"</c>.</summary>
    /// <exception cref="ConfigException">There is none of this name.</exception>
    public static implicit operator Regularizer(string name) => CustomObjects.Named<Regularizer>(name);

    /// <summary>The penalty: a scalar.</summary>
    public abstract Tensor Apply(Tensor x);

    /// <summary><paramref name="factor"/>·Σ|x|.</summary>
    public static Regularizer L1(double factor = 0.01) => new L1L2(factor, 0);

    /// <summary><paramref name="factor"/>·Σx².</summary>
    public static Regularizer L2(double factor = 0.01) => new L1L2(0, factor);

    /// <summary><paramref name="l1"/>·Σ|x| + <paramref name="l2"/>·Σx².</summary>
    public static Regularizer L1L2(double l1 = 0.01, double l2 = 0.01) => new L1L2(l1, l2);
}
