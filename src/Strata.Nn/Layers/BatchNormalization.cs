using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y = γ(x − μ)/√(σ² + ε) + β, channel by channel. In training μ and σ² are those of the batch, and moving averages of
/// them are kept; otherwise the averages are used (Ioffe and Szegedy 2015, algorithms 1 and 2).</summary>
/// <param name="momentum">m in: average ← m·average + (1 − m)·value.</param>
/// <param name="epsilon">ε.</param>
/// <param name="center">Whether β is there.</param>
/// <param name="scale">Whether γ is there.</param>
/// <param name="axis">The axis of the channels, not that of examples (0); −1 is the last.</param>
public sealed class BatchNormalization(double momentum = 0.99, double epsilon = 1e-3, bool center = true, bool scale = true, int axis = -1) : Layer
{
    Variable? gamma, beta;
    Variable movingMean = null!, movingVariance = null!;
    int channelAxis;

    /// <summary>The first value of β.</summary>
    public Initializer BetaInitializer { get; init; } = Initializer.Zeros;

    /// <summary>The first value of γ.</summary>
    public Initializer GammaInitializer { get; init; } = Initializer.Ones;

    /// <summary>A penalty on β.</summary>
    public Regularizer? BetaRegularizer { get; init; }

    /// <summary>A penalty on γ.</summary>
    public Regularizer? GammaRegularizer { get; init; }

    /// <summary>The first value of the moving mean.</summary>
    public Initializer MovingMeanInitializer { get; init; } = Initializer.Zeros;

    /// <summary>The first value of the moving variance.</summary>
    public Initializer MovingVarianceInitializer { get; init; } = Initializer.Ones;

    /// <summary>What is done to β after each update.</summary>
    public Constraint? BetaConstraint { get; init; }

    /// <summary>What is done to γ after each update.</summary>
    public Constraint? GammaConstraint { get; init; }

    /// <summary>Whether the variance that goes into the moving average is multiplied by n/(n − (1 + ε)), as in Keras 2.2.4; later Keras does not.</summary>
    public bool BesselCorrection { get; init; } = true;

    /// <summary>Whether the moving averages are used in training, too, and left as they are: for fine-tuning.</summary>
    public bool FrozenStatistics { get; set; }

    internal static BatchNormalization FromConfig(Config c) => new(c.Double("momentum"), c.Double("epsilon"), c.Bool("center"), c.Bool("scale"), c.Int("axis"))
    {
        BetaInitializer = c.Required<Initializer>("beta_initializer"),
        GammaInitializer = c.Required<Initializer>("gamma_initializer"),
        MovingMeanInitializer = c.Required<Initializer>("moving_mean_initializer"),
        MovingVarianceInitializer = c.Required<Initializer>("moving_variance_initializer"),
        BetaRegularizer = c.Object<Regularizer>("beta_regularizer"),
        GammaRegularizer = c.Object<Regularizer>("gamma_regularizer"),
        BetaConstraint = c.Object<Constraint>("beta_constraint"),
        GammaConstraint = c.Object<Constraint>("gamma_constraint"),
        BesselCorrection = c.Bool("bessel_correction"),
        FrozenStatistics = c.Bool("frozen_statistics"),
    };

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        (config["momentum"], config["epsilon"], config["center"], config["scale"], config["axis"]) = (momentum, epsilon, center, scale, axis);
        (config["beta_initializer"], config["gamma_initializer"]) = (Config.Of(BetaInitializer), Config.Of(GammaInitializer));
        (config["moving_mean_initializer"], config["moving_variance_initializer"]) = (Config.Of(MovingMeanInitializer), Config.Of(MovingVarianceInitializer));
        (config["beta_regularizer"], config["gamma_regularizer"]) = (Config.Of(BetaRegularizer), Config.Of(GammaRegularizer));
        (config["beta_constraint"], config["gamma_constraint"]) = (Config.Of(BetaConstraint), Config.Of(GammaConstraint));
        (config["bessel_correction"], config["frozen_statistics"]) = (BesselCorrection, FrozenStatistics);
    }

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        if (x.Rank < 2) throw new ShapeException($"the input must have an axis of examples and one of channels, but it is {x}.");
        channelAxis = x.Axis(axis, nameof(BatchNormalization));
        if (channelAxis == 0) throw new ShapeException("axis 0 is the axis of examples and cannot be that of the channels.");
        Shape channels = [x[channelAxis]];
        gamma = scale ? Weight("gamma", channels, GammaInitializer, regularizer: GammaRegularizer, constraint: GammaConstraint) : null;
        beta = center ? Weight("beta", channels, BetaInitializer, regularizer: BetaRegularizer, constraint: BetaConstraint) : null;
        movingMean = Weight("moving_mean", channels, MovingMeanInitializer, trainable: false);
        movingVariance = Weight("moving_variance", channels, MovingVarianceInitializer, trainable: false);
    }

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => channelAxis == x.Rank - 1
        ? Normalize(x, context)
        : Normalize(x.SwapAxes(channelAxis, -1), context).SwapAxes(channelAxis, -1);

    Tensor Normalize(Tensor x, CallContext context)
    {
        if (!context.Training || FrozenStatistics)
        {
            var factor = (movingVariance + epsilon).Rsqrt();
            if (gamma is not null) factor *= gamma;
            var shift = beta is null ? -(movingMean * factor) : beta - (movingMean * factor);
            return (x * factor) + shift;
        }

        var (y, mean, variance) = Tensor.BatchNormalization(
            x, gamma ?? Tensor.Ones(movingMean.Shape, x.DType), beta ?? Tensor.Zeros(movingMean.Shape, x.DType), epsilon);
        double n = x.Size / x.Shape[^1];
        Follow(context, movingMean, mean, 1);
        Follow(context, movingVariance, variance, BesselCorrection && n > 1 + epsilon ? n / (n - (1 + epsilon)) : 1);
        return y;
    }

    void Follow(CallContext context, Variable average, Tensor value, double factor) =>
        context.Assign(average, (average * momentum) + (value.StopGradient() * ((1 - momentum) * factor)));
}
