using System.Text.Json;

namespace Strata.Nn.Tests.Layers;

/// <summary>Layers with given weights against PyTorch (Reference/make_layers.py).</summary>
public sealed class ReferenceTests
{
    static readonly JsonElement reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "layers.json"))).RootElement;

    static readonly Dictionary<string, Func<Layer>> layers = new()
    {
        ["Conv1D"] = () => new Conv1D(4, 3),
        ["Conv1D same, strides 2"] = () => new Conv1D(4, 3, strides: 2, padding: Padding.Same),
        ["Conv1D causal, dilation 2"] = () => new Conv1D(4, 3, padding: Padding.Causal, dilation: 2),
        ["SeparableConv1D"] = () => new SeparableConv1D(4, 3, depthMultiplier: 2),
        ["LocallyConnected1D"] = () => new LocallyConnected1D(2, 3),
        ["MaxPooling1D"] = () => new MaxPooling1D(),
        ["AveragePooling1D"] = () => new AveragePooling1D(3, 2),
        ["Conv1DTranspose strides 2"] = () => new Conv1DTranspose(2, 3, strides: 2),
        ["Conv2D"] = () => new Conv2D(4, (3, 2)),
        ["Conv2D same, strides 2"] = () => new Conv2D(4, (3, 2), strides: 2, padding: Padding.Same),
        ["Conv2D dilation 2"] = () => new Conv2D(4, (3, 2), dilation: 2),
        ["DepthwiseConv2D"] = () => new DepthwiseConv2D(3, depthMultiplier: 2),
        ["SeparableConv2D same"] = () => new SeparableConv2D(4, 3, padding: Padding.Same, depthMultiplier: 2),
        ["Conv2DTranspose strides 2"] = () => new Conv2DTranspose(2, 3, strides: 2),
        ["Conv2DTranspose same, strides 2"] = () => new Conv2DTranspose(2, 3, strides: 2, padding: Padding.Same),
        ["Conv2DTranspose same, strides 2, output padding 1"] = () => new Conv2DTranspose(2, 3, strides: 2, padding: Padding.Same, outputPadding: 1),
        ["LocallyConnected2D"] = () => new LocallyConnected2D(2, (3, 2), strides: (1, 1)),
        ["MaxPooling2D"] = () => new MaxPooling2D(),
        ["AveragePooling2D same"] = () => new AveragePooling2D(padding: Padding.Same),
        ["UpSampling2D"] = () => new UpSampling2D((2, 3)),
        ["UpSampling2D bilinear"] = () => new UpSampling2D((2, 3), ResizeMode.Bilinear),
        ["PReLU"] = () => new PReLU(1, 2),
        ["LeakyReLU"] = () => new LeakyReLU(),
        ["ELU"] = () => new ELU(),
        ["ThresholdedReLU"] = () => new ThresholdedReLU(),
        ["ReLU"] = () => new ReLU(maximum: 1),
        ["Softmax axis 1"] = () => new Softmax(1),
        ["BatchNormalization"] = () => new BatchNormalization(),
        ["BatchNormalization axis 2"] = () => new BatchNormalization(axis: 2),
        ["LayerNormalization"] = () => new LayerNormalization(),
        ["Conv3D"] = () => new Conv3D(3, (2, 3, 2)),
        ["MaxPooling3D"] = () => new MaxPooling3D((2, 2, 3)),
        ["AveragePooling3D"] = () => new AveragePooling3D(),
        ["Conv3DTranspose strides 2"] = () => new Conv3DTranspose(3, 2, strides: 2),
        ["GlobalMaxPooling3D"] = () => new GlobalMaxPooling3D(),
        ["GlobalAveragePooling3D"] = () => new GlobalAveragePooling3D(),
    };

    public static TheoryData<string> Cases => [.. reference.EnumerateObject().Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_layer_gives_what_PyTorch_gives(string name)
    {
        var (layer, expected) = (layers[name](), reference.GetProperty(name));
        var x = Read(expected.GetProperty("x"));
        layer.Apply(x);
        if (layer.Weights.Count > 0) layer.SetWeights([.. expected.GetProperty("weights").EnumerateArray().Select(Read)]);
        var y = layer.Apply(x);
        Assert.Equal(Read(expected.GetProperty("y")).Shape, y.Shape);
        Check.Close(Read(expected.GetProperty("y")).Cast(DType.Float64).ToArray<double>(), y, 3e-6);
    }

    static Tensor Read(JsonElement tensor) =>
        Tensor.From(tensor.GetProperty("values").EnumerateArray().Select(v => (float)v.GetDouble()).ToArray(), Shape.Of([.. tensor.GetProperty("shape").EnumerateArray().Select(s => s.GetInt32())]));
}
