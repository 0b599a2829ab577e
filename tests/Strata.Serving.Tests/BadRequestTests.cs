using System.Net;
using System.Net.Sockets;
using System.Text;
using Strata.Formats.Arrays;
using Strata.Nn;

namespace Strata.Serving.Tests;

public class BadRequestTests
{
    [Theory]
    [InlineData("", "The body is no valid JSON: line 1, byte 1.")]
    [InlineData("{", "The body is no valid JSON: line 1, byte 2.")]
    [InlineData("[1]", "The body must be an object with one property")]
    [InlineData("{}", "The body must be an object with one property")]
    [InlineData("""{"rows": []}""", "The body must be an object with one property")]
    [InlineData("""{"instances": [[[1, 2], [3, 4]]], "inputs": []}""", "The body must be an object with one property")]
    [InlineData("""{"instances": 1}""", "'instances' must be an array of examples.")]
    [InlineData("""{"instances": []}""", "The body holds no example.")]
    [InlineData("""{"instances": [1]}""", "'instances[0]' is no array: an example has the shape [2, 2].")]
    [InlineData("""{"instances": [[[1, 2], [3, 4]], [[1, 2]]]}""", "'instances[1]' has 1 value, expected 2: an example has the shape [2, 2].")]
    [InlineData("""{"instances": [[[1, 2], [3, 4], 5]]}""", "'instances[0]' has more than 2 values: an example has the shape [2, 2].")]
    [InlineData("""{"instances": [[[1, 2], [3]]]}""", "'instances[0][1]' has 1 value, expected 2")]
    [InlineData("""{"instances": [[[1, 2], [3, 4, 5]]]}""", "'instances[0][1]' has more than 2 values")]
    [InlineData("""{"instances": [[[1, "2"], [3, 4]]]}""", "'instances[0][0][1]' is no float32")]
    [InlineData("""{"instances": [[[1, [2]], [3, 4]]]}""", "'instances[0][0][1]' is no float32")]
    [InlineData("""{"instances": [[[1, NaN], [3, 4]]]}""", "The body is no valid JSON: line 1, byte 21.")]
    [InlineData("""{"instances": [{"a": [[1, 2], [3, 4]]}]}""", "'instances[0]' has 'a', which is no input; the model has 'input'.")]
    [InlineData("""{"instances": [{}]}""", "'instances[0]' has no 'input'; the model has 'input'.")]
    [InlineData("""{"inputs": {"input": [[[1, 2], [3, 4]]], "input": []}}""", "'inputs' has 'input' twice.")]
    [InlineData("""{"inputs": 7}""", "'inputs' must be an object with 'input'.")]
    [InlineData("""{"instances": [[[1, 2], [3, 4]]]} x""", "The body is no valid JSON: line 1, byte 35.")]
    public async Task Bad_JSON_is_told_in_one_sentence(string body, string sentence)
    {
        await using var server = await TestServer.Start(Models.Small());
        var (status, error) = await server.Ask(body);
        Assert.Equal(400, status);
        Assert.StartsWith(sentence, error.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Inputs_must_have_as_many_examples()
    {
        await using var server = await TestServer.Start(Models.OfTwo());
        var (status, error) = await server.Ask("""{"inputs": {"a": [[1, 2], [3, 4]], "b": [[1, 2]]}}""");
        Assert.Equal((400, "The input 'b' has 1 examples, but 'a' has 2."), (status, error.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Bad_bytes_are_told_in_one_sentence()
    {
        await using var server = await TestServer.Start(Models.Small());
        async Task<string> Error(byte[] body, string type, HttpStatusCode status = HttpStatusCode.BadRequest)
        {
            var answer = await server.Post(body, type);
            Assert.Equal(status, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync();
        }

        Assert.Contains("The body has 17 bytes, expected a multiple of 16: an example is float32 [2, 2].", await Error(new byte[17], "application/octet-stream"));
        Assert.Contains("The body has 0 bytes", await Error([], "application/octet-stream"));
        Assert.Contains("The array is [2, 3], expected [examples, 2, 2]", await Error(Npy.Encode(Tensor.Zeros([2, 3])), "application/x-npy"));
        Assert.Contains("no .npy file that can be read: not a .npy file", await Error([1, 2, 3], "application/x-npy"));
        Assert.Contains("The content type 'text/plain' cannot be read", await Error([1], "text/plain", HttpStatusCode.UnsupportedMediaType));
    }

    [Fact]
    public async Task Too_large_a_body_is_refused_with_413_whether_its_length_is_told_or_not()
    {
        await using var server = await TestServer.Start(Models.Small(), new ServingOptions { MaxBodyBytes = 1000 });
        var answer = await server.Post(new byte[1001], "application/octet-stream");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, """{"error":"The body is larger than 1000 bytes."}"""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = new ByteArrayContent(new byte[100_000]) };
        chunked.Headers.TransferEncodingChunked = true;
        chunked.Content.Headers.ContentType = new("application/octet-stream");
        answer = await server.Client.SendAsync(chunked);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, """{"error":"The body is larger than 1000 bytes."}"""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.OK, (await server.Post(new byte[16 * 62], "application/octet-stream")).StatusCode);
    }

    [Fact]
    public async Task Other_paths_and_methods_are_refused()
    {
        await using var server = await TestServer.Start(Models.Small());
        var answer = await server.Client.GetAsync(new Uri("/nothing", UriKind.Relative));
        Assert.Equal((HttpStatusCode.NotFound, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("There is no '/nothing'; there are POST /predict", await answer.Content.ReadAsStringAsync());
        answer = await server.Client.GetAsync(new Uri("/predict", UriKind.Relative));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST"), (answer.StatusCode, string.Join(",", answer.Content.Headers.Allow)));
        Assert.Contains("/predict is asked with POST, not with GET.", await answer.Content.ReadAsStringAsync());
        answer = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/health"));
        Assert.Equal((HttpStatusCode.OK, 15L), (answer.StatusCode, answer.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task The_server_survives_what_is_no_HTTP()
    {
        await using var server = await TestServer.Start(Models.Small());
        var address = new Uri(server.Url);
        foreach (var text in new[] { "\0\0\0\0\r\n\r\n", "GET", "POST /predict HTTP/9.9\r\n\r\n", "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{" })
        {
            using var socket = new TcpClient(address.Host, address.Port);
            socket.GetStream().Write(Encoding.ASCII.GetBytes(text));
        }

        var (status, _) = await server.Ask("""{"instances": [[[1, 2], [3, 4]]]}""");
        Assert.Equal(200, status);
    }

    [Fact]
    public void Changed_JSON_gives_examples_or_the_one_exception()
    {
        byte[][] seeds =
        [
            """{"inputs": {"a": [[1, 2], [3, 4]], "b": [[1e3, -2.5], [3, 4]]}}"""u8.ToArray(),
            """{"instances": [{"a": [1, 2], "b": [3, 4]}, {"b": [true, null], "a": ["\u00e4", {}]}]}"""u8.ToArray(),
        ];
        Port[] ports = [new("a", new TensorType([2], DType.Float32)), new("b", new TensorType([2], DType.Float32))];
        var random = new System.Random(1);
        for (var n = 0; n < 5000; n++)
        {
            var body = (byte[])seeds[n % 2].Clone();
            for (var k = random.Next(1, 4); k > 0; k--) body[random.Next(body.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : "[]{},:\"0-e "u8[random.Next(11)];
            try
            {
                JsonBody.Read(body.AsSpan(0, random.Next(4) == 0 ? random.Next(body.Length) : body.Length), ports);
            }
            catch (RequestException e)
            {
                Assert.Equal(400, e.Status);
            }
        }
    }

    [Fact]
    public async Task What_cannot_be_served_is_told_before_the_start()
    {
        async Task Fails(string message, Model model, ServingOptions options) => Assert.Contains(message, (await Assert.ThrowsAsync<StrataException>(() => ModelServer.StartAsync(model, options))).Message);
        await using var server = await TestServer.Start(Models.Small());
        await Fails($"cannot be listened on", Models.Small(), new ServingOptions { Port = new Uri(server.Url).Port });
        await Fails("Serving: MaxBatch is 0, expected 1 to 65536.", Models.Small(), new ServingOptions { Port = 0, MaxBatch = 0 });
        await Fails("has no weights yet", new Sequential(new Dense(1)), new ServingOptions { Port = 0 });
        await Fails("only a model whose outputs have an axis of examples can be served", new Mean(), new ServingOptions { Port = 0 });
    }

    sealed class Mean : Model
    {
        public Mean() => BuildFor([2]);

        protected override Tensor Call(Tensor x, CallContext context) => x.Mean();
    }
}
