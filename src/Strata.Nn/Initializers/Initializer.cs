using System.Text.Json.Nodes;
using Strata.Random;

namespace Strata.Nn;

/// <summary>Makes the first value of a weight from its shape and a stream of random numbers.</summary>
public abstract record Initializer : IConfigurable
{
    /// <inheritdoc/>
    public virtual JsonObject GetConfig() => [];

    /// <summary>The initializer of a name that Keras knows, or one registered in <see cref="CustomObjects"/>: <c>"glorot_uniform"</c>.</summary>
    /// <exception cref="ConfigException">There is none of this name.</exception>
    public static implicit operator Initializer(string name) => CustomObjects.Named<Initializer>(name);

    /// <summary>Every element 0.</summary>
    public static Initializer Zeros { get; } = new Constant(0);

    /// <summary>Every element 1.</summary>
    public static Initializer Ones { get; } = new Constant(1);

    /// <summary>Normal with mean 0 and deviation .05.</summary>
    public static Initializer RandomNormal { get; } = new RandomNormal();

    /// <summary>Uniform in [−.05, .05).</summary>
    public static Initializer RandomUniform { get; } = new RandomUniform();

    /// <summary>Normal with mean 0 and deviation .05, cut at two deviations.</summary>
    public static Initializer TruncatedNormal { get; } = new TruncatedNormal();

    /// <summary>Uniform with the limit √(6/(fan in + fan out)) (Glorot and Bengio 2010): Keras's default for kernels.</summary>
    public static Initializer GlorotUniform { get; } = new VarianceScaling(1, FanMode.Average, Uniform: true);

    /// <summary>Truncated normal with the variance 2/(fan in + fan out) (Glorot and Bengio 2010).</summary>
    public static Initializer GlorotNormal { get; } = new VarianceScaling(1, FanMode.Average);

    /// <summary>Uniform with the limit √(6/fan in) (He et al. 2015): for layers with ReLU.</summary>
    public static Initializer HeUniform { get; } = new VarianceScaling(2, FanMode.In, Uniform: true);

    /// <summary>Truncated normal with the variance 2/fan in (He et al. 2015): for layers with ReLU.</summary>
    public static Initializer HeNormal { get; } = new VarianceScaling(2, FanMode.In);

    /// <summary>Uniform with the limit √(3/fan in) (LeCun et al. 1998).</summary>
    public static Initializer LecunUniform { get; } = new VarianceScaling(1, FanMode.In, Uniform: true);

    /// <summary>Truncated normal with the variance 1/fan in (LeCun et al. 1998); for SELU.</summary>
    public static Initializer LecunNormal { get; } = new VarianceScaling(1, FanMode.In);

    /// <summary>A random orthogonal matrix (Saxe et al. 2014).</summary>
    public static Initializer Orthogonal { get; } = new Orthogonal();

    /// <summary>The identity matrix.</summary>
    public static Initializer Identity { get; } = new Identity();

    /// <summary>A value of the given shape; the same for the same position of <paramref name="random"/>.</summary>
    /// <exception cref="ShapeException">The initializer cannot make this shape.</exception>
    public abstract Tensor Create(Shape shape, RandomStream random, DType dtype = DType.Float32);
}
