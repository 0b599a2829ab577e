using System.Globalization;

namespace Strata;

/// <summary>What a profiler measured of one kind of operation, or of one node.</summary>
/// <param name="Name">The kind's name, or the node with its types.</param>
/// <param name="Calls">How often it ran.</param>
/// <param name="Time">The time of all calls.</param>
/// <param name="Bytes">The bytes of inputs and outputs of all calls.</param>
public sealed record ProfileRow(string Name, long Calls, TimeSpan Time, long Bytes)
{
    const int LongestName = 200; // a loop has dozens of operands

    internal string ToLine(TimeSpan total) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Time.TotalMilliseconds,10:0.00} {100 * Time / total,6:0.0} {Calls,8} {Time.TotalMicroseconds / Calls,9:0.0} {Bytes / Math.Max(Time.TotalSeconds, 1e-9) / 1e9,7:0.0}  {(Name.Length > LongestName ? Name[..LongestName] + "…" : Name)}");

    internal static string Size(long bytes) => bytes < 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MiB");
}
