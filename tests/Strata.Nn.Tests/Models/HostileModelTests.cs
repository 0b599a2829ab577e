using System.Text;
using Strata.Memory;
using Strata.Random;

namespace Strata.Nn.Tests.Models;

/// <summary>Files of whole models, well-formed and with a good checksum, whose description asks for more than there is: one sentence, no memory to speak of.</summary>
public sealed class HostileModelTests : IDisposable
{
    // Managed bytes for each of the file's beyond a fixed amount, what tensors may take from the system, and what layers may
    // that are shared within shared layers.
    const long Multiple = 128, Fixed = 1 << 20, Native = 64 << 20, Sharing = 256 << 20;

    readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(path);

    /// <summary>Saves a model with a part of its description replaced.</summary>
    void Save(Model model, params (string From, string To)[] changes)
    {
        model.Save(path);
        var state = TensorFile.Read(path);
        var text = state.Text("@model");
        foreach (var (from, to) in changes)
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        state.Put("@model", text);
        TensorFile.Write(path, state);
    }

    /// <summary>Saves a description without weights.</summary>
    void Save(string description)
    {
        var state = new State();
        state.Put("@model", description);
        state.At("@random").Put("key", 1);
        state.At("@random").Put("draw", 0);
        TensorFile.Write(path, state);
    }

