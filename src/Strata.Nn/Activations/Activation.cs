using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A function applied to each element (softmax: to each row): the argument of other layers, or a layer itself.</summary>
/// <remarks>Keras's list and defaults. A function of your own: <c>Activation.Of("cube", x =&gt; x * x * x)</c>.</remarks>
public class Activation : Layer, INamedFunction
{
    readonly Func<Tensor, Tensor> f;
    readonly (string Name, double? Value)[] arguments = [];

    /// <summary>The activation <paramref name="f"/>; <see cref="Of(string, Func{Tensor, Tensor})"/> reads better.</summary>
    protected Activation(string function, Func<Tensor, Tensor> f)
    {
        Function = function;
        this.f = f;
    }

    Activation(string function, Func<Tensor, Tensor> f, params (string Name, double? Value)[] arguments)
        : this(function, f) => this.arguments = arguments;

    /// <summary>The activation of a name that Keras knows, or one registered in <see cref="CustomObjects"/>: <c>"relu"</c>.</summary>
    /// <exception cref="ConfigException">There is none of this name.</exception>
    public static implicit operator Activation(string name) => CustomObjects.Named<Activation>(name);

    /// <summary>The name of the function: <c>relu</c>.</summary>
    public string Function { get; }

    /// <summary>y = x.</summary>
    public static Activation Linear => new("linear", x => x);

    /// <summary>y_i = e^(x_i) / Σ_j e^(x_j) along the last axis.</summary>
    public static Activation Softmax => new("softmax", x => x.Rank > 1
        ? x.Softmax()
        : throw new ShapeException($"Softmax: {x.Shape} is one number an example, whose softmax is always 1; did you mean Sigmoid?"));

    /// <summary>The logarithm of <see cref="Softmax"/>.</summary>
    public static Activation LogSoftmax => new("log_softmax", x => x.LogSoftmax());

    /// <summary>y = max(x, 0).</summary>
    public static Activation Relu => new("relu", x => x.Relu());

    /// <summary>y = min(max(x, 0), 6).</summary>
    public static Activation Relu6 => new("relu6", x => x.Clip(0, 6));

    /// <summary>y = 1 / (1 + e^−x).</summary>
    public static Activation Sigmoid => new("sigmoid", x => x.Sigmoid());

    /// <summary>y = tanh x.</summary>
    public static Activation Tanh => new("tanh", x => x.Tanh());

    /// <summary>y = x for x &gt; 0, else e^x − 1.</summary>
    public static Activation Elu => new("elu", x => Negative(x, 1));

    /// <summary>y = s·x for x &gt; 0, else s·α(e^x − 1) (Klambauer et al. 2017, self-normalizing networks).</summary>
    public static Activation Selu => new("selu", x => 1.0507009873554805 * Negative(x, 1.6732632423543772));

    /// <summary>y = ln(1 + e^x).</summary>
    public static Activation Softplus => new("softplus", x => x.Softplus());

    /// <summary>y = x / (1 + |x|).</summary>
    public static Activation Softsign => new("softsign", x => x / (x.Abs() + 1));

    /// <summary>y = clip(.2x + .5, 0, 1).</summary>
    public static Activation HardSigmoid => new("hard_sigmoid", x => ((x * 0.2) + 0.5).Clip(0, 1));

    /// <summary>y = e^x.</summary>
    public static Activation Exponential => new("exponential", x => x.Exp());

    /// <summary>y = x·sigmoid(x), also called SiLU.</summary>
    public static Activation Swish => new("swish", x => x * x.Sigmoid());

    /// <summary>y = x·Φ(x) with the normal distribution function Φ (Hendrycks and Gimpel 2016).</summary>
    public static Activation Gelu => new("gelu", x => x * 0.5 * ((x * (1 / Math.Sqrt(2))).Erf() + 1));

    /// <summary>y = x for x &gt; 0, else α(e^x − 1).</summary>
    public static Activation EluOf(double alpha) => new("elu", x => Negative(x, alpha), ("alpha", alpha));

    /// <summary>y = x for x ≥ <paramref name="threshold"/>, else <paramref name="alpha"/>·(x − threshold); at most <paramref name="maximum"/>.</summary>
    public static Activation ReluOf(double alpha = 0, double? maximum = null, double threshold = 0) => new("relu", x =>
    {
        var y = Tensor.Where(x >= threshold, x, (x - threshold) * alpha);
        return maximum is { } m ? Tensor.Minimum(y, m) : y;
    },
    ("alpha", alpha), ("max_value", maximum), ("threshold", threshold));

    /// <summary>y = x for x &gt; 0, else <paramref name="alpha"/>·x.</summary>
    public static Activation LeakyRelu(double alpha = 0.3) => ReluOf(alpha);

    /// <summary>A function of your own, in tensor operations.</summary>
    /// <param name="name">Its name in messages.</param>
    /// <param name="f">From input to output of the same shape.</param>
    public static Activation Of(string name, Func<Tensor, Tensor> f) => new(name, f);

    /// <summary>The value of the function.</summary>
    public Tensor Of(Tensor x) => f(x);

    /// <summary>The value of the function inside a layer: so that a loss that follows can work on the logits
    /// (log of softmax in one stable step).</summary>
    public Tensor Of(Tensor x, CallContext context)
    {
        var y = f(x);
        context.Note(this, x, y);
        return y;
    }

    string? INamedFunction.FunctionName => arguments.Length == 0 && ActivityRegularizer is null ? Registered(Function) : null;

    internal static Activation FromConfig(Config c) => c.Text("activation") switch
    {
        "elu" when c.Has("alpha") => EluOf(c.Double("alpha")),
        "relu" when c.Has("alpha") => ReluOf(c.Double("alpha"), c.DoubleOrNull("max_value"), c.Double("threshold")),
        var name => CustomObjects.Named<Activation>(name),
    };

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        config["activation"] = Registered(Function);
        foreach (var (name, value) in arguments) config[name] = value;
    }

    // Only what can be made again may be written.
    static string Registered(string function)
    {
        CustomObjects.Named<Activation>(function);
        return function;
    }

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => Of(x, context);

    // x for x > 0, else α(e^x − 1); the exponential never sees a large x.
    static Tensor Negative(Tensor x, double alpha) => Tensor.Where(x > 0, x, Tensor.Minimum(x, Tensor.ZerosLike(x)).Expm1() * alpha);
}
