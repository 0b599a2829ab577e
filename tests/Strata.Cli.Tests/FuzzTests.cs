using Strata.Bench.Formats;

namespace Strata.Cli.Tests;

/// <summary>A few mutated files of each format; <c>Strata.Bench fuzz</c> reads many more.</summary>
public sealed class FuzzTests : IDisposable
{
    const int Cases = 100;

    readonly string folder = Directory.CreateTempSubdirectory("strata-fuzz-").FullName;

    [Fact]
    public void Mutated_files_are_read_or_refused_in_one_sentence_with_memory_in_proportion_to_their_size()
    {
        foreach (var target in FuzzTargets.All(folder))
        {
            var run = FuzzRun.Of(target, Cases, seed: 2, slow: double.PositiveInfinity);
            Assert.Equal([], run.Faults.Select(f => $"{target.Name}: case {f.Case}: {f.What}"));
            Assert.True(run.Refused > 0, $"{target.Name}: every mutated file was read");
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
