using System.Diagnostics;
using Strata.Memory;

namespace Strata.Bench.Formats;

/// <summary>What came of reading mutated files of one format.</summary>
sealed class FuzzRun
{
    const long Tensors = 64 << 20; // bytes that tensors may take from the system beyond what the pool holds
    const long Fixed = 1 << 17; // bytes that any read may take: tables, buffers, an exception's trace

    /// <summary>How many files were read.</summary>
    public int Read { get; private set; }

    /// <summary>How many files were refused with the reader's own exception.</summary>
    public int Refused { get; private set; }

    /// <summary>The seconds that the slowest file took.</summary>
    public double Slowest { get; private set; }

    /// <summary>The most managed bytes that a file took for each of its own, beyond a fixed amount.</summary>
    public double Memory { get; private set; }

    /// <summary>The cases that must not be: their number, the file, and what was wrong.</summary>
    public List<(int Case, byte[] File, string What)> Faults { get; } = [];

    /// <summary>Reads mutated files.</summary>
    /// <param name="target">The reader and good files.</param>
    /// <param name="cases">How many.</param>
    /// <param name="seed">The seed of the mutations.</param>
    /// <param name="slow">The seconds from which a file is a fault.</param>
    public static FuzzRun Of(FuzzTarget target, int cases, int seed, double slow)
    {
        var (run, mutator) = (new FuzzRun(), new Mutator(seed));
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

        for (var n = 0; n < cases; n++) run.Try(target, n, mutator.Mutate(target.Seeds[n % target.Seeds.Count], target.Repair), slow);
        return run;
    }

    void Try(FuzzTarget target, int number, byte[] file, double slow)
    {
        var (before, reserved) = (GC.GetAllocatedBytesForCurrentThread(), StoragePool.ReservedBytes);
        var clock = Stopwatch.GetTimestamp();
        string? fault = null;
        try
        {
            target.Read(file);
            Read++;
        }
        catch (StrataException)
        {
            Refused++;
        }
        catch (Exception e)
        {
            fault = $"{e.GetType().Name}: {e.Message}";
        }

        var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        var multiple = (double)Math.Max(GC.GetAllocatedBytesForCurrentThread() - before - Fixed, 0) / Math.Max(file.Length, 1);
        (Slowest, Memory) = (Math.Max(Slowest, seconds), Math.Max(Memory, multiple));
        if (seconds > slow) fault ??= $"took {seconds:F1} s";
        if (multiple > target.Multiple) fault ??= $"took {multiple:F0} bytes a byte";
        if (StoragePool.ReservedBytes - reserved is var tensors and > Tensors) fault ??= $"took {tensors >> 20} MiB for tensors";
        if (fault is not null) Faults.Add((number, file, fault));
    }
}
