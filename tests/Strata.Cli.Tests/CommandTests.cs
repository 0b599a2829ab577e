namespace Strata.Cli.Tests;

public sealed class CommandTests : IDisposable
{
    readonly StrataCommand strata = new();

    public void Dispose() => strata.Dispose();

    [Fact]
    public void List_shows_the_systems()
    {
        var answer = strata.Run("list");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("lenet5", answer.Output);
        Assert.Contains("mnist-cnn", answer.Output);
    }

    [Fact]
    public void Info_tells_source_and_claims()
    {
        var answer = strata.Run("info", "lenet5");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("LeCun", answer.Output);
        Assert.Contains("0.97", answer.Output);
        Assert.Contains("linear classifier", answer.Output);
    }

    [Fact]
    public void Help_names_the_commands()
    {
        var answer = strata.Run("--help");
        Assert.Equal(0, answer.ExitCode);
        foreach (var command in new[] { "list", "info", "run", "verify", "profile", "predict", "convert", "perft", "play", "plot", "dashboard", "visualize", "serve" }) Assert.Contains(command, answer.Output);
    }

    [Fact]
    public void Perft_counts_the_moves_of_chess()
    {
        var answer = strata.Run("perft", "chess", "--depth", "3");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("nodes 8902", answer.Output);
    }

    [Fact]
    public void Profile_shows_time_and_bytes_by_operation()
    {
        var answer = strata.Run("profile", "mnist-cnn", "--steps", "3", "--warm-up", "1", "--json", "profile.json");
        Assert.Equal("", answer.Error);
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("3 training steps", answer.Output);
        Assert.Contains("Convolution", answer.Output);
        Assert.Contains("\"coverage\"", File.ReadAllText(Path.Combine(strata.Folder, "profile.json")));
    }

    [Fact]
    public void Verify_replaces_the_rows_of_its_system_and_seed_and_keeps_the_others()
    {
        var file = Path.Combine(strata.Folder, "results.md");
        File.WriteAllLines(file, ["# Results", "| `value-iteration` | 2 | an old row | 0 | ≥ 1 | – | **fails** | 1 |", "| `lenet5` | 2 | another system | 1 | ≥ 1 | – | holds | 1 |", "| `gone` | 2 | of no system | 1 | ≥ 1 | – | holds | 1 |"]);
        Assert.Equal(0, strata.Run("verify", "value-iteration", "--seeds", "2,1", "--write", file).ExitCode);
        var rows = File.ReadAllLines(file).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();
        Assert.Equal("| `lenet5` | 2 | another system | 1 | ≥ 1 | – | holds | 1 |", Assert.Single(rows, row => !row.Contains("value-iteration")));
        Assert.DoesNotContain(rows, row => row.Contains("an old row"));
        var seeds = rows.Where(row => row.Contains("value-iteration")).Select(row => row.Split('|')[2].Trim()).Distinct();
        Assert.Equal(["1", "2"], seeds);
    }

    // One epoch is too short for the claims: the exit code says so, and the folder holds what a run leaves.
    [Fact]
    public void A_run_leaves_its_folder_and_its_exit_code_tells_of_failed_claims()
    {
        var answer = strata.Run("run", "mnist-cnn", "--epochs", "1", "--out", "here");
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("A claim failed", answer.Output);
        foreach (var file in new[] { "report.html", "metrics.jsonl", "model.strata", "run.json" }) Assert.True(File.Exists(Path.Combine(strata.Folder, "here", file)), file);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(strata.Folder, "here"), "events.out.tfevents.*"));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(strata.Folder, "here", "pictures"), "*-confusion-matrix--cnn.svg"));
        var report = File.ReadAllText(Path.Combine(strata.Folder, "here", "report.html"));
        foreach (var part in new[] { "Confusion matrix: CNN", "Predictions: CNN", "CNN/loss", "Total params", "strata-model", "Filters of the first convolution", "conv2d_1/kernel [3, 3, 1, 16]", "Where this differs" })
            Assert.Contains(part, report);
        Assert.DoesNotContain("\r", answer.Output); // plain lines in a pipe
    }
}
