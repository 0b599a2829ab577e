using Strata.Formats.Arrays;
using Strata.Formats.Onnx;

namespace Strata.Formats.Tests.Onnx;

/// <summary>The models were exported by PyTorch, see make_onnx.py.</summary>
public class OnnxImportTests
{
    public static TheoryData<string> Models => ["block", "decoder", "lstm", "gru", "rnn", "attention"];

    static string File(string name) => Path.Combine(AppContext.BaseDirectory, "Onnx", "Files", name);

    static void Close(Tensor expected, Tensor actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        var (e, a) = (expected.ToArray<float>(), actual.ToArray<float>());
        for (var i = 0; i < e.Length; i++) Assert.Equal(e[i], a[i], tolerance * (1 + Math.Abs(e[i])));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Models_of_PyTorch_give_the_same_outputs(string name)
    {
        var (x, y) = (Npy.Read(File(name + "-x.npy")), Npy.Read(File(name + "-y.npy")));
        Close(y, OnnxFile.Import(File(name + ".onnx"), channelsLast: false).Apply(x));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Compiled_they_give_the_same_outputs(string name)
    {
        var (x, y) = (Npy.Read(File(name + "-x.npy")), Npy.Read(File(name + "-y.npy")));
        var model = OnnxFile.Import(File(name + ".onnx"), channelsLast: false);
        model.Apply(x);
        Close(y, Compiled.Function((Tensor v) => model.Apply(v))(x));
    }

    [Fact]
    public void Images_are_taken_with_channels_last()
    {
        var x = Npy.Read(File("decoder-x.npy")).Transpose(0, 2, 3, 1);
        Close(Npy.Read(File("decoder-y.npy")).Transpose(0, 2, 3, 1), OnnxFile.Import(File("decoder.onnx")).Apply(x));
    }

    [Fact]
    public void The_constants_are_weights_that_learn_but_for_running_statistics()
    {
        var model = OnnxFile.Import(File("block.onnx"));
        var x = Npy.Read(File("block-x.npy")).Transpose(0, 2, 3, 1);
        Assert.Equal(["x"], model.InputNames);
        model.Apply(x);
        Assert.Contains(model.TrainableWeights, w => w.Name.Contains("head.weight", StringComparison.Ordinal));
        var (_, gradients) = Gradient.ValueAndGradient(() => model.Apply(x, training: true).Square().Sum(), model.TrainableWeights);
        Assert.All(gradients, g => Assert.True(g.Abs().Sum().Item() >= 0));
    }

    [Fact]
    public void Other_and_damaged_files_are_told()
    {
        Assert.Contains("holds no graph", Assert.Throws<DataFileException>(() => OnnxFile.Decode([])).Message);
        Assert.Contains("no such file", Assert.Throws<DataFileException>(() => OnnxFile.Import("nowhere")).Message);
        var good = System.IO.File.ReadAllBytes(File("block.onnx"));
        for (var length = 1; length < good.Length - 40; length += 13) Assert.Throws<DataFileException>(() => OnnxFile.Decode(good.AsSpan(0, length)));
        var model = OnnxFile.Import(File("attention.onnx"));
        Assert.Contains("the input 'x' must have 3 axes, but it is [2, 6]", Assert.ThrowsAny<StrataException>(() => model.Apply(Tensor.Zeros([2, 6]))).Message);
    }

    [Theory]
    [InlineData("block"), InlineData("lstm"), InlineData("attention")]
    public void Random_changes_give_a_model_or_an_error_of_the_library(string name)
    {
        var good = System.IO.File.ReadAllBytes(File(name + ".onnx"));
        var x = Npy.Read(File(name + "-x.npy"));
        var random = new System.Random(8);
        for (var n = 0; n < 150; n++)
        {
            var file = (byte[])good.Clone();
            for (var k = random.Next(1, 6); k > 0; k--) file[random.Next(file.Length)] = (byte)random.Next(256);
            try
            {
                OnnxFile.Decode(file, channelsLast: false).Apply(x);
            }
            catch (StrataException)
            {
            }
        }
    }
}
