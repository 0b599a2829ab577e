using System.IO.Compression;
using System.Text;
using Strata.Data;
using Strata.Formats.Arrays;
using Strata.Formats.Hdf5;
using Strata.Formats.Images;
using Strata.Formats.Keras;
using Strata.Formats.Metrics;
using Strata.Formats.Onnx;
using Strata.Formats.PyTorch;
using Strata.Formats.TensorBoard;
using Strata.Nn;
using Strata.Serving;

namespace Strata.Bench.Formats;

/// <summary>Every reader of the library, with files that the library writes; for those that it only reads, the tests' own. Request bodies are read like files.</summary>
static class FuzzTargets
{
    public static IEnumerable<FuzzTarget> All(string folder)
    {
        var path = Path.Combine(folder, "file");
        var tensors = new Dictionary<string, Tensor>
        {
            ["layer.weight"] = Tensor.Arange(24).Cast(DType.Float32).Reshape(2, 3, 4), ["layer.bias"] = Tensor.From([1.5, 2.5]), ["n"] = Tensor.Scalar(7, DType.Int64),
            ["mask"] = Tensor.From([true, false]), ["empty"] = Tensor.Zeros([0, 3]),
        };
        Tensor[] arrays = [.. tensors.Values];
        var tests = Tests();

        yield return new("safetensors", [Written(() => Safetensors.Write(path, tensors, new Dictionary<string, string> { ["note"] = "x" }))], 128, f => Safetensors.Decode(f));
        yield return new("npy", [.. arrays.Select(a => Written(() => Npy.Write(path, a)))], 64, f => Npy.Decode(f));
        yield return new("npz", [Written(() => Npz.Write(path, tensors)), Written(() => Npz.Write(path, tensors, compress: true))], 1200, f => Npz.Decode(f), ZipRepair.Repair);
        yield return new("lists", [.. Files(tests, "Arrays/Files", "lists-p*.npy"), .. Files(tests, "Arrays/Files", "lists-numpy2.npy"), .. Files(tests, "Arrays/Files", "objects-array.npy")], 256, f => Npy.DecodeLists(f));
        yield return new("lists-npz", [.. Files(tests, "Arrays/Files", "lists.npz"), .. Files(tests, "Arrays/Files", "lists-deflated.npz")], 1200, f => Npz.DecodeWithLists(f), ZipRepair.Repair);
        yield return new("pth", [Written(() => TorchFile.Write(path, tensors)), .. Files(tests, "PyTorch/Files", "*.pth")], 256, f => TorchFile.Decode(f), ZipRepair.Repair);
        yield return new("hdf5", [.. Files(tests, "Hdf5/Files", "*.h5"), .. Files(tests, "Keras/Files", "*.h5")], 64, f => Hdf5File.Decode(f));
        yield return new("keras", Files(tests, "Keras/Files", "*.keras"), 1200, f => KerasFile.Decode(f), ZipRepair.Repair);
        yield return new("onnx", Files(tests, "Onnx/Files", "*.onnx"), 64, f => OnnxFile.Decode(f));
        yield return new("png", Files(tests, "Images/Png", "*.png"), 8300, f => Png.Decode(f), PngRepair.Repair); // deflate's 1032 bytes a byte, eight each
        yield return new("jpeg", Files(tests, "Images/Jpeg", "*.jpg"), 4096, f => Jpeg.Decode(f));
        yield return new("bmp", Files(tests, "Images/Other", "*.bmp"), 1100, f => Bmp.Decode(f));
        yield return new("netpbm", [.. Files(tests, "Images/Other", "*.ppm"), .. Files(tests, "Images/Other", "*.pgm"), .. Files(tests, "Images/Other", "*.pbm")], 64, f => Netpbm.Decode(f));
        byte[] idx = [0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6];
        yield return new("idx", [idx, Gzip(idx)], 1100, OnDisk(path, p => Idx.Read(p)));
        yield return new("csv", [Encoding.UTF8.GetBytes("a,b,c\n1,2,x\n3,\"4 \"\"q\"\"\",y\n"), Encoding.UTF8.GetBytes("x;1\r\ny;2\r\n")], 512, OnDisk(path, p => CsvTable.Read(p)));
        yield return new("events", Files(tests, "TensorBoard", "*.tfevents"), 128, OnDisk(path, p => EventReader.Read(p)), EventRepair.Repair);
        yield return new("metrics", [Encoding.UTF8.GetBytes("{\"step\":1,\"time\":2,\"loss\":0.5}\n{\"step\":2,\"time\":2.5,\"loss\":0.25}\n")], 512, OnDisk(path, p => MetricsReader.Read(p)));
        var vectors = new WordVectors(new Vocabulary(["</s>", "bear", "new_york"]), Tensor.Linspace(-1, 1, 12).Reshape(3, 4));
        foreach (var form in Enum.GetValues<WordVectorFormat>())
            yield return new($"words-{form.ToString().ToLowerInvariant()}", [Written(() => vectors.Write(path, form)), Gzip(Written(() => vectors.Write(path, form)))], 4400, OnDisk(path, p => WordVectors.Read(p))); // deflate's 1032 bytes a byte, of text twice four
        yield return new("analogies", [": capitals\nAthens Greece Bern Switzerland\n: gram1\ncalm calmly free freely\n"u8.ToArray()], 512, OnDisk(path, p => AnalogyQuestions.Read(p)));
        yield return new("ratings", ["1::2::3::978300760\n1::5::4.5::978300761\n"u8.ToArray(), "userId,movieId,rating\n1,2,3.5\n"u8.ToArray()], 512, OnDisk(path, p => RatingSet.Read(p)));
        var model = new Sequential(new Dense(3), new BatchNormalization()) { Seed = 1 };
        model.BuildFor([4]);
        yield return new("checkpoint", [Written(() => model.SaveWeights(path))], 128, OnDisk(path, p => model.LoadWeights(p)));

        // The description stands in the header, which mutations favor at its front; numbers are what layers are made of.
        var input = new Input([6, 6, 1]);
        var graph = new Model(input, input.Then(new Conv2D(2, 3, activation: Activation.Relu), new BatchNormalization(), new Flatten(), new Dense(3, Activation.Softmax))) { Seed = 1 };
        var words = new Sequential(new Input([5], DType.Int32), new Embedding(7, 3, maskZero: true), new Bidirectional(new LSTM(2)), new Dense(2)) { Seed = 1 };
        graph.Compile(new Adam(), Loss.SparseCategoricalCrossentropy, Metric.Accuracy);
        yield return new("models", [Written(() => graph.Save(path)), Written(() => words.Save(path))], 512, OnDisk(path, p => Model.Load(p)), ModelRepair.Repair);
        var learned = new LearnedOptimizer(units: 3, seed: 1).Network;
        yield return new("learned", [Written(() => learned.SaveWeights(path))], 128, OnDisk(path, p => learned.LoadWeights(p)));
        yield return new("function", [.. Functions().Select(f => Written(() => SavedFunction.Save(f, path)))], 512, OnDisk(path, p => SavedFunction.Load(p)));
        yield return new("tokenizer", [Utf8(Fitted(null).ToJson()), Utf8(Fitted("?").ToJson())], 512, f => Tokenizer.FromJson(Encoding.UTF8.GetString(f)));
        byte[] record = [1, 2, .. Enumerable.Range(0, 3072).Select(i => (byte)i)];
        yield return new("cifar", [record, [.. record, .. record], Gzip(record)], 8500, Cifar(folder)); // deflate's 1032 bytes a byte, of each a float in two sets
        yield return new("word-index", [Utf8("""{"the": 1, "and": 2, "na\u00efve": 5}""")], 512, OnDisk(Path.Combine(folder, "imdb_word_index.json"), _ => Imdb.LoadWordIndex(folder)));
        yield return new("imdb", Files(Path.Combine(tests, "..", "Strata.Data.Tests"), "KerasDatasets/Files", "imdb.npz"), 1200, OnDisk(Path.Combine(folder, "imdb.npz"), _ => Imdb.Load(folder)), ZipRepair.Repair);
        yield return new("similarities", ["tiger cat 7.35\nbook paper 7.46\n"u8.ToArray()], 512, OnDisk(path, p => WordSimilarities.Read(p)));
        yield return new("run", [Utf8("""{"version":1,"title":"a","recipe":"lenet5","preset":"quick","seed":1,"started":"2025-01-02T03:04:05+00:00","process":0,"seconds":1.5,"claims":[]}""")], 512, OnDisk(path, p => RunDescription.Read(p)));
        yield return new("settings", [Utf8("""{"threads":2,"float":"float32","eager":false}""")], 512, OnDisk(path, p => Configuration.Read(p)));
        Port[] one = [new("x", new TensorType([2, 3], DType.Float32))], two = [new("a", new TensorType([2], DType.Float32)), new("b", new TensorType([], DType.Int64))];
        yield return new("serve-json", [Utf8("""{"instances":[[[1,2,3],[4.5,-6e-1,7]],[[0,0,0],[1,1,1]]]}"""), Utf8("""{"inputs":{"x":[[[1,2,3],[4,5,6]]]}}""")], 512, f => JsonBody.Read(f, one));
        yield return new("serve-named", [Utf8("""{"instances":[{"a":[1,2],"b":3},{"a":[4,5],"b":-6}]}"""), Utf8("""{"inputs":{"a":[[1,2],[3,4]],"b":[5,6]}}""")], 512, f => JsonBody.Read(f, two));
        yield return new("serve-bytes", [new byte[24], new byte[72]], 64, f => BinaryBody.ReadElements(f, one));
        yield return new("serve-npy", [Written(() => Npy.Write(path, Tensor.Zeros([2, 2, 3]))), Written(() => Npy.Write(path, Tensor.Zeros([1, 2, 3], DType.Int64)))], 64, f => BinaryBody.ReadNpy(f, one));

        byte[] Written(Action write)
        {
            write();
            return File.ReadAllBytes(path);
        }
    }

