using Strata.Formats.Metrics;

namespace Strata.Formats.Tests.Metrics;

public sealed class MetricsTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("strata").FullName;

    string FilePath => Path.Combine(folder, "run", "metrics.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    sealed class StepClock : TimeProvider
    {
        long ticks;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => ticks += 250;
    }

    MetricsWriter Writer(long? resumeAt = null) => new(FilePath, resumeAt, new StepClock());

    [Fact]
    public void A_line_is_one_json_object()
    {
        using (var writer = Writer())
        {
            writer.Write(1, ("loss", .1), ("accuracy", 1));
            writer.Write(2, ("loss", double.NaN), ("a\"\n", double.PositiveInfinity), ("b", double.NegativeInfinity), ("c", 1e-300));
        }

        Assert.Equal(
            """
            {"format":"strata metrics","version":1}
            {"step":1,"time":0.25,"loss":0.1,"accuracy":1}
            {"step":2,"time":0.5,"loss":"NaN","a\u0022\n":"Infinity","b":"-Infinity","c":1E-300}

            """.ReplaceLineEndings("\n"),
            File.ReadAllText(FilePath));
    }

    [Fact]
    public void Lines_are_visible_at_once_and_read_to_the_bit()
    {
        using var writer = Writer();
        writer.Write(1, ("x", Math.PI), ("y", double.NaN));
        var row = MetricsReader.Read(FilePath).Single();
        Assert.Equal((1, .25, Math.PI), (row.Step, row.Time, row["x"]));
        Assert.True(double.IsNaN(row["y"]));
        Assert.True(double.IsNaN(row["missing"]));
        Assert.Equal(["x", "y"], row.Values.Select(v => v.Key));
    }

    [Fact]
    public void A_resumed_run_goes_on_behind_its_checkpoint()
    {
        using (var writer = Writer())
            for (var step = 1; step <= 3; step++) writer.Write(step, ("loss", step));
        File.AppendAllText(FilePath, "{\"step\":4,\"ti");
        using (var writer = Writer(resumeAt: 2)) writer.Write(3, ("loss", 30));
        var rows = MetricsReader.Read(FilePath);
        Assert.Equal([1, 2, 30], rows.Select(r => r["loss"]));
        Assert.Equal([.25, .5, .75], rows.Select(r => r.Time));
    }

    [Fact]
    public void A_file_that_exists_is_continued_and_loses_a_line_that_was_cut_off()
    {
        using (var writer = Writer()) writer.Write(1, ("loss", double.NegativeInfinity));
        var before = File.ReadAllText(FilePath);
        File.AppendAllText(FilePath, "{\"step\":");
        using (Writer())
        {
        }

        Assert.Equal(before, File.ReadAllText(FilePath));
    }

    [Theory]
    [InlineData("[]", "expected an object")]
    [InlineData("{\"step\":1}", "there is no time")]
    [InlineData("{\"time\":1}", "there is no step")]
    [InlineData("{\"step\":1,\"time\":2,\"x\":{}}", "'x' is {, expected a number")]
    [InlineData("{\"step\":1,\"time\":2,\"x\":\"high\"}", "'x' is high, expected a number")]
    [InlineData("{\"step\":1.5,\"time\":2}", "line 2")]
    [InlineData("{\"step\":\"1\",\"time\":2}", "line 2")]
    [InlineData("{\"step\":1,\"time\":2} {}", "line 2")]
    [InlineData("{\"step\":1,\"time\":2", "line 2")]
    [InlineData("\0", "line 2")]
    [InlineData("", "line 2")]
    public void A_line_of_another_kind_is_named(string line, string message)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, "{\"step\":0,\"time\":0}\n" + line + "\n");
        var error = Assert.Throws<DataFileException>(() => MetricsReader.Read(FilePath)).Message;
        Assert.StartsWith(FilePath + ": line 2 is not an object of numbers with a step and a time", error);
        Assert.Contains(message, error);
    }

    [Fact]
    public void Names_that_every_line_has_are_refused()
    {
        using var writer = Writer();
        var error = Assert.Throws<ArgumentException>(() => writer.Write(1, ("step", 2)));
        Assert.Equal("MetricsWriter.Write: a value is called 'step', which every line has already.", error.Message);
        Assert.Empty(MetricsReader.Read(FilePath));
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Equal("nowhere.jsonl: there is no such file.", Assert.Throws<DataFileException>(() => MetricsReader.Read("nowhere.jsonl")).Message);

    [Fact]
    public void Lines_of_several_threads_stay_whole()
    {
        using (var writer = Writer()) Parallel.For(0, 400, i => writer.Write(i, ("x", i)));
        Assert.Equal(Enumerable.Range(0, 400).Select(i => (long)i), MetricsReader.Read(FilePath).Select(r => r.Step).Order());
    }

    [Fact]
    public void Files_of_version_1_and_those_before_are_read_and_later_ones_are_told()
    {
        var kept = MetricsReader.Read(Path.Combine(AppContext.BaseDirectory, "Metrics", "Version1", "metrics.jsonl"));
        Assert.Equal([(10L, 1.25, .5), (20L, 2.5, .25)], kept.Select(r => (r.Step, r.Time, r["loss"])));
        Assert.True(double.IsNaN(kept[1]["accuracy"]));
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, "{\"step\":1,\"time\":2,\"loss\":3,\"format\":4,\"version\":5}\n");
        Assert.Equal(5, MetricsReader.Read(FilePath).Single()["version"]); // a number of a run may be called so
        File.WriteAllText(FilePath, "{\"format\":\"strata metrics\",\"version\":2}\n{\"step\":\"what only version 2 knows\"}\n");
        Assert.Equal($"{FilePath}: the format version is 2, but this program reads up to 1.", Assert.Throws<DataFileException>(() => MetricsReader.Read(FilePath)).Message);
    }
}
