using System.Text.Json.Nodes;
using Strata.Random;

namespace Strata.Nn.Tests.Configuration;

/// <summary>Everything that has arguments is written and made again.</summary>
public sealed class RoundTripTests
{
    static readonly Regularizer penalty = Regularizer.L1L2(.1, .2);

    // A layer with arguments that are not its defaults, and the shapes of its inputs.
    static readonly Dictionary<string, (Func<Layer> Make, Shape[] Inputs)> layers = new()
    {
        ["Activation"] = (() => Activation.Tanh, [[2, 3]]),
        ["ActivityRegularization"] = (() => new ActivityRegularization(.5, .25), [[2, 3]]),
        ["Add"] = (() => new Add(), [[2, 3], [2, 3]]),
        ["AlphaDropout"] = (() => new AlphaDropout(.25, [-1, 1]), [[2, 3]]),
        ["Average"] = (() => new Average(), [[2, 3], [2, 3]]),
        ["AveragePooling1D"] = (() => new AveragePooling1D(3, 1, Padding.Same), [[2, 5, 2]]),
        ["AveragePooling2D"] = (() => new AveragePooling2D((3, 2), 1, Padding.Same), [[2, 5, 4, 2]]),
        ["AveragePooling3D"] = (() => new AveragePooling3D((1, 2, 3), 1), [[1, 3, 4, 5, 2]]),
        ["BatchNormalization"] = (() => new BatchNormalization(.9, .01, axis: 1) { GammaRegularizer = penalty, BesselCorrection = false, FrozenStatistics = true, BetaInitializer = Initializer.Ones }, [[2, 3, 4]]),
        ["Concatenate"] = (() => new Concatenate(1), [[2, 3], [2, 4]]),
        ["Conv1D"] = (() => new Conv1D(2, 3, 1, Padding.Causal, 2, Activation.Relu) { KernelInitializer = Initializer.HeNormal }, [[2, 5, 2]]),
        ["Conv1DTranspose"] = (() => new Conv1DTranspose(2, 3, 2, Padding.Same, 1), [[2, 5, 2]]),
        ["Conv2D"] = (() => new Conv2D(4, (3, 2), 2, Padding.Of([(1, 0), (0, 1)]), groups: 2, useBias: false) { KernelConstraint = Constraint.MaxNorm(1.5, 0, 1, 2) }, [[2, 5, 4, 2]]),
        ["Conv2DTranspose"] = (() => new Conv2DTranspose(3, 3, (2, 2), Padding.Same, (1, 0), Activation.LeakyRelu(.2)), [[2, 5, 4, 2]]),
        ["Conv3D"] = (() => new Conv3D(2, (1, 2, 2), padding: Padding.Same), [[1, 3, 4, 5, 2]]),
        ["Conv3DTranspose"] = (() => new Conv3DTranspose(2, 2, (1, 2, 1)), [[1, 3, 2, 2, 2]]),
        ["Cropping1D"] = (() => new Cropping1D(1, 2), [[2, 5, 2]]),
        ["Cropping2D"] = (() => new Cropping2D(1, 0, 0, 2), [[2, 5, 4, 2]]),
        ["Cropping3D"] = (() => new Cropping3D((1, 0), (0, 1), (1, 1)), [[1, 3, 4, 5, 2]]),
        ["DataParallel"] = (() => new DataParallel(new Sequential(new Dense(3)), 2), [[2, 3]]),
        ["Dense"] = (() => new Dense(3, Activation.EluOf(.5)) { KernelRegularizer = penalty, BiasInitializer = new Constant(.3), ActivityRegularizer = penalty, Trainable = false }, [[2, 3]]),
        ["DepthwiseConv2D"] = (() => new DepthwiseConv2D((2, 3), depthMultiplier: 2), [[2, 5, 4, 2]]),
        ["Dot"] = (() => new Dot((2, 1), normalize: true), [[2, 3, 4], [2, 4, 5]]),
        ["Dropout"] = (() => new Dropout(.25, [-1, 1]), [[2, 3]]),
        ["ELU"] = (() => new ELU(.5), [[2, 3]]),
        ["Embedding"] = (() => new Embedding(7, 2, maskZero: true) { Initializer = Initializer.RandomNormal, Constraint = Constraint.UnitNorm() }, [[2, 3]]),
        ["Flatten"] = (() => new Flatten(), [[2, 3, 4]]),
        ["GaussianDropout"] = (() => new GaussianDropout(.25), [[2, 3]]),
        ["GaussianNoise"] = (() => new GaussianNoise(.25), [[2, 3]]),
        ["GlobalAveragePooling1D"] = (() => new GlobalAveragePooling1D(), [[2, 5, 2]]),
        ["GlobalAveragePooling2D"] = (() => new GlobalAveragePooling2D(), [[2, 5, 4, 2]]),
        ["GlobalAveragePooling3D"] = (() => new GlobalAveragePooling3D(), [[1, 3, 4, 5, 2]]),
        ["GlobalMaxPooling1D"] = (() => new GlobalMaxPooling1D(), [[2, 5, 2]]),
        ["GlobalMaxPooling2D"] = (() => new GlobalMaxPooling2D(), [[2, 5, 4, 2]]),
        ["GlobalMaxPooling3D"] = (() => new GlobalMaxPooling3D(), [[1, 3, 4, 5, 2]]),
        ["GradientReversal"] = (() => new GradientReversal(.5), [[2, 3]]),
        ["Highway"] = (() => new Highway(Activation.Tanh, -1), [[2, 3]]),
        ["HighwayConv2D"] = (() => new HighwayConv2D((3, 2), gateBias: -3), [[2, 5, 4, 2]]),
        ["Input"] = (() => new Input([3]), [[2, 3]]),
        ["LayerNormalization"] = (() => new LayerNormalization(.01, center: false), [[2, 3]]),
        ["LeakyReLU"] = (() => new LeakyReLU(.1), [[2, 3]]),
        ["LocallyConnected1D"] = (() => new LocallyConnected1D(2, 3, 2), [[2, 5, 2]]),
        ["LocalResponseNormalization"] = (() => new LocalResponseNormalization(3, 1, .1, .5), [[2, 3, 4, 5]]),
        ["LocallyConnected2D"] = (() => new LocallyConnected2D(2, (3, 2), (1, 2), useBias: false), [[2, 5, 4, 2]]),
        ["Masking"] = (() => new Masking(-1), [[2, 3, 4]]),
        ["MaxPooling1D"] = (() => new MaxPooling1D(3, 1), [[2, 5, 2]]),
        ["MaxPooling2D"] = (() => new MaxPooling2D((3, 2), 1), [[2, 5, 4, 2]]),
        ["MaxPooling3D"] = (() => new MaxPooling3D((1, 2, 3), 1), [[1, 3, 4, 5, 2]]),
        ["MaxUnpooling2D"] = (() => new MaxUnpooling2D((3, 2), 2), [[2, 2, 2, 2], [2, 5, 4, 2]]),
        ["Maxout"] = (() => new Maxout(2, 3), [[2, 3]]),
        ["Maximum"] = (() => new Maximum(), [[2, 3], [2, 3]]),
        ["Minimum"] = (() => new Minimum(), [[2, 3], [2, 3]]),
        ["MixtureDensity"] = (() => new MixtureDensity(2, 3), [[2, 3]]),
        ["Model"] = (Graph, [[2, 3]]),
        ["Multiply"] = (() => new Multiply(), [[2, 3], [2, 3]]),
        ["PReLU"] = (() => new PReLU(1) { AlphaInitializer = new Constant(.2) }, [[2, 3, 4]]),
        ["Permute"] = (() => new Permute(2, 1), [[2, 3, 4]]),
        ["ReLU"] = (() => new ReLU(.5, .1, .2), [[2, 3]]),
        ["RepeatVector"] = (() => new RepeatVector(2), [[2, 3]]),
        ["Reshape"] = (() => new Reshape(2, -1), [[2, 3, 4]]),
        ["RoiPooling"] = (() => new RoiPooling(2, 3, .5), [[2, 5, 4, 2], [2, 3, 4]]),
        ["SeparableConv1D"] = (() => new SeparableConv1D(2, 3, depthMultiplier: 2) { PointwiseInitializer = Initializer.Ones }, [[2, 5, 2]]),
        ["SeparableConv2D"] = (() => new SeparableConv2D(2, (2, 3), padding: Padding.Same) { DepthwiseRegularizer = penalty }, [[2, 5, 4, 2]]),
        ["Sequential"] = (() => new Sequential(new Dense(4, Activation.Relu), new Sequential(new Dense(2))), [[2, 3]]),
        ["Softmax"] = (() => new Softmax(1), [[2, 3, 4]]),
        ["SpatialDropout1D"] = (() => new SpatialDropout1D(.25), [[2, 5, 2]]),
        ["SpatialDropout2D"] = (() => new SpatialDropout2D(.25), [[2, 5, 4, 2]]),
        ["SpatialDropout3D"] = (() => new SpatialDropout3D(.25), [[1, 3, 4, 5, 2]]),
        ["SpatialTransformer"] = (() => new SpatialTransformer(new Sequential(new Flatten(), new Dense(3)), (2, 3), SpatialTransform.Attention), [[2, 5, 4, 2]]),
        ["Subtract"] = (() => new Subtract(), [[2, 3], [2, 3]]),
        ["ThresholdedReLU"] = (() => new ThresholdedReLU(.1), [[2, 3]]),
        ["UpSampling1D"] = (() => new UpSampling1D(3), [[2, 5, 2]]),
        ["UpSampling2D"] = (() => new UpSampling2D((3, 2), ResizeMode.Bilinear), [[2, 5, 4, 2]]),
        ["UpSampling3D"] = (() => new UpSampling3D((1, 2, 3)), [[1, 3, 4, 5, 2]]),
        ["Bidirectional"] = (() => new Bidirectional(new LSTM(3, returnSequences: true), MergeMode.Sum), [[2, 4, 3]]),
        ["ConvLSTM2D"] = (() => new ConvLSTM2D(2, (2, 3), strides: (1, 2), unitForgetBias: false) { KernelInitializer = Initializer.HeNormal }, [[2, 3, 4, 5, 2]]),
        ["GRU"] = (() => new GRU(3, Activation.Relu, dropout: .1, resetAfter: true, goBackwards: true), [[2, 4, 3]]),
        ["LSTM"] = (() => new LSTM(3, recurrentActivation: Activation.Sigmoid, implementation: 2, returnSequences: true) { RecurrentRegularizer = penalty, BiasInitializer = Initializer.Ones }, [[2, 4, 3]]),
        ["RNN"] = (() => new RNN([new LSTMCell(3), new GRUCell(2) { KernelConstraint = Constraint.NonNegative }, new NtmCell(3, new LSTMCell(2), 8, 4, 2, 1, 2) { LearnsWeightings = true, MemoryInitializer = Initializer.HeNormal }], returnState: true), [[2, 4, 3]]),
        ["SimpleRNN"] = (() => new SimpleRNN(3, useBias: false, recurrentDropout: .2), [[2, 4, 3]]),
        ["TimeDistributed"] = (() => new TimeDistributed(new Dense(3, Activation.Tanh)), [[2, 4, 3]]),
        ["AdaptiveSoftmax"] = (() => new AdaptiveSoftmax(9, [2, 5], 2), [[2, 8]]),
        ["AdditiveScore"] = (() => new AdditiveScore(5), [[2, 3, 4], [2, 5, 3]]),
        ["AttentionDecoder"] = (() => new AttentionDecoder(new LSTMCell(4), 6, new Attention(new GeneralScore()), kernelInitializer: Initializer.HeNormal), [[2, 3, 4], [2, 5, 4], [2, 1], [2, 6], [2, 4], [2, 4]]),
        ["Attention"] = (() => new Attention(new ConcatScore(5), new PredictiveWindow(2, 3)), [[2, 3, 4], [2, 5, 3]]),
        ["ConcatScore"] = (() => new ConcatScore(5), [[2, 3, 4], [2, 5, 3]]),
        ["DotScore"] = (() => new DotScore(scaled: true), [[2, 3, 4], [2, 5, 4]]),
        ["GeneralScore"] = (() => new GeneralScore(), [[2, 3, 4], [2, 5, 3]]),
        ["HierarchicalSoftmax"] = (() => new HierarchicalSoftmax([5, 1, 3, 2]), [[2, 8]]),
        ["LocationScore"] = (() => new LocationScore(6), [[2, 3, 4], [2, 5, 3]]),
        ["MonotonicWindow"] = (() => new MonotonicWindow(3), [[2, 3, 4], [2, 1]]),
        ["NegativeSampling"] = (() => new NegativeSampling(ClassDistribution.LogUniform(7), 3), [[2, 8]]),
        ["NoiseContrastive"] = (() => new NoiseContrastive(ClassDistribution.LogUniform(7), 3), [[2, 8]]),
        ["PredictiveWindow"] = (() => new PredictiveWindow(3, 4), [[2, 3, 4], [2, 1]]),
        ["SampledSoftmax"] = (() => new SampledSoftmax(ClassDistribution.Unigram([5, 1, 3, 2]), 3), [[2, 8]]),
        ["ZeroPadding1D"] = (() => new ZeroPadding1D(1, 2), [[2, 5, 2]]),
        ["ZeroPadding2D"] = (() => new ZeroPadding2D(1, 0, 0, 2), [[2, 5, 4, 2]]),
        ["ZeroPadding3D"] = (() => new ZeroPadding3D((1, 0), (0, 1), (1, 1)), [[1, 3, 4, 5, 2]]),
    };

