using System.CommandLine;
using Strata.Formats.Arrays;
using Strata.Formats.Onnx;
using Strata.Gallery.Vision.Classification;
using Strata.Nn;
using Strata.Random;

namespace Strata.Bench.Formats;

/// <summary>Writes exported models with an input and the output that the library computes, for peers/onnx_runtime.mjs to compare.</summary>
static class OnnxCommand
{
    /// <summary>An LSTM over a sequence, and a dense layer on its last output.</summary>
    sealed class LstmClassifier : Model
    {
        readonly Dense head;
        Variable kernel = null!, recurrent = null!, bias = null!;

        public LstmClassifier() => head = Track(new Dense(5, Activation.Softmax));

        protected override void Build(Shape x)
        {
            kernel = Weight("kernel", [x[^1], 128], Initializer.GlorotUniform);
            recurrent = Weight("recurrent_kernel", [32, 128], Initializer.GlorotUniform);
            bias = Weight("bias", [128], Initializer.RandomNormal);
        }

        protected override Tensor Call(Tensor x, CallContext context)
        {
            var zeros = Tensor.Zeros([x.Shape[0], 32]);
            var (outputs, _) = Tensor.Lstm(x.MatMul(kernel) + bias, zeros, zeros, recurrent);
            return head.Apply(outputs.Slice([0, x.Shape[1] - 1], [x.Shape[0], 1]).Reshape(-1, 32), context);
        }
    }

    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "Where the files go." };
        var command = new Command("onnx", "Exports models with inputs and outputs.") { folder };
        command.SetAction(parse =>
        {
            var to = parse.GetValue(folder)!;
            Directory.CreateDirectory(to);
            Write(to, "lenet5", LeNet5.Create(1), [28, 28, 1]);
            Write(to, "resnet18", ResNet.ResNet18(), [224, 224, 3]);
            Write(to, "googlenet", new GoogLeNet(), [96, 96, 3]);
            Write(to, "lstm", new LstmClassifier(), [12, 7]);
        });
        return command;
    }

    static void Write(string folder, string name, Model model, Shape input)
    {
        var x = new RandomStream(1).Normal([3, .. input.Span]);
        OnnxFile.Export(Path.Combine(folder, name + ".onnx"), model, input);
        Npy.Write(Path.Combine(folder, name + "-x.npy"), input.Rank == 3 ? x.Transpose(0, 3, 1, 2) : x);
        Npy.Write(Path.Combine(folder, name + "-y.npy"), model.Apply(x));
        Console.WriteLine(name);
    }
}
