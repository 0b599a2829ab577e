using System.CommandLine;
using Strata.Formats.Arrays;
using Strata.Formats.Onnx;
using Strata.Gallery.Language.Translation;
using Strata.Gallery.Vision.Classification;
using Strata.Nn;
using Strata.Random;

namespace Strata.Bench.Formats;

/// <summary>Writes exported models with an input and the output that the library computes, for peers/onnx_runtime.mjs to compare.</summary>
static class OnnxCommand
{
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
            Write(to, "lstm", new Sequential(new LSTM(32), new Dense(5, Activation.Softmax)), [12, 7]);
            Write(to, "recurrent", new Sequential(new Bidirectional(new GRU(16, returnSequences: true)), new SimpleRNN(8, returnSequences: true), new LSTM(8, goBackwards: true)), [12, 7]);

            // Sentences of different lengths, filled up at their ends.
            var sentences = Tensor.From(new[,] { { 4, 5, 6, 7, 8, 9 }, { 9, 5, 4, 0, 0, 0 }, { 7, 0, 0, 0, 0, 0 } });
            var translations = Tensor.From(new[,] { { 1, 4, 5, 6 }, { 1, 9, 8, 0 }, { 1, 6, 6, 6 } });
            var small = new DeepLstm(Layers: 2, Units: 16);
            Write(to, "masked", new Sequential(new Embedding(10, 6, maskZero: true), new Bidirectional(new LSTM(8, returnSequences: true)), new GRU(8)), sentences);
            Write(to, "seq2seq", new Seq2Seq(10, 10, small, seed: 1), sentences, translations);
            Write(to, "luong-attention", new LuongAttention(10, 10, small, new Attention(new GeneralScore(), new PredictiveWindow(3, 16)), inputFeeding: true, seed: 1), sentences, translations);
        });
        return command;
    }

    static void Write(string folder, string name, Model model, Shape input) => Write(folder, name, model, new RandomStream(1).Normal([3, .. input.Span]));

    static void Write(string folder, string name, Model model, params Tensor[] x)
    {
        var options = new OnnxOptions { InputTypes = [.. x.Select(t => t.DType)], PaddingAtEnd = true };
        OnnxFile.Export(Path.Combine(folder, name + ".onnx"), model, [.. x.Select(t => t.Shape[1..])], options);
        for (var i = 0; i < x.Length; i++) Npy.Write(Path.Combine(folder, $"{name}-x{i + 1}.npy"), x[i].Rank == 4 ? x[i].Transpose(0, 3, 1, 2) : x[i]);
        Npy.Write(Path.Combine(folder, name + "-y.npy"), x.Length == 1 ? model.Apply(x[0]) : model.Apply(x)[0]);
        Console.WriteLine(name);
    }
}
