using Strata.Random;

namespace Strata.Nn.Tests.Layers;

/// <summary>Every layer's gradients, for its input and its weights, against central differences in float64.</summary>
public sealed class LayerGradientTests
{
    public static TheoryData<string> Layers => [.. Cases.Keys];

    static readonly Dictionary<string, (Func<Layer> Layer, Shape Input, bool Training)> Cases = new()
    {
        ["Dense"] = (() => new Dense(3, Activation.Tanh) { DType = DType.Float64 }, [4, 2], false),
        ["Dense on sequences"] = (() => new Dense(3, Activation.Softmax) { DType = DType.Float64 }, [2, 3, 2], false),
        ["Conv1D causal"] = (() => new Conv1D(2, 3, padding: Padding.Causal, dilation: 2) { DType = DType.Float64 }, [2, 5, 2], false),
        ["Conv2D same, strided"] = (() => new Conv2D(2, 3, strides: 2, padding: Padding.Same, activation: Activation.Sigmoid) { DType = DType.Float64 }, [2, 5, 4, 2], false),
        ["Conv2D in groups"] = (() => new Conv2D(4, 2, groups: 2) { DType = DType.Float64 }, [1, 3, 3, 4], false),
        ["BatchNormalization, training"] = (() => new BatchNormalization { DType = DType.Float64 }, [5, 3], true),
        ["BatchNormalization of images"] = (() => new BatchNormalization { DType = DType.Float64 }, [2, 2, 3, 2], true),
        ["BatchNormalization, inference"] = (() => new BatchNormalization { DType = DType.Float64 }, [5, 3], false),
        ["LayerNormalization"] = (() => new LayerNormalization { DType = DType.Float64 }, [3, 4], true),
        ["Dropout"] = (() => new Dropout(.4), [4, 5], true),
        ["ZeroPadding2D"] = (() => new ZeroPadding2D(1, 0, 2, 1), [1, 2, 2, 2], false),
        ["MaxPooling2D"] = (() => new MaxPooling2D(2, padding: Padding.Same), [2, 3, 4, 2], false),
        ["AveragePooling2D"] = (() => new AveragePooling2D(2, padding: Padding.Same), [2, 3, 4, 2], false),
        ["GlobalMaxPooling2D"] = (() => new GlobalMaxPooling2D(), [2, 3, 2, 2], false),
        ["GlobalAveragePooling2D"] = (() => new GlobalAveragePooling2D(), [2, 3, 2, 2], false),
        ["Conv1DTranspose"] = (() => new Conv1DTranspose(2, 3, strides: 2, outputPadding: 1) { DType = DType.Float64 }, [1, 3, 2], false),
        ["Conv2DTranspose same"] = (() => new Conv2DTranspose(2, 3, strides: 2, padding: Padding.Same) { DType = DType.Float64 }, [1, 3, 2, 2], false),
        ["Conv3D"] = (() => new Conv3D(2, (1, 2, 2)) { DType = DType.Float64 }, [1, 2, 3, 2, 2], false),
        ["Conv3DTranspose"] = (() => new Conv3DTranspose(2, 2) { DType = DType.Float64 }, [1, 1, 2, 2, 2], false),
        ["DepthwiseConv2D"] = (() => new DepthwiseConv2D(2, depthMultiplier: 2) { DType = DType.Float64 }, [1, 3, 3, 2], false),
        ["SeparableConv1D"] = (() => new SeparableConv1D(3, 2, depthMultiplier: 2) { DType = DType.Float64 }, [2, 4, 2], false),
        ["SeparableConv2D"] = (() => new SeparableConv2D(3, 2, padding: Padding.Same) { DType = DType.Float64 }, [1, 3, 3, 2], false),
        ["LocallyConnected1D"] = (() => new LocallyConnected1D(2, 2, 2) { DType = DType.Float64 }, [2, 5, 2], false),
        ["LocallyConnected2D"] = (() => new LocallyConnected2D(2, 2) { DType = DType.Float64 }, [2, 3, 3, 2], false),
        ["BatchNormalization of axis 1"] = (() => new BatchNormalization(axis: 1) { DType = DType.Float64 }, [3, 2, 4], true),
        ["MaxPooling3D"] = (() => new MaxPooling3D((1, 2, 2)), [1, 2, 4, 2, 2], false),
        ["AveragePooling3D same"] = (() => new AveragePooling3D(padding: Padding.Same), [1, 3, 2, 3, 1], false),
        ["Cropping2D"] = (() => new Cropping2D(1, 0, 0, 1), [1, 3, 3, 2], false),
        ["UpSampling2D bilinear"] = (() => new UpSampling2D(2, ResizeMode.Bilinear), [1, 2, 3, 2], false),
        ["PReLU"] = (() => new PReLU(1) { DType = DType.Float64, AlphaInitializer = new Constant(.3) }, [2, 3, 2], false),
        ["ELU"] = (() => new ELU(.7), [2, 3], false),
        ["Softmax of axis 1"] = (() => new Softmax(1), [2, 3, 2], false),
        ["AlphaDropout"] = (() => new AlphaDropout(.3), [3, 4], true),
        ["GaussianDropout"] = (() => new GaussianDropout(.3), [3, 4], true),
        ["SpatialDropout1D"] = (() => new SpatialDropout1D(.3), [3, 2, 4], true),
        ["Highway"] = (() => new Highway(Activation.Tanh) { DType = DType.Float64 }, [3, 4], false),
        ["HighwayConv2D"] = (() => new HighwayConv2D(3, Activation.Tanh) { DType = DType.Float64 }, [1, 3, 3, 2], false),
        ["Maxout"] = (() => new Maxout(2, 3) { DType = DType.Float64 }, [3, 4], false),
        ["MixtureDensity"] = (() => new MixtureDensity(2, 2) { DType = DType.Float64 }, [3, 4], false),
        ["Masking"] = (() => new Masking(), [2, 3, 2], false),
        ["Permute"] = (() => new Permute(2, 1), [2, 3, 2], false),
        ["RepeatVector"] = (() => new RepeatVector(3), [2, 2], false),
        ["SimpleRNN"] = (() => new SimpleRNN(2) { DType = DType.Float64 }, [2, 3, 2], false),
        ["LSTM"] = (() => new LSTM(2, recurrentActivation: Activation.Sigmoid, dropout: .3, returnSequences: true) { DType = DType.Float64 }, [2, 3, 2], true),
        ["LSTM, state dropout"] = (() => new LSTM(2, recurrentDropout: .3, goBackwards: true) { DType = DType.Float64 }, [2, 3, 2], true),
        ["GRU"] = (() => new GRU(2, implementation: 2, dropout: .3) { DType = DType.Float64 }, [2, 3, 2], true),
        ["GRU, reset after"] = (() => new GRU(2, resetAfter: true, recurrentDropout: .2, returnSequences: true) { DType = DType.Float64 }, [2, 3, 2], true),
        ["NtmCell"] = (() => new RNN(new NtmCell(2, new Dense(3, Activation.Tanh) { DType = DType.Float64 }, 4, 2, 2, 2) { DType = DType.Float64, MemoryInitializer = new RandomUniform(-1, 1) }) { DType = DType.Float64 }, [2, 3, 2], false),
        ["ConvLSTM2D"] = (() => new ConvLSTM2D(1, 2) { DType = DType.Float64 }, [1, 2, 3, 3, 2], false),
        ["Bidirectional"] = (() => new Bidirectional(new GRU(2, returnSequences: true) { DType = DType.Float64 }), [2, 3, 2], false),
        ["TimeDistributed"] = (() => new TimeDistributed(new Dense(2) { DType = DType.Float64 }), [2, 3, 2], false),
        ["Gelu"] = (() => Activation.Gelu, [2, 3], false),
        ["Selu"] = (() => Activation.Selu, [2, 3], false),
        ["Softsign"] = (() => Activation.Softsign, [2, 3], false),
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Gradients_agree_with_differences(string name)
    {
        var (make, shape, training) = Cases[name];
        var layer = make();
        var x = new Variable(new RandomStream(1).Normal(shape, dtype: DType.Float64));
        layer.Apply(x, new CallContext(false, new RandomStream(2)));
        Variable[] variables = [x, .. layer.TrainableWeights];

        GradientCheck.Verify(() => layer.Apply(x, new CallContext(training, new RandomStream(3))), variables, name, step: 1e-6);
    }
}
