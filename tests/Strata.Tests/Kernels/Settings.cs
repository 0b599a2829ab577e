using Strata.Kernels;
using Strata.Threading;

namespace Strata.Tests.Kernels;

/// <summary>Runs a piece of a test at a vector width and with a number of threads, and puts back what was set before.</summary>
static class Settings
{
    public static IEnumerable<SimdLevel> Levels => Enum.GetValues<SimdLevel>().Where(level => level <= Simd.Widest);

    public static void With(SimdLevel level, int threads, Action body)
    {
        var (oldLevel, oldThreads) = (Simd.Level, Workers.Threads);
        try
        {
            (Simd.Level, Workers.Threads) = (level, threads);
            body();
        }
        finally
        {
            (Simd.Level, Workers.Threads) = (oldLevel, oldThreads);
        }
    }

    public static void With(SimdLevel level, Action body) => With(level, Workers.Threads, body);

    public static void With(int threads, Action body) => With(Simd.Level, threads, body);

    /// <summary>The result of <paramref name="body"/> at a vector width.</summary>
    public static T At<T>(SimdLevel level, Func<T> body)
    {
        T result = default!;
        With(level, () => result = body());
        return result;
    }

    /// <summary>The result of <paramref name="body"/> with a number of threads.</summary>
    public static T OnThreads<T>(int threads, Func<T> body)
    {
        T result = default!;
        With(threads, () => result = body());
        return result;
    }
}
