using System.CommandLine;
using System.Diagnostics;
using Strata.Memory;

namespace Strata.Bench.Formats;

/// <summary>Mutates good files and reads them: no crash, no other exception than the reader's own, none slower than a second, and no more memory than a
/// stated multiple of the file.</summary>
static class FuzzCommand
{
    const double Slow = 1;
    const long Tensors = 64 << 20; // bytes that tensors may take from the system beyond what the pool holds
    const long Fixed = 1 << 17; // bytes that any read may take: tables, buffers, an exception's trace

    public static Command Create()
    {
        var cases = new Option<int>("--cases") { Description = "Cases of each reader.", DefaultValueFactory = _ => 20_000 };
        var seed = new Option<int>("--seed") { Description = "The seed of the mutations.", DefaultValueFactory = _ => 1 };
        var only = new Option<string?>("--only") { Description = "The name of one reader." };
        var command = new Command("fuzz", "Reads mutated files of every format.") { cases, seed, only };
        command.SetAction(parse => Run(parse.GetValue(cases), parse.GetValue(seed), parse.GetValue(only)));
        return command;
    }

    static int Run(int cases, int seed, string? only)
    {
        Console.WriteLine($"{"reader",-14}{"files",6}{"cases",8}{"read",8}{"refused",9}{"slowest",10}{"memory",12}{"limit",8}  faults");
        var folder = Directory.CreateTempSubdirectory("strata-fuzz-").FullName;
        var faults = 0;
        try
        {
            foreach (var target in FuzzTargets.All(folder))
                if (only is null || target.Name == only) faults += Run(target, cases, seed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return faults == 0 ? 0 : 1;
    }

    static int Run(FuzzTarget target, int cases, int seed)
    {
        var mutator = new Mutator(seed);
        var (read, refused, faults) = (0, 0, 0);
        var (slowest, most) = (0.0, 0.0);
        foreach (var good in target.Seeds)
        {
            try
            {
                target.Read(good); // so that compiling is not timed
            }
            catch (StrataException)
            {
                // Some of the tests' files are there to be refused.
            }
        }

        for (var n = 0; n < cases; n++)
        {
            var file = mutator.Mutate(target.Seeds[n % target.Seeds.Count], target.Repair);
            var (before, reserved) = (GC.GetAllocatedBytesForCurrentThread(), StoragePool.ReservedBytes);
            var clock = Stopwatch.GetTimestamp();
            string? fault = null;
            try
            {
                target.Read(file);
                read++;
            }
            catch (StrataException)
            {
                refused++;
            }
            catch (Exception e)
            {
                fault = $"{e.GetType().Name}: {e.Message}";
            }

            var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
            var multiple = (double)Math.Max(GC.GetAllocatedBytesForCurrentThread() - before - Fixed, 0) / Math.Max(file.Length, 1);
            (slowest, most) = (Math.Max(slowest, seconds), Math.Max(most, multiple));
            if (seconds > Slow) fault ??= $"took {seconds:F1} s";
            if (multiple > target.Multiple) fault ??= $"took {multiple:F0} bytes a byte";
            if (StoragePool.ReservedBytes - reserved is var tensors and > Tensors) fault ??= $"took {tensors >> 20} MiB for tensors";
            if (fault is null) continue;
            if (faults++ < 3)
            {
                Console.WriteLine($"  {target.Name}: case {n}: {fault}");
                File.WriteAllBytes(Path.Combine(Path.GetTempPath(), $"fuzz-{target.Name}-{n}.bin"), file);
            }
        }

        Console.WriteLine($"{target.Name,-14}{target.Seeds.Count,6}{cases,8}{read,8}{refused,9}{slowest * 1000,8:F1}ms{most,10:F1}×{target.Multiple,7}×  {faults}");
        return faults;
    }
}
