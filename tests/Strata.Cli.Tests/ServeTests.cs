using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Strata.Nn;

namespace Strata.Cli.Tests;

public sealed class ServeTests : IDisposable
{
    readonly StrataCommand strata = new();

    public void Dispose() => strata.Dispose();

    [Fact]
    public async Task A_model_is_served_until_the_process_is_told_to_end()
    {
        var model = new Sequential(new Dense(2)) { Seed = 1 };
        model.BuildFor([3]);
        model.Save(Path.Combine(strata.Folder, "net.strata"));
        using var server = strata.Start("serve", "net.strata", "--port", "0");
        try
        {
            var line = (await server.StandardOutput.ReadLineAsync())!;
            Assert.StartsWith("Serving 'net' on http://127.0.0.1:", line);
            using var client = new HttpClient { BaseAddress = new Uri(line.Split(' ').First(w => w.StartsWith("http", StringComparison.Ordinal)).TrimEnd(':')) };
            var answer = await client.PostAsJsonAsync("/predict", JsonDocument.Parse("""{"instances": [[1, 2, 3]]}""").RootElement);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            var expected = model.Predict(Tensor.From([1f, 2, 3], [1, 3])).ToArray<float>();
            var actual = body.GetProperty("predictions")[0].EnumerateArray().Select(v => v.GetSingle()).ToArray();
            for (var i = 0; i < 2; i++) Assert.Equal(expected[i], actual[i], 1e-6f);
            using (var kill = Process.Start("kill", ["-TERM", $"{server.Id}"])) await kill.WaitForExitAsync();
            await server.WaitForExitAsync();
            Assert.Equal((0, ""), (server.ExitCode, await server.StandardError.ReadToEndAsync()));
        }
        finally
        {
            if (!server.HasExited) server.Kill();
        }
    }

    [Fact]
    public void What_cannot_be_served_is_told_in_one_sentence()
    {
        foreach (var (sentence, arguments) in new (string, string[])[]
        {
            ("there is no file 'nowhere.strata'", ["nowhere.strata"]),
            ("--host: 'example' is no address of this machine", ["nowhere.strata", "--host", "example"]),
            ("--max-body: 0 was given", ["nowhere.strata", "--max-body", "0"]),
        })
        {
            var answer = strata.Run(["serve", .. arguments]);
            Assert.Equal(2, answer.ExitCode);
            Assert.Contains(sentence, answer.Error);
            Assert.DoesNotContain("   at ", answer.Error);
        }
    }
}
