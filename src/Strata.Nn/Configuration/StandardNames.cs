namespace Strata.Nn;

/// <summary>The names that Keras knows things without arguments by, without regard to case and underscores.</summary>
internal static class StandardNames
{
    /// <summary>What a name stands for; null if it stands for nothing of this kind.</summary>
    public static T? Find<T>(string name)
        where T : class
    {
        var key = name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        object? found = typeof(T) == typeof(Activation) || typeof(T) == typeof(Layer) ? OfActivation(key)
            : typeof(T) == typeof(Loss) ? OfLoss(key)
            : typeof(T) == typeof(Metric) ? OfMetric(key)
            : typeof(T) == typeof(Optimizer) ? OfOptimizer(key)
            : typeof(T) == typeof(Initializer) ? OfInitializer(key)
            : typeof(T) == typeof(Regularizer) ? OfRegularizer(key)
            : typeof(T) == typeof(Constraint) ? OfConstraint(key)
            : null;
        return found as T;
    }

    static Activation? OfActivation(string key) => key switch
    {
        "linear" => Activation.Linear,
        "softmax" => Activation.Softmax,
        "logsoftmax" => Activation.LogSoftmax,
        "relu" => Activation.Relu,
        "relu6" => Activation.Relu6,
        "sigmoid" => Activation.Sigmoid,
        "tanh" => Activation.Tanh,
        "elu" => Activation.Elu,
        "selu" => Activation.Selu,
        "softplus" => Activation.Softplus,
        "softsign" => Activation.Softsign,
        "hardsigmoid" => Activation.HardSigmoid,
        "exponential" => Activation.Exponential,
        "swish" or "silu" => Activation.Swish,
        "gelu" => Activation.Gelu,
        _ => null,
    };

    static Loss? OfLoss(string key) => key switch
    {
        "mse" or "meansquarederror" => Loss.MeanSquaredError,
        "mae" or "meanabsoluteerror" => Loss.MeanAbsoluteError,
        "mape" or "meanabsolutepercentageerror" => Loss.MeanAbsolutePercentageError,
        "msle" or "meansquaredlogarithmicerror" => Loss.MeanSquaredLogarithmicError,
        "hinge" => Loss.Hinge,
        "squaredhinge" => Loss.SquaredHinge,
        "categoricalhinge" => Loss.CategoricalHinge,
        "logcosh" => Loss.LogCosh,
        "huber" or "huberloss" => Loss.Huber,
        "binarycrossentropy" => Loss.BinaryCrossentropy,
        "categoricalcrossentropy" => Loss.CategoricalCrossentropy,
        "sparsecategoricalcrossentropy" => Loss.SparseCategoricalCrossentropy,
        "kld" or "kullbackleiblerdivergence" => Loss.KullbackLeiblerDivergence,
        "poisson" => Loss.Poisson,
        "cosine" or "cosineproximity" => Loss.CosineProximity,
        _ => null,
    };

    static Metric? OfMetric(string key) => key switch
    {
        "acc" or "accuracy" => Metric.Accuracy,
        "binaryaccuracy" => Metric.BinaryAccuracy,
        "categoricalaccuracy" => Metric.CategoricalAccuracy,
        "sparsecategoricalaccuracy" => Metric.SparseCategoricalAccuracy,
        "topkcategoricalaccuracy" => Metric.TopKCategoricalAccuracy(),
        "sparsetopkcategoricalaccuracy" => Metric.SparseTopKCategoricalAccuracy(),
        _ => OfLoss(key) is { } loss ? loss : (Metric?)null,
    };

    static Optimizer? OfOptimizer(string key) => key switch
    {
        "sgd" => new SGD(),
        "rmsprop" => new RMSProp(),
        "adagrad" => new AdaGrad(),
        "adadelta" => new AdaDelta(),
        "adam" => new Adam(),
        "adamax" => new Adamax(),
        "nadam" => new Nadam(),
        _ => null,
    };

    static Initializer? OfInitializer(string key) => key switch
    {
        "zeros" or "zero" => Initializer.Zeros,
        "ones" or "one" => Initializer.Ones,
        "normal" or "randomnormal" => Initializer.RandomNormal,
        "uniform" or "randomuniform" => Initializer.RandomUniform,
        "truncatednormal" => Initializer.TruncatedNormal,
        "glorotuniform" => Initializer.GlorotUniform,
        "glorotnormal" => Initializer.GlorotNormal,
        "heuniform" => Initializer.HeUniform,
        "henormal" => Initializer.HeNormal,
        "lecununiform" => Initializer.LecunUniform,
        "lecunnormal" => Initializer.LecunNormal,
        "orthogonal" => Initializer.Orthogonal,
        "identity" => Initializer.Identity,
        _ => null,
    };

    static Regularizer? OfRegularizer(string key) => key switch
    {
        "l1" => Regularizer.L1(),
        "l2" => Regularizer.L2(),
        "l1l2" => Regularizer.L1L2(),
        _ => null,
    };

    static Constraint? OfConstraint(string key) => key switch
    {
        "maxnorm" => Constraint.MaxNorm(),
        "nonneg" or "nonnegative" => Constraint.NonNegative,
        "unitnorm" => Constraint.UnitNorm(),
        "minmaxnorm" => Constraint.MinMaxNorm(),
        _ => null,
    };
}
