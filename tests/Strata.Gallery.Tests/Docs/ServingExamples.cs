using Strata.Nn;
using Strata.Serving;

namespace Strata.Gallery.Tests.Docs;

/// <summary>The code of docs/serving.md.</summary>
public sealed class ServingExamples
{
    [Fact]
    public async Task A_model_is_served_from_within_a_program()
    {
        var model = new Sequential(new Dense(2, Activation.Softmax));
        model.BuildFor([3]);
        await using var server = await ModelServer.StartAsync(model, new ServingOptions { Name = "digits", Port = 0, MaxBatch = 32 });
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        var answer = await client.PostAsync("/predict", new StringContent("""{"instances": [[0.5, 1, 2]]}""", null, "application/json"));
        Console.WriteLine(await answer.Content.ReadAsStringAsync()); // {"predictions":[[…]]}
        Assert.StartsWith("{\"predictions\":[[", await answer.Content.ReadAsStringAsync());
    }
}
