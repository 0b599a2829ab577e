using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Strata.Serving.Tests;

public class BatchingTests
{
    static float Doubled((int Status, JsonElement Body) answer)
    {
        Assert.Equal(200, answer.Status);
        return TestServer.Numbers(answer.Body).Single();
    }

    /// <summary>Waits until so many examples wait for the model.</summary>
    static async Task Waiting(TestServer server, int examples)
    {
        while (await server.Metric("strata_queue_examples") != examples) await Task.Delay(5);
    }

    static string Question(params int[] values) => $$"""{"instances": [{{string.Join(", ", values.Select(v => $"[{v}]"))}}]}""";

    [Fact]
    public async Task What_comes_in_while_the_model_is_at_work_is_the_next_batch()
    {
        var model = new Models.Gated();
        await using var server = await TestServer.Start(model, new ServingOptions { MaxBatch = 8 });
        model.Closed = true;
        var first = server.Ask(Question(1));
        model.Entered.Wait();
        Task<(int, JsonElement)>[] others = [.. Enumerable.Range(2, 5).Select(v => server.Ask(Question(v)))];
        await Waiting(server, 5);
        model.Gate.Set();
        Assert.Equal(2, Doubled(await first));
        for (var i = 0; i < others.Length; i++) Assert.Equal(2 * (i + 2), Doubled(await others[i]));
        Assert.Equal(2, await server.Metric("strata_batch_examples_count"));
        Assert.Equal(6, await server.Metric("strata_batch_examples_sum"));
    }

    [Fact]
    public async Task A_request_with_more_examples_than_a_batch_is_cut_and_put_together()
    {
        await using var server = await TestServer.Start(new Models.Gated(), new ServingOptions { MaxBatch = 4 });
        var (status, body) = await server.Ask(Question([.. Enumerable.Range(0, 11)]));
        Assert.Equal(200, status);
        Assert.Equal(Enumerable.Range(0, 11).Select(v => 2f * v), TestServer.Numbers(body));
        Assert.Equal(3, await server.Metric("strata_batch_examples_count"));
    }

    [Fact]
    public async Task One_requests_mistake_is_no_others()
    {
        // The model takes indices below 5; two requests share a batch with one that is wrong.
        var model = Models.OfTokens();
        var served = new ServedModel(model, "tokens", 8, null);
        using var batcher = new Batcher(served, 100, new ServingMetrics("tokens"));
        var blocker = new byte[8 * 50];
        var before = batcher.Predict(new Examples([blocker], 50), default); // some batches of work, so that the rest comes together
        var good = batcher.Predict(new Examples([[1, 0, 0, 0, 2, 0, 0, 0]], 1), default);
        var bad = batcher.Predict(new Examples([[1, 0, 0, 0, 9, 0, 0, 0]], 1), default);
        var also = batcher.Predict(new Examples([[3, 0, 0, 0, 4, 0, 0, 0]], 1), default);
        var expected = model.Predict(Tensor.From((int[])[1, 2, 3, 4], [2, 2])).ToArray<float>();
        await before;
        var answers = await Task.WhenAll(good, also);
        Assert.Equal(expected, answers.SelectMany(a => MemoryMarshal.Cast<byte, float>(a.Elements[0]).ToArray()));
        var error = await Assert.ThrowsAsync<RequestException>(() => bad);
        Assert.Equal(400, error.Status);
        Assert.Contains("9", error.Message);
    }

    [Fact]
    public async Task A_full_queue_refuses_with_503_and_goes_on()
    {
        var model = new Models.Gated();
        await using var server = await TestServer.Start(model, new ServingOptions { MaxQueue = 2 });
        model.Closed = true;
        var first = server.Ask(Question(1));
        model.Entered.Wait();
        var second = server.Ask(Question(2, 3));
        await Waiting(server, 2);
        var refused = await server.Post("""{"instances": [[4]]}"""u8.ToArray(), "application/json");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("1", refused.Headers.RetryAfter?.ToString());
        Assert.Equal("""{"error":"The server is busy: 2 examples wait and 2 may."}""", await refused.Content.ReadAsStringAsync());
        model.Gate.Set();
        Assert.Equal(2, Doubled(await first));
        var both = await second;
        Assert.Equal([4f, 6], TestServer.Numbers(both.Body));
        Assert.Equal(8, Doubled(await server.Ask(Question(4))));
        Assert.Equal(1, await server.Metric("strata_requests_total{code=\"503\"}"));
        var (status, body) = await server.Ask(Question(1, 2, 3));
        Assert.Equal((413, "The request has 3 examples, more than the 2 that may wait at once."), (status, body.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Requests_under_way_are_answered_when_the_server_stops()
    {
        var model = new Models.Gated();
        var server = await TestServer.Start(model);
        model.Closed = true;
        var first = server.Ask(Question(1));
        model.Entered.Wait();
        var second = server.Ask(Question(2));
        await Waiting(server, 1);
        var stopping = server.Stop();
        var health = await server.Client.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"stopping"}"""), (health.StatusCode, await health.Content.ReadAsStringAsync()));
        Assert.False(stopping.IsCompleted);
        model.Gate.Set();
        Assert.Equal(2, Doubled(await first));
        Assert.Equal(4, Doubled(await second));
        await stopping;
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Ask(Question(3)));
        await server.DisposeAsync();
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_is_not_computed()
    {
        var model = new Models.Gated();
        var metrics = new ServingMetrics("gated");
        using var batcher = new Batcher(new ServedModel(model, "gated", 1, null), 10, metrics);
        using var gone = new CancellationTokenSource();
        model.Closed = true;
        var first = batcher.Predict(new Examples([BitConverter.GetBytes(1f)], 1), default);
        model.Entered.Wait();
        var second = batcher.Predict(new Examples([BitConverter.GetBytes(2f)], 1), gone.Token);
        var third = batcher.Predict(new Examples([BitConverter.GetBytes(3f)], 1), default);
        await gone.CancelAsync();
        model.Gate.Set();
        Assert.Equal(2, BitConverter.ToSingle((await first).Elements[0]));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(6, BitConverter.ToSingle((await third).Elements[0]));
        batcher.Dispose();
        Assert.Contains("strata_batch_examples_count 2\n", metrics.Text(0));
    }

    [Fact]
    public void Batches_are_filled_up_by_at_most_a_third()
    {
        var served = new ServedModel(Models.Small(), "small", 50, null);
        Assert.Equal([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 50], served.BatchSizes);
        Assert.Equal(6, served.SizeFor(5));
        Assert.Equal([1], new ServedModel(Models.Small(), "small", 1, null).BatchSizes);
        Assert.Equal([1, 2, 3], new ServedModel(Models.Small(), "small", 3, null).BatchSizes);
        Assert.Equal([4], new ServedModel(Models.Small(), "small", 64, 4).BatchSizes);
    }
}
