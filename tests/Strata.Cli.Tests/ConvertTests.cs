using Strata.Formats.Onnx;
using Strata.Formats.PyTorch;
using Strata.Formats.Weights;
using Strata.Nn;

namespace Strata.Cli.Tests;

public sealed class ConvertTests : IDisposable
{
    readonly StrataCommand strata = new();

    public void Dispose() => strata.Dispose();

    string File(string name) => Path.Combine(strata.Folder, name);

    Sequential Model(string name, long seed)
    {
        var model = new Sequential(new Conv2D(2, 3, activation: Activation.Relu), new Flatten(), new Dense(4, Activation.Softmax)) { Seed = seed };
        model.BuildFor([6, 6, 1]);
        model.Save(File(name));
        return model;
    }

    StrataCommand.Answer Converts(params string[] arguments)
    {
        var answer = strata.Run(["convert", .. arguments]);
        Assert.Equal("", answer.Error);
        Assert.Equal(0, answer.ExitCode);
        return answer;
    }

    string Refuses(params string[] arguments)
    {
        var answer = strata.Run(["convert", .. arguments]);
        Assert.Equal(2, answer.ExitCode);
        Assert.DoesNotContain("   at ", answer.Error);
        Assert.False(System.IO.File.Exists(File(arguments[1])), "nothing is written");
        return answer.Error + answer.Output;
    }

    void Same(Model model, string file)
    {
        var weights = Strata.Nn.Model.Load(File(file)).GetWeights();
        foreach (var (a, b) in model.GetWeights().Zip(weights)) Assert.Equal(a.ToArray<float>(), b.ToArray<float>());
    }

    [Fact]
    public void A_model_goes_to_PyTorch_and_NumPy_and_its_weights_come_back_with_a_table()
    {
        var model = Model("model.strata", 1);
        Model("other.strata", 2);
        Assert.Contains("conv2d_1.weight", Converts("model.strata", "a.pth").Output);
        Assert.Equal(Shape.Of(4, 32), WeightFile.Read(File("a.pth"))["dense_1.weight"].Shape);
        Assert.Contains("4 tensors", Converts("a.pth", "a.npz").Output);
        var answer = Converts("a.npz", "back.strata", "--model", "other.strata");
        Assert.Contains("4 mapped, 0 missing, 0 left over", answer.Output);
        Assert.Matches("conv2d_1.weight +│ conv2d_1/kernel +│ mapped", answer.Output);
        Same(model, "back.strata");
        Converts("model.strata", "a.safetensors");
        Assert.Equal(Shape.Of(32, 4), WeightFile.Read(File("a.safetensors"))["dense_1/kernel"].Shape);
        Converts("model.strata", "b.safetensors", "--names", "pytorch");
        Assert.Equal(Shape.Of(4, 32), WeightFile.Read(File("b.safetensors"))["dense_1.weight"].Shape);
    }

    [Fact]
    public void A_model_goes_to_ONNX_and_its_weights_come_back()
    {
        var model = Model("model.strata", 1);
        Model("other.strata", 2);
        Converts("model.strata", "model.onnx");
        var x = Tensor.Linspace(-1, 1, 72).Reshape(2, 6, 6, 1);
        var (expected, actual) = (model.Predict(x).ToArray<float>(), OnnxFile.Import(File("model.onnx")).Predict(x).ToArray<float>());
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
        Converts("model.onnx", "back.strata", "--model", "other.strata");
        Same(model, "back.strata");
    }

    [Fact]
    public void Missing_and_left_over_weights_are_an_error_with_the_list_unless_asked_for()
    {
        var model = Model("model.strata", 1);
        var tensors = ModelWeights.Save(model).Where(t => t.Key != "dense_1/bias").Append(new("head", Tensor.Scalar(1))).ToDictionary();
        WeightFile.Write(File("a.npz"), tensors);
        var error = Refuses("a.npz", "b.strata", "--model", "model.strata");
        Assert.Contains("1 weights are missing in 'a.npz' and 1 of its tensors are left over; nothing was written.", error);
        Assert.Matches("dense_1/bias +│ missing", error);
        Assert.Matches("head +│ +│ left over", error);
        Converts("a.npz", "b.strata", "--model", "model.strata", "--partly");

        WeightFile.Write(File("c.npz"), new Dictionary<string, Tensor> { ["head"] = 1 });
        Assert.Contains("no tensor fits", Refuses("c.npz", "c.strata", "--model", "model.strata", "--partly"));
    }

    [Fact]
    public void Weights_under_other_names_are_given_by_order()
    {
        var model = Model("model.strata", 1);
        Model("other.strata", 2);
        WeightFile.Write(File("a.pth"), TorchWeights.Save(model).Select((t, i) => ($"net.{i}.{t.Key.Split('.')[1]}", t.Value)).ToDictionary());
        Assert.Contains("no tensor fits", Refuses("a.pth", "b.strata", "--model", "other.strata"));
        Converts("a.pth", "b.strata", "--model", "other.strata", "--by-order");
        Same(model, "b.strata");
    }

    [Fact]
    public void Recurrent_weights_go_to_PyTorch_and_come_back()
    {
        var model = new Sequential(new Bidirectional(new LSTM(3)) { Name = "rnn" }, new Dense(2)) { Seed = 1 };
        model.BuildFor([5, 2]);
        model.Save(File("model.strata"));
        var answer = Converts("model.strata", "a.pth");
        Assert.Contains("rnn.weight_hh_l0_reverse", answer.Output);
        Assert.Contains("rnn.bias_hh_l0", answer.Output);
        Assert.Equal(10, WeightFile.Read(File("a.pth")).Count);
        Assert.Contains("8 mapped, 0 missing, 0 left over", Converts("a.pth", "back.strata", "--model", "model.strata").Output);
        Same(model, "back.strata");
    }

    [Fact]
    public void What_cannot_be_converted_is_told_in_one_sentence()
    {
        Model("model.strata", 1);
        WeightFile.Write(File("weights.npz"), new Dictionary<string, Tensor> { ["w"] = 1 });
        Assert.Contains("there is no such file", Refuses("nowhere.npz", "a.pth"));
        Assert.Contains("'a.h5' ends with none of .safetensors, .strata, .npz, .pth, .pt and .onnx", Refuses("weights.npz", "a.h5"));
        Assert.Contains("There is no file 'lenet' and no network of that name; the networks are alexnet", Refuses("weights.npz", "a.strata", "--model", "lenet"));
        Assert.Contains("name it with --model", Refuses("weights.npz", "a.pth", "--partly"));
        Assert.Contains("weights.npz", Refuses("weights.npz", "a.onnx"));
        Assert.Contains("'keras'", Refuses("model.strata", "a.npz", "--names", "keras"));
    }
}