    // A function of few operations and one with a loop, a variable and constants.
    static IEnumerable<Delegate> Functions()
    {
        var plain = Compiled.Function((Tensor x) => (x.MatMul(Tensor.Ones([3, 2])) + 1).Softmax().Sum(1));
        plain(Tensor.Ones([2, 3]));
        var weight = new Variable(Tensor.From([1f, 2, 3]));
        var loop = Compiled.Function((Tensor x) =>
        {
            var last = Flow.Scan((item, state) => (item * weight.Borrow() + state).Tanh(), x, Tensor.Zeros([3]));
            weight.Assign(weight.Borrow() * .5);
            return last[.., 1..].Pad([(1, 0), (0, 2)]).Transpose();
        });
        loop(Tensor.Ones([4, 3]));
        return [plain, loop];
    }

    static Tokenizer Fitted(string? unknown)
    {
        var tokenizer = new Tokenizer(numWords: 5, oovToken: unknown);
        tokenizer.FitOnTexts(["the cat sat on the mat", "a \"quoted\" word"]);
        return tokenizer;
    }

    static Action<byte[]> Cifar(string folder)
    {
        var of = Directory.CreateDirectory(Path.Combine(folder, "cifar")).FullName;
        return file =>
        {
            File.WriteAllBytes(Path.Combine(of, "train.bin"), file);
            File.WriteAllBytes(Path.Combine(of, "test.bin"), file);
            Cifar100.Load(of);
        };
    }

    static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    static Action<byte[]> OnDisk(string path, Action<string> read) => file =>
    {
        File.WriteAllBytes(path, file);
        read(path);
    };

    static List<byte[]> Files(string tests, string folder, string pattern) => [.. Directory.GetFiles(Path.Combine(tests, folder), pattern).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    static string Tests()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "tests", "Strata.Formats.Tests") is var tests && Directory.Exists(tests)) return tests;
        throw new DirectoryNotFoundException("fuzz: run it inside the repository, whose tests hold files to change.");
    }

    static byte[] Gzip(byte[] content)
    {
        var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Optimal)) gzip.Write(content);
        return to.ToArray();
    }
}
