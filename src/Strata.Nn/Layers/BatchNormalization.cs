namespace Strata.Nn;

/// <summary>y = γ(x − μ)/√(σ² + ε) + β, channel by channel (the last axis). In training μ and σ² are those of the batch, and moving averages of
/// them are kept; otherwise the averages are used (Ioffe and Szegedy 2015, algorithms 1 and 2).</summary>
/// <param name="momentum">m in: average ← m·average + (1 − m)·value.</param>
/// <param name="epsilon">ε.</param>
/// <param name="center">Whether β is there.</param>
/// <param name="scale">Whether γ is there.</param>
public sealed class BatchNormalization(double momentum = 0.99, double epsilon = 1e-3, bool center = true, bool scale = true) : Layer
{
    Variable? gamma, beta;
    Variable movingMean = null!, movingVariance = null!;

    /// <summary>The first value of β.</summary>
    public Initializer BetaInitializer { get; init; } = Initializer.Zeros;

    /// <summary>The first value of γ.</summary>
    public Initializer GammaInitializer { get; init; } = Initializer.Ones;

    /// <summary>A penalty on β.</summary>
    public Regularizer? BetaRegularizer { get; init; }

    /// <summary>A penalty on γ.</summary>
    public Regularizer? GammaRegularizer { get; init; }

    /// <summary>Whether the variance that goes into the moving average is multiplied by n/(n − (1 + ε)), as in Keras 2.2.4; later Keras does not.</summary>
    public bool BesselCorrection { get; init; } = true;

    /// <summary>Whether the moving averages are used in training, too, and left as they are: for fine-tuning.</summary>
    public bool FrozenStatistics { get; set; }

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        if (x.Rank < 2) throw new ShapeException($"the input must have an axis of examples and one of channels, but it is {x}.");
        Shape channels = [x[^1]];
        gamma = scale ? Weight("gamma", channels, GammaInitializer, regularizer: GammaRegularizer) : null;
        beta = center ? Weight("beta", channels, BetaInitializer, regularizer: BetaRegularizer) : null;
        movingMean = Weight("moving_mean", channels, Initializer.Zeros, trainable: false);
        movingVariance = Weight("moving_variance", channels, Initializer.Ones, trainable: false);
    }

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
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