    T Cheaply<T>(Func<T> f)
    {
        var (managed, native) = (GC.GetAllocatedBytesForCurrentThread(), StoragePool.ReservedBytes);
        var result = f();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - managed, 0, Fixed + (Multiple * new FileInfo(path).Length));
        Assert.InRange(StoragePool.ReservedBytes - native, 0, Native);
        return result;
    }

    string Refusal() => Cheaply(() => Assert.ThrowsAny<StrataException>(() => Model.Load(path)).Message);

    static Sequential One(Shape input, Layer layer) => new(new Input(input), layer) { Seed = 1 };

    static Model Graph(Shape input, DType type, Layer layer)
    {
        var x = new Input(input, type);
        return new Model(x, x.Then(layer)) { Seed = 1 };
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_huge_layer(bool isGraph)
    {
        var layer = new Dense(7);
        Save(isGraph ? Graph([4], DType.Float32, layer) : One([4], layer), ("\"units\":7", "\"units\":2147483647"));
        Assert.Equal(
            "Config: the description asks for a weight 'dense_1/kernel' float32 [4, 2147483647] of 34,359,738,352 bytes, but of the file's 140 bytes of weights 140 are left for it.", Refusal());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_huge_table(bool isGraph)
    {
        var layer = new Embedding(7, 5);
        Save(
            isGraph ? Graph([3], DType.Int32, layer) : new Sequential(new Input([3], DType.Int32), layer) { Seed = 1 },
            ("\"input_dim\":7", "\"input_dim\":1000000000"), ("\"output_dim\":5", "\"output_dim\":1000"));
        Assert.Contains("asks for a weight 'embedding_1/embeddings' float32 [1000000000, 1000] of 4,000,000,000,000 bytes", Refusal());
    }

    [Fact]
    public void Layers_that_ask_for_the_weights_of_the_file_again_and_again()
    {
        var layers = Enumerable.Range(0, 4).Select(_ => (Layer)new Dense(100)).Prepend(new Input([100]));
        Save(new Sequential([.. layers]) { Seed = 1 }, ("\"units\":100", "\"units\":200"));
        Assert.Contains("asks for a weight 'dense_2/kernel' float32 [200, 200] of 160,000 bytes, but of the file's 161,600 bytes of weights 80,800 are left for it.", Refusal());
    }

    public static TheoryData<string, string, string> Windows => new()
    {
        { "Conv2D", "\"kernel_size\":[2,2]", "\"kernel_size\":[100000,100000]" },
        { "LocallyConnected2D", "\"kernel_size\":[2,2]", "\"kernel_size\":[90000,90000]" },
        { "MaxPooling2D", "\"pool_size\":[2,2]", "\"pool_size\":[2147483647,2147483647]" },
        { "LSTM", "\"units\":7", "\"units\":1073741824" },
        { "LSTM", "\"units\":7", "\"units\":100000000" },
        { "Maxout", "\"units\":7", "\"units\":2147483647" },
        { "UpSampling2D", "\"size\":[2,2]", "\"size\":[2147483647,2147483647]" },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void Absurd_sizes(string kind, string from, string to)
    {
        Layer layer = kind switch
        {
            "Conv2D" => new Conv2D(3, 2),
            "LocallyConnected2D" => new LocallyConnected2D(3, 2),
            "MaxPooling2D" => new MaxPooling2D(2),
            "LSTM" => new LSTM(7),
            "Maxout" => new Maxout(7, 3),
            _ => new UpSampling2D(2),
        };
        Shape input = kind switch { "LSTM" => [4, 2], "Maxout" => [4], _ => [6, 6, 1] };
        Save(One(input, layer), (from, to));
        Assert.NotEmpty(Refusal());
        Save(Graph(input, DType.Float32, layer is LSTM ? new LSTM(7) : CloneOf(layer)), (from, to));
        Assert.NotEmpty(Refusal());

        static Layer CloneOf(Layer layer) => Layer.FromConfig(layer.GetType().Name, layer.GetConfig());
    }

    [Fact]
    public void Large_tensors_between_layers_cost_nothing_to_load()
    {
        Save(new Sequential(new Input([4]), new RepeatVector(3), new GlobalAveragePooling1D(), new Dense(2)) { Seed = 1 }, ("\"n\":3", "\"n\":1000000000"));
        Assert.Equal(10, Cheaply(() => Model.Load(path)).ParameterCount);
        var x = new Input([4]);
        Save(new Model(x, x.Then(new RepeatVector(3), new GlobalAveragePooling1D(), new Dense(2))) { Seed = 1 }, ("\"n\":3", "\"n\":1000000000"));
        Assert.Equal(10, Cheaply(() => Model.Load(path)).ParameterCount);
    }

    [Fact]
    public void Very_many_layers()
    {
        // As many as there are characters for: their number is that of the file.
        var layers = new StringBuilder("""{"class_name":"Sequential","config":{"layers":[""");
        for (var i = 0; i < 20_000; i++) layers.Append(i == 0 ? "" : ",").Append("""{"class_name":"Flatten","config":{}}""");
        Save(layers + "]},\"inputs\":[{\"shape\":[4],\"dtype\":\"float32\"}]}");
        Assert.Equal(20_000, Cheaply(() => Model.Load(path)).Layers.Count);
    }

    [Theory]
    [InlineData(30, "none of a model")]
    [InlineData(5000, "nested more than 64 deep")]
    public void Layers_shared_within_shared_layers(int depth, string expected)
    {
        // Each model applies the one before: in the short list twice, once within another.
        var layers = new StringBuilder("""{"class_name":"Sequential","config":{"layers":[{"class_name":"Flatten","config":{"name":"f"}}""");
        for (var i = 1; i <= depth; i++)
        {
            var shared = $$$"""{"class_name":"SharedLayer","config":{"layer":{{{(depth < 64 ? 2 : 1) * (i - 1)}}}}}"""; // layers are numbered as their descriptions end
            layers.Append($$$""",{"class_name":"Sequential","config":{"name":"s{{{i}}}","layers":[{{{shared}}}""");
            if (depth < 64) layers.Append($$$""",{"class_name":"Sequential","config":{"name":"t","layers":[{{{shared}}}]}}""");
            layers.Append("]}}");
        }

        Save(layers + "]},\"inputs\":[{\"shape\":[4],\"dtype\":\"float32\"}]}");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(expected, Assert.ThrowsAny<StrataException>(() => Model.Load(path)).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Sharing);
    }

    [Fact]
    public void A_description_alone_costs_nothing_until_it_is_built()
    {
        Save(Graph([4], DType.Float32, new Dense(7)));
        var json = TensorFile.Read(path).Text("@model").Replace("\"units\":7", "\"units\":2147483647", StringComparison.Ordinal);
        Assert.Equal(Shape.Of(2147483647), Cheaply(() => Model.FromJson(json)).Outputs[0].Shape);
    }

    [Fact]
    public void Brackets_nested_without_end()
    {
        Save(new string('[', 100_000));
        Assert.StartsWith("Config: the text is no JSON: ", Refusal());
        Save("""{"class_name":"Sequential","config":{"layers":""" + string.Concat(Enumerable.Repeat("""[{"class_name":"Sequential","config":{"layers":""", 10_000)));
        Assert.StartsWith("Config: the text is no JSON: ", Refusal());
    }

    [Fact]
    public void Calls_in_any_order_are_found_at_once()
    {
        // The last first.
        const int Count = 3_000;
        var layers = new StringBuilder("""{"class_name":"Model","config":{"layers":[""");
        for (var i = Count; i >= 1; i--)
            layers.Append($$$"""{"class_name":"Flatten","config":{"name":"f{{{i}}}"},"inbound_nodes":[[["f{{{i - 1}}}",0,0]]]},""");
        layers.Append("""{"class_name":"Input","config":{"name":"f0","shape":[4],"type":"float32"}}""");
        Save($$$"""{{{layers}}}],"input_layers":[["f0",0,0]],"output_layers":[["f{{{Count}}}",0,0]]},"inputs":[{"shape":[4],"dtype":"float32"}]}""");
        Assert.Equal(Count + 1, Model.Load(path).Layers.Count);
    }

    [Fact]
    public void Random_changes_give_a_model_or_the_one_exception()
    {
        var input = new Input([6, 6, 1]);
        var model = new Model(input, input.Then(new Conv2D(2, 3, activation: Activation.Relu), new BatchNormalization(), new MaxPooling2D(2), new Flatten(), new Dense(3, Activation.Softmax))) { Seed = 1 };
        model.Save(path);
        var state = TensorFile.Read(path);
        var text = state.Text("@model");
        string[] numbers = ["0", "-1", "1", "3", "65536", "2147483647", "-2147483648", "1e300", "4294967296", "null", "true", "[]", "{}", "\"x\""];
        var random = new RandomStream(7);
        var refused = 0;
        for (var round = 0; round < 100; round++)
        {
            // A value takes the place of another.
            var matches = System.Text.RegularExpressions.Regex.Matches(text, @"(?<=[:\[,])(-?\d+(\.\d+)?|true|false|null)(?=[,\]}])");
            var at = matches[random.NextInt(matches.Count)];
            state.Put("@model", string.Concat(text.AsSpan(0, at.Index), numbers[random.NextInt(numbers.Length)], text.AsSpan(at.Index + at.Length)));
            TensorFile.Write(path, state);
            try
            {
                Model.Load(path);
            }
            catch (StrataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 30, 100);
    }
}
