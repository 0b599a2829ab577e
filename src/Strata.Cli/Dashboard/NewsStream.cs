namespace Strata.Cli.Dashboard;

/// <summary>News of runs as server-sent events: <c>runs</c> with the whole list, at first and whenever it looks different, and <c>grown</c> with the id
/// of a run that has new numbers, which the page then asks for.</summary>
internal sealed class NewsStream(RunCatalog catalog)
{
    // Files are looked at instead of watched: watching fails on network drives and says nothing of what was mounted.
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(400);
    static readonly TimeSpan heartbeat = TimeSpan.FromSeconds(15);

    IReadOnlyList<FoundRun>? known;

    /// <summary>Writes until it is cancelled, by the reader who leaves or the server that ends.</summary>
    public async Task WriteAsync(Stream to, CancellationToken cancellation)
    {
        var quiet = TimeSpan.Zero;
        try
        {
            while (true)
            {
                quiet = await WriteNewsAsync(to, cancellation) ? TimeSpan.Zero : quiet + pause;
                if (quiet >= heartbeat)
                {
                    // A comment: it tells whether the reader is still there.
                    await to.WriteAsync(":\n\n"u8.ToArray(), cancellation);
                    await to.FlushAsync(cancellation);
                    quiet = TimeSpan.Zero;
                }

                await Task.Delay(pause, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // As said.
        }
    }

    async Task<bool> WriteNewsAsync(Stream to, CancellationToken cancellation)
    {
        var runs = catalog.Find();
        var news = false;
        if (known is null || known.Count != runs.Count || known.Zip(runs).Any(pair => !pair.First.LooksAs(pair.Second)))
        {
            await WriteEventAsync(to, "runs"u8.ToArray(), RunJson.List(runs), cancellation);
            news = true;
        }

        var lengths = (known ?? []).ToDictionary(run => run.Id, run => run.Length);
        foreach (var run in runs)
        {
            if (!lengths.TryGetValue(run.Id, out var length) || length == run.Length) continue;
            await WriteEventAsync(to, "grown"u8.ToArray(), RunJson.Grown(run), cancellation);
            news = true;
        }

        known = runs;
        return news;
    }

    static async Task WriteEventAsync(Stream to, ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        // The data is JSON without line breaks, as an event needs it.
        await to.WriteAsync("event: "u8.ToArray(), cancellation);
        await to.WriteAsync(name, cancellation);
        await to.WriteAsync("\ndata: "u8.ToArray(), cancellation);
        await to.WriteAsync(data, cancellation);
        await to.WriteAsync("\n\n"u8.ToArray(), cancellation);
        await to.FlushAsync(cancellation);
    }
}
