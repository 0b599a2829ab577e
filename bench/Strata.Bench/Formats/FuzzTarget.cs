namespace Strata.Bench.Formats;

/// <summary>A reader and good files for it.</summary>
/// <param name="Name">The name of the format.</param>
/// <param name="Seeds">Good files.</param>
/// <param name="Multiple">Bytes of managed memory that reading may take for each byte of the file, beyond a fixed amount.</param>
/// <param name="Read">Reads a file's bytes.</param>
/// <param name="Repair">Makes checksums right again, so that changes reach what lies behind them.</param>
sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, int Multiple, Action<byte[]> Read, Action<byte[]>? Repair = null);
