using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using Strata.Formats.Arrays;
using Strata.Formats.Onnx;
using Strata.Nn;
using Strata.Random;

namespace Strata.Serving.Tests;

public class PredictionTests
{
    static readonly Tensor x = Tensor.From([1f, 2, 3, 4, -1, 0, .5f, 1e-3f], [2, 2, 2]).Keep();

    static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-6f);
    }

    [Theory]
    [InlineData("instances", "predictions")]
    [InlineData("inputs", "outputs")]
    public async Task JSON_is_answered_in_the_form_of_the_question(string question, string answer)
    {
        var model = Models.Small();
        await using var server = await TestServer.Start(model);
        var (status, body) = await server.Ask($$"""{"{{question}}": [[[1, 2], [3, 4.0]], [[-1, 0], [5e-1, 1e-3]] ] }""");
        Assert.Equal(200, status);
        Assert.Equal(2, body.GetProperty(answer).GetArrayLength());
        Close(model.Predict(x).ToArray<float>(), TestServer.Numbers(body));
    }

    [Fact]
    public async Task Bytes_and_arrays_of_NumPy_are_answered_in_kind()
    {
        var model = Models.Small();
        await using var server = await TestServer.Start(model);
        var expected = model.Predict(x).ToArray<float>();
        var answer = await server.Post(MemoryMarshal.AsBytes(x.ToArray<float>().AsSpan()).ToArray(), "application/octet-stream");
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType?.MediaType);
        Close(expected, MemoryMarshal.Cast<byte, float>(await answer.Content.ReadAsByteArrayAsync()).ToArray());

        answer = await server.Post(Npy.Encode(x.Cast(DType.Float64)), "application/x-npy"); // NumPy's default type is converted
        var array = Npy.Decode(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(Shape.Of(2, 3), array.Shape);
        Close(expected, array.ToArray<float>());
    }

    [Fact]
    public async Task Several_inputs_and_outputs_go_by_name()
    {
        await using var server = await TestServer.Start(Models.OfTwo());
        var (status, body) = await server.Ask("""{"instances": [{"b": [10, 20], "a": [1, 2]}, {"a": [3, 4], "b": [30, 40]}]}""");
        Assert.Equal(200, status);
        Assert.Equal("""{"predictions":[{"sum":[11,22],"difference":[-9,-18]},{"sum":[33,44],"difference":[-27,-36]}]}""", body.GetRawText());
        (_, body) = await server.Ask("""{"inputs": {"a": [[1, 2], [3, 4]], "b": [[10, 20], [30, 40]]}}""");
        Assert.Equal("""{"outputs":{"sum":[[11,22],[33,44]],"difference":[[-9,-18],[-27,-36]]}}""", body.GetRawText());
        var answer = await server.Post(new byte[16], "application/octet-stream");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task Tokens_are_whole_numbers()
    {
        var model = Models.OfTokens();
        await using var server = await TestServer.Start(model);
        var (_, body) = await server.Ask("""{"instances": [[1, 4]]}""");
        Close(model.Predict(Tensor.From([1, 4], [1, 2])).ToArray<float>(), TestServer.Numbers(body));
        var (status, error) = await server.Ask("""{"instances": [[1, 0.5]]}""");
        Assert.Equal((400, "'instances[0][1]' is no int32: an example has the shape [2]."), (status, error.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task An_ONNX_file_for_one_example_at_a_time_is_served_so()
    {
        var model = new Sequential(new Dense(2)) { Seed = 1 };
        model.BuildFor([3]);
        var file = OnnxFile.Decode(OnnxFile.Encode(model, [[3]], new OnnxOptions { Batch = 1 }), channelsLast: false);
        await using var server = await TestServer.Start(file);
        var (_, body) = await server.Ask("""{"instances": [[1, 2, 3], [4, 5, 6]]}""");
        Close(model.Predict(Tensor.From([1f, 2, 3, 4, 5, 6], [2, 3])).ToArray<float>(), TestServer.Numbers(body));
        Assert.Equal(2, await server.Metric("strata_batch_examples_count"));
    }

    [Fact]
    public async Task Every_concurrent_request_gets_its_own_answer()
    {
        var model = Models.Small();
        await using var server = await TestServer.Start(model, new ServingOptions { MaxBatch = 7 });
        var inputs = new RandomStream(1).Normal([64, 2, 2]).Keep();
        var expected = model.Predict(inputs).ToArray<float>();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async client =>
        {
            for (var n = 0; n < 40; n++)
            {
                var (first, count) = ((7 * client + 11 * n) % 56, 1 + n % 8);
                var answer = await server.Post(MemoryMarshal.AsBytes(inputs.ToArray<float>().AsSpan(4 * first, 4 * count)).ToArray(), "application/octet-stream");
                Close(expected[(3 * first)..(3 * (first + count))], MemoryMarshal.Cast<byte, float>(await answer.Content.ReadAsByteArrayAsync()).ToArray());
            }
        }));
    }

    [Fact]
    public async Task The_model_is_described()
    {
        await using var server = await TestServer.Start(Models.OfTwo(), new ServingOptions { Name = "two", MaxBatch = 5 });
        Assert.Equal(
            """{"name":"two","inputs":[{"name":"a","type":"float32","shape":[2]},{"name":"b","type":"float32","shape":[2]}],"outputs":[{"name":"sum","type":"float32","shape":[2]},{"name":"difference","type":"float32","shape":[2]}],"max_batch":5}""",
            (await server.Client.GetFromJsonAsync<JsonElement>("/model")).GetRawText());
    }
}
