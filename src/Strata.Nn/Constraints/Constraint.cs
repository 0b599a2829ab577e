using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>What is done to a weight after each update so that it stays in a set.</summary>
/// <remarks>Norms are over <c>axes</c>: [0] for a matrix [in, out], so that each unit is held by itself; [0, 1, 2] for a
/// convolution kernel [h, w, in, out].</remarks>
public abstract record Constraint : IConfigurable
{
    /// <inheritdoc/>
    public virtual JsonObject GetConfig() => [];

    /// <summary>The constraint of a name that Keras knows, or one registered in <see cref="CustomObjects"/>: <c>"nonneg"</c>.</summary>
    /// <exception cref="ConfigException">There is none of this name.</exception>
    public static implicit operator Constraint(string name) => CustomObjects.Named<Constraint>(name);

    /// <summary>The nearest admissible value, by the rule of the constraint.</summary>
    public abstract Tensor Apply(Tensor w);

    /// <summary>Elements are 0 or more.</summary>
    public static Constraint NonNegative { get; } = new NonNegative();

    /// <summary>Norms are at most <paramref name="maximum"/>.</summary>
    public static Constraint MaxNorm(double maximum = 2, params ReadOnlySpan<int> axes) => new MinMaxNorm(0, maximum, 1, Axes(axes));

    /// <summary>Norms are 1.</summary>
    public static Constraint UnitNorm(params ReadOnlySpan<int> axes) => new MinMaxNorm(1, 1, 1, Axes(axes));

    /// <summary>Norms move toward [<paramref name="minimum"/>, <paramref name="maximum"/>]: all the way with the rate 1, half of it with .5.</summary>
    public static Constraint MinMaxNorm(double minimum = 0, double maximum = 1, double rate = 1, params ReadOnlySpan<int> axes) =>
        new MinMaxNorm(minimum, maximum, rate, Axes(axes));

    static ValueList<int> Axes(ReadOnlySpan<int> axes) => axes.Length == 0 ? [0] : ValueList.Create(axes);
}
