using System.CommandLine;

namespace Strata.Bench.Formats;

/// <summary>Mutates good files and reads them: no crash, no other exception than the reader's own, none slower than a second, and no more memory than a
/// stated multiple of the file.</summary>
static class FuzzCommand
{
    const double Slow = 1;

    public static Command Create()
    {
        var cases = new Option<int>("--cases") { Description = "Cases of each reader.", DefaultValueFactory = _ => 20_000 };
        var seed = new Option<int>("--seed") { Description = "The seed of the mutations.", DefaultValueFactory = _ => 1 };
        var only = new Option<string[]>("--only") { Description = "The names of some readers.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("fuzz", "Reads mutated files of every format.") { cases, seed, only };
        command.SetAction(parse => Run(parse.GetValue(cases), parse.GetValue(seed), parse.GetValue(only) ?? []));
        return command;
    }

    static int Run(int cases, int seed, string[] only)
    {
        Console.WriteLine($"{"reader",-14}{"files",6}{"cases",8}{"read",8}{"refused",9}{"slowest",10}{"memory",12}{"limit",8}  faults");
        var folder = Directory.CreateTempSubdirectory("strata-fuzz-").FullName;
        var faults = 0;
        try
        {
            foreach (var target in FuzzTargets.All(folder))
                if (only.Length == 0 || only.Contains(target.Name)) faults += Run(target, cases, seed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return faults == 0 ? 0 : 1;
    }

    static int Run(FuzzTarget target, int cases, int seed)
    {
        var run = FuzzRun.Of(target, cases, seed, Slow);
        foreach (var (number, file, what) in run.Faults.Take(3))
        {
            Console.WriteLine($"  {target.Name}: case {number}: {what}");
            File.WriteAllBytes(Path.Combine(Path.GetTempPath(), $"fuzz-{target.Name}-{number}.bin"), file);
        }

        Console.WriteLine($"{target.Name,-14}{target.Seeds.Count,6}{cases,8}{run.Read,8}{run.Refused,9}{run.Slowest * 1000,8:F1}ms{run.Memory,10:F1}×{target.Multiple,7}×  {run.Faults.Count}");
        return run.Faults.Count;
    }
}
