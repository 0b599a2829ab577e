using Strata.Formats.Metrics;
using Strata.Formats.Reports;
using Strata.Nn;

namespace Strata.Formats.Tests.Metrics;

public sealed class RunTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("strata").FullName;

    string FilePath => Path.Combine(folder, "metrics.jsonl");

    string DescriptionPath => Path.Combine(folder, "run.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_run_under_way_is_followed_line_by_line()
    {
        File.WriteAllText(FilePath, "{\"step\":1,\"time\":0,\"a\":1}\n{\"step\":2,\"ti");
        var position = 0L;
        Assert.Equal([1L], MetricsReader.ReadFrom(FilePath, ref position).Select(r => r.Step));
        Assert.Empty(MetricsReader.ReadFrom(FilePath, ref position));
        File.AppendAllText(FilePath, "me\":0,\"a\":2}\n{\"step\":3,\"time\":0,\"a\":3}\n");
        Assert.Equal([2L, 3], MetricsReader.ReadFrom(FilePath, ref position).Select(r => r.Step));
        Assert.Equal(new FileInfo(FilePath).Length, position);
    }

    [Fact]
    public void A_run_that_was_begun_anew_is_read_from_its_beginning()
    {
        File.WriteAllText(FilePath, "{\"step\":9,\"time\":0}\n");
        var position = 1000L;
        Assert.Equal([9L], MetricsReader.ReadFrom(FilePath, ref position).Select(r => r.Step));
    }

    [Fact]
    public void A_damaged_line_behind_the_beginning_is_named_with_its_place()
    {
        File.WriteAllText(FilePath, "{\"step\":1,\"time\":0}\nnonsense\n");
        var position = 21L;
        Assert.Contains("line 1 behind byte 21", Assert.Throws<DataFileException>(() => MetricsReader.ReadFrom(FilePath, ref position)).Message);
    }

    [Fact]
    public void Curves_are_gathered_by_name_from_a_folder_or_a_file()
    {
        File.WriteAllText(FilePath, "{\"step\":1,\"time\":0.5,\"b\":1,\"a\":2}\n{\"step\":2,\"time\":1,\"b\":\"NaN\"}\n");
        foreach (var path in (string[])[folder, FilePath])
        {
            var run = RunCurves.Read(path);
            Assert.Equal(Path.GetFileName(folder), run.Name);
            Assert.Equal(["a", "b"], run.Names);
            Assert.Equal([new CurvePoint(1, .5, 1), new CurvePoint(2, 1, double.NaN)], run["b"]);
            Assert.Empty(run["c"]);
        }
    }

    static RunDescription Description => new()
    {
        Title = "A <net>", Recipe = "net", Preset = "quick", Seed = -3, Started = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Process = Environment.ProcessId,
    };

    [Fact]
    public void A_description_comes_back_as_it_was_written()
    {
        var finished = Description with { Seconds = 12.5, Claims = [new ReportClaim("s", "0.98", "≥ 0.97", "–", true), new ReportClaim("t", "1", "≤ 0", "c", false)] };
        finished.Save(DescriptionPath);
        var read = RunDescription.Read(DescriptionPath);
        Assert.Equal(finished.Claims, read.Claims);
        Assert.Equal(finished with { Claims = [] }, read with { Claims = [] });

        (Description with { Seed = null }).Save(DescriptionPath);
        Assert.Null(RunDescription.Read(DescriptionPath).Seed);
        Assert.False(RunDescription.Read(DescriptionPath).IsFinished);
    }

    [Fact]
    public void A_run_is_under_way_while_its_process_is_there()
    {
        Assert.True((Description with { Started = DateTimeOffset.UtcNow }).IsRunning);
        Assert.False((Description with { Started = DateTimeOffset.UtcNow, Seconds = 1 }).IsRunning);
        Assert.False((Description with { Started = DateTimeOffset.UtcNow, Process = 0 }).IsRunning);
        Assert.False(Description.IsRunning); // the process with this number began later
    }

    [Theory]
    [InlineData("", "not the description of a run")]
    [InlineData("[]", "not the description of a run")]
    [InlineData("{\"title\":\"x\"}", "not the description of a run")]
    [InlineData("{\"version\":1,\"started\":\"yesterday\"}", "not the description of a run")]
    [InlineData("{\"version\":1,\"started\":\"2026-01-01T00:00:00Z\",\"claims\":[7]}", "not the description of a run")]
    [InlineData("{\"version\":2}", "it is of version 2; this version of Strata reads up to 1")]
    public void A_damaged_or_later_description_is_refused_in_one_sentence(string text, string message)
    {
        File.WriteAllText(DescriptionPath, text);
        Assert.Contains(message, Assert.Throws<DataFileException>(() => RunDescription.Read(DescriptionPath)).Message);
    }

    [Fact]
    public void A_training_of_ones_own_leaves_a_run()
    {
        var model = new Sequential(new Dense(2)) { Seed = 1 };
        model.Compile("sgd", "mse");
        var history = model.Fit(Tensor.Ones([8, 3]), Tensor.Zeros([8, 2]), batchSize: 2, epochs: 2, verbose: false, callbacks: [new RunLogger(folder, everySteps: 3)]);

        var run = RunCurves.Read(folder);
        Assert.Equal([3L, 4, 6, 8], run["loss"].Select(p => p.Step)); // after steps 3 and 6, and after each epoch of 4
        Assert.Equal(history["loss"][^1], run["loss"][^1].Value, 1e-12);
        Assert.True(RunDescription.Read(DescriptionPath).IsFinished);
    }
}
