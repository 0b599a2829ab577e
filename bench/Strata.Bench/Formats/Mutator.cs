using System.Globalization;
using System.Text;

namespace Strata.Bench.Formats;

/// <summary>Changes files at random: bits, bytes, numbers that matter, parts cut, doubled, moved, and the end cut off.</summary>
sealed class Mutator(int seed)
{
    static readonly long[] interesting = [0, 1, -1, 127, 128, 255, 256, 32767, 65535, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];

    readonly System.Random random = new(seed);

    public byte[] Mutate(byte[] good, Action<byte[]>? repair)
    {
        var file = (byte[])good.Clone();
        for (var n = random.Next(1, 6); n > 0; n--) file = Change(file);
        if (repair is not null && random.Next(4) != 0) repair(file);
        return file;
    }

    byte[] Change(byte[] file)
    {
        if (file.Length == 0) return [(byte)random.Next(256)];
        // Most of a format lies at the front or at the end of a file.
        var at = random.Next(3) switch { 0 => random.Next(Math.Min(file.Length, 64)), 1 => file.Length - 1 - random.Next(Math.Min(file.Length, 64)), _ => random.Next(file.Length) };
        switch (random.Next(9))
        {
            case 0:
                file[at] ^= (byte)(1 << random.Next(8));
                return file;
            case 1:
                file[at] = (byte)random.Next(256);
                return file;
            case 2:
                var number = BitConverter.GetBytes(interesting[random.Next(interesting.Length)]);
                if (random.Next(2) == 0) Array.Reverse(number);
                number.AsSpan(0, Math.Min(1 << random.Next(4), file.Length - at)).CopyTo(file.AsSpan(at));
                return file;
            case 3:
                var length = random.Next(1, 1 + Math.Min(32, file.Length - at));
                return [.. file.AsSpan(0, at), .. file.AsSpan(at + length)];
            case 4:
                var doubled = random.Next(1, 1 + Math.Min(64, file.Length - at));
                return [.. file.AsSpan(0, at + doubled), .. file.AsSpan(at)];
            case 5:
                var (from, count) = (random.Next(file.Length), random.Next(1, 17));
                count = Math.Min(count, file.Length - Math.Max(from, at));
                file.AsSpan(from, count).ToArray().CopyTo(file.AsSpan(at));
                return file;
            case 6: // a number that is written in digits becomes another
                var first = file.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
                if (first < 0) return file;
                var end = file.AsSpan(at + first).IndexOfAnyExceptInRange((byte)'0', (byte)'9');
                var digits = random.Next(4) == 0 ? $"1e{random.Next(-400, 400)}" : interesting[random.Next(interesting.Length)].ToString(CultureInfo.InvariantCulture);
                return [.. file.AsSpan(0, at + first), .. Encoding.ASCII.GetBytes(digits), .. end < 0 ? [] : file.AsSpan(at + first + end)];
            case 7:
                return random.Next(4) == 0 ? file[..random.Next(file.Length)] : file;
            default:
                for (var i = at; i < Math.Min(file.Length, at + 4); i++) file[i] = (byte)random.Next(256);
                return file;
        }
    }
}
