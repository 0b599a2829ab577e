using Strata.Formats.Onnx;
using Strata.Formats.Weights;
using Strata.Nn;

namespace Strata.Formats.Tests.Weights;

public class WeightFileTests
{
    static readonly Dictionary<string, Tensor> tensors = new()
    {
        ["block_1/dense/kernel"] = Tensor.From([0f, .25f, .5f, .75f, 1f, 1.25f], [2, 3]).Keep(),
        ["block_1/dense/bias"] = Tensor.From([Math.PI]).Keep(),
        ["n"] = Tensor.Scalar(1L << 62, DType.Int64).Keep(),
        ["i"] = Tensor.From([7, -8]).Keep(),
        ["bytes"] = Tensor.From(new byte[] { 1, 2, 255 }).Keep(),
        ["mask"] = Tensor.From([true, false, true]).Keep(),
        ["empty"] = Tensor.Zeros([3, 0, 2]).Keep(),
    };

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var from in WeightFile.Endings)
                foreach (var to in WeightFile.Endings) pairs.Add(from, to);
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Tensors_survive_from_every_format_to_every_other(string from, string to)
    {
        using var first = new TemporaryFile("a" + from);
        using var second = new TemporaryFile("b" + to);
        WeightFile.Write(first.Path, tensors);
        WeightFile.Write(second.Path, WeightFile.Read(first.Path));
        var back = WeightFile.Read(second.Path);
        Assert.Equal(tensors.Keys.Order(), back.Keys.Order());
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal(tensor.Type, back[name].Type);
            Assert.Equal(tensor.Cast(DType.Float64).ToArray<double>(), back[name].Cast(DType.Float64).ToArray<double>());
        }

        Assert.Equal(["b" + to], second.Folder); // nothing half-written
    }

    [Fact]
    public void The_content_tells_the_format()
    {
        using var file = new TemporaryFile("weights.bin");
        foreach (var ending in WeightFile.Endings)
        {
            using var written = new TemporaryFile("a" + ending);
            WeightFile.Write(written.Path, tensors);
            File.Copy(written.Path, file.Path, overwrite: true);
            Assert.Equal(7, WeightFile.Read(file.Path).Count);
        }
    }

    [Fact]
    public void What_is_no_file_of_weights_is_told_so()
    {
        using var file = new TemporaryFile("a.bin");
        string Error(params byte[] content)
        {
            File.WriteAllBytes(file.Path, content);
            return Assert.ThrowsAny<StrataException>(() => WeightFile.Read(file.Path)).Message;
        }

        Assert.Contains("not a file of weights", Error());
        Assert.Contains("not a file of weights", Error([.. "some text, long enough"u8]));
        Assert.Contains("zip archive is damaged", Error([.. "PK\x3\x4 and no archive"u8]));
        Assert.Contains("the pickle is truncated", Error(0x80, 2));
        Assert.Contains("there is no such file", Assert.Throws<DataFileException>(() => WeightFile.Read(file.Path + "x")).Message);
        Assert.Contains("its ending names no format of weights, expected one of .safetensors, .strata", Assert.Throws<DataFileException>(() => WeightFile.Write("a.onnx", tensors)).Message);
        Assert.Contains("a weight cannot be called '@x'", Assert.Throws<CheckpointException>(() => WeightFile.Write("a.strata", new Dictionary<string, Tensor> { ["@x"] = 1 })).Message);
    }

    [Fact]
    public void Weights_keep_the_order_of_their_model()
    {
        using var file = new TemporaryFile("a.strata");
        var model = new Sequential(new Dense(3), new BatchNormalization(), new Dense(2));
        model.BuildFor([4]);
        model.SaveWeights(file.Path);
        Assert.Equal(ModelWeights.Save(model).Keys, WeightFile.Read(file.Path).Keys);
    }

    [Fact]
    public void Weights_of_an_ONNX_file_have_the_names_of_the_layers()
    {
        using var file = new TemporaryFile("a.onnx");
        var model = new Sequential(new Conv2D(2, 3, activation: Activation.Relu), new Flatten(), new Dense(2)) { Seed = 1 };
        OnnxFile.Export(file.Path, model, [5, 5, 1]);
        var weights = WeightFile.Read(file.Path);
        Assert.Equal(["conv2d_1.weight", "conv2d_1/bias", "dense_1/bias", "dense_1/kernel"], weights.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Shape.Of(2, 1, 3, 3), weights["conv2d_1.weight"].Shape); // [out, in, h, w], as the name says
        Assert.Equal("Conv", OnnxMessages.Read(File.ReadAllBytes(file.Path)).Nodes.Single(n => n.Inputs.Contains("conv2d_1/bias")).Operator);
    }
}