    // Cells are tried inside RNN and ConvLSTM2D; a layer of their own they are not.
    static readonly string[] cells = ["ConvLSTM2DCell", "GRUCell", "LSTMCell", "NtmCell", "SimpleRNNCell", "StackedRNNCells"];

    public static TheoryData<string> Layers => [.. layers.Keys];

    static Model Graph()
    {
        var x = new Input([3]);
        var shared = new Dense(4, Activation.Tanh);
        var a = shared.Apply(x);
        var b = shared.Apply(x.Then(new Dense(3), Activation.Sigmoid));
        return new Model(x, Concatenate.Of(a, b, Add.Of(a, b)));
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_is_made_again_from_its_config_and_its_weights(string name)
    {
        var (make, shapes) = layers[name];
        var random = new RandomStream(1);
        Tensor[] x = [.. shapes.Select(s => name == "Embedding" ? random.Integers(s, 0, 7, DType.Int32) : random.Normal(s))];
        var layer = make();
        var y = Apply(layer, x);

        var config = JsonNode.Parse(layer.GetConfig().ToJsonString())!.AsObject();
        var again = Layer.FromConfig(name, config);
        Assert.IsType(layer.GetType(), again);
        Apply(again, x);
        Assert.Equal(layer.GetConfig().ToJsonString(), again.GetConfig().ToJsonString());
        Assert.Equal(layer.Weights.Select(w => w.ToString()), again.Weights.Select(w => w.ToString()));
        again.SetWeights(layer.GetWeights());
        Assert.Equal(y.ToArray<float>(), Apply(again, x).ToArray<float>());
    }

    [Fact]
    public void Every_layer_of_the_library_is_tried() => Assert.Equal(
        BuiltIn.Where(n => typeof(Layer).IsAssignableFrom(TypeOf(n))).Order(StringComparer.Ordinal),
        layers.Keys.Concat(cells).Order(StringComparer.Ordinal));

    [Fact]
    public void Cells_are_made_again()
    {
        foreach (var cell in (RecurrentCell[])[new ConvLSTM2DCell(2, 3, useBias: false), new SimpleRNNCell(3, dropout: .1), new GRUCell(3, resetAfter: true), new StackedRNNCells(new LSTMCell(2), new SimpleRNNCell(3)) { Dropout = .2 }])
        {
            var again = Layer.FromConfig(cell.GetType().Name, JsonNode.Parse(cell.GetConfig().ToJsonString())!.AsObject());
            Assert.Equal(cell.GetConfig().ToJsonString(), again.GetConfig().ToJsonString());
        }
    }

    // Other tests may register classes of theirs.
    static IEnumerable<string> BuiltIn => CustomObjects.Names.Where(n => TypeOf(n) is not null);

    static Type? TypeOf(string name) => typeof(Layer).Assembly.GetType("Strata.Nn." + name);

    static Tensor Apply(Layer layer, Tensor[] x) => layer.Apply(x, new CallContext(training: false, new RandomStream(2)))[0];

    public static TheoryData<string> Others => [.. others.Keys];

    static readonly Dictionary<string, Func<IConfigurable>> others = new()
    {
        ["AdaDelta"] = () => new AdaDelta(.5, .9, 1e-5) { ClipNorm = 2 },
        ["AdaGrad"] = () => new AdaGrad(.5) { ClipValue = .5 },
        ["Adam"] = () => new Adam(.5, .8, .99, 1e-4, amsgrad: true) { Decay = .1, WeightDecay = .2 },
        ["Adamax"] = () => new Adamax(new CosineDecay(.1, 100)),
        ["Nadam"] = () => new Nadam(.5, scheduleDecay: .01) { L2 = .1 },
        ["RMSProp"] = () => new RMSProp(new PiecewiseConstant([10, 20], [.1, .2, .3]), .8, momentum: .5, centered: true),
        ["SGD"] = () => new SGD(new ExponentialDecay(.5, 10, .9).WarmUp(5), .9, nesterov: true),
        ["BinaryCrossentropy"] = () => new BinaryCrossentropy(true, .1),
        ["CtcLoss"] = () => new CtcLoss(-1, true),
        ["CategoricalCrossentropy"] = () => new CategoricalCrossentropy(true, .1),
        ["Huber"] = () => new Huber(2),
        ["MixtureDensityLoss"] = () => new MixtureDensityLoss(2, 3),
        ["SequenceCrossentropy"] = () => new SequenceCrossentropy(3),
        ["SparseCategoricalCrossentropy"] = () => new SparseCategoricalCrossentropy(true),
        ["LossMetric"] = () => (Metric)new Huber(3),
        ["TopKAccuracy"] = () => Metric.SparseTopKCategoricalAccuracy(3),
        ["Constant"] = () => new Constant(3),
        ["Identity"] = () => new Identity(2),
        ["Orthogonal"] = () => new Orthogonal(2),
        ["RandomNormal"] = () => new RandomNormal(1, 2),
        ["RandomUniform"] = () => new RandomUniform(-2, 3),
        ["TruncatedNormal"] = () => new TruncatedNormal(1, 2),
        ["VarianceScaling"] = () => new VarianceScaling(3, FanMode.Out, true),
        ["L1L2"] = () => penalty,
        ["MinMaxNorm"] = () => Constraint.MinMaxNorm(.5, 2, .3, 0, 1),
        ["NonNegative"] = () => Constraint.NonNegative,
        ["ConstantRate"] = () => new ConstantRate(.1),
        ["CosineDecay"] = () => new CosineDecay(.1, 100, .5),
        ["ExponentialDecay"] = () => new ExponentialDecay(.1, 100, .5),
        ["InverseTimeDecay"] = () => new InverseTimeDecay(.1, 100, .5),
        ["PiecewiseConstant"] = () => new PiecewiseConstant([1], [.1, .2]),
        ["PolynomialDecay"] = () => new PolynomialDecay(.1, 100, .01, 2),
        ["StepDecay"] = () => new StepDecay(.1, 100, .5),
        ["WarmUp"] = () => new WarmUp(new StepDecay(.1, 100, .5), 7),
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_no_layer_is_made_again_too(string name)
    {
        var item = others[name]();
        var text = Config.Of(item)!.ToJsonString();
        var again = CustomObjects.Make<IConfigurable>(JsonNode.Parse(text)!);
        Assert.IsType(item.GetType(), again);
        Assert.Equal(text, Config.Of(again)!.ToJsonString());
        if (item is Initializer or Regularizer or Constraint or Schedule) Assert.Equal(item, again);
    }

    [Fact]
    public void Everything_else_of_the_library_is_tried() => Assert.Equal(
        BuiltIn.Except(layers.Keys).Except(cells).Order(StringComparer.Ordinal), others.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("relu")]
    [InlineData("hard_sigmoid")]
    public void A_name_stands_for_an_activation(string name) => Assert.Equal(name, ((Activation)name).Function);

    [Fact]
    public void Names_stand_for_what_Keras_calls_so()
    {
        Assert.IsType<RMSProp>((Optimizer)"RMSprop");
        Assert.Same(Loss.MeanSquaredError, (Loss)"mse");
        Assert.Equal("acc", ((Metric)"accuracy").Name);
        Assert.Equal(Initializer.GlorotUniform, (Initializer)"glorot_uniform");
        Assert.Equal(Regularizer.L2(), (Regularizer)"l2");
        Assert.Equal(Constraint.MaxNorm(), (Constraint)"max_norm");
        Check.Fails("Config: no Loss is named 'mmse'; register it: CustomObjects.Register<Loss>(\"mmse\", () => …).", () => (Loss)"mmse");

        var model = new Sequential(new Dense(3, "relu") { KernelInitializer = "he_normal" }, new Dense(1)) { Seed = 1 };
        model.Compile("adam", "mse", "mae");
        Assert.True(model.TrainOnBatch(Tensor.Ones([2, 2]), Tensor.Ones([2, 1]))["mean_absolute_error"] > 0);
    }
}
