using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Strata.Formats.Images;

/// <summary>The five row filters of PNG (PNG specification, section 9). x is the byte, a the one a pixel to the left, b the one above, c the one
/// above a; all sums are modulo 256 and bytes beyond the edge are 0.</summary>
static class PngFilter
{
    public const int None = 0, Sub = 1, Up = 2, Average = 3, Paeth = 4, Count = 5;

    /// <summary>Turns a filtered row into the row itself, in place. <paramref name="above"/> is the finished row above, as long, or zeros.</summary>
    /// <returns>False if PNG has no such filter.</returns>
    public static bool Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int stride)
    {
        above = above[..row.Length];
        switch (filter)
        {
            case None:
                return true;
            case Up:
                var width = Vector<byte>.Count;
                var done = 0;
                for (; done <= row.Length - width; done += width)
                    (new Vector<byte>(row[done..]) + new Vector<byte>(above[done..])).CopyTo(row[done..]);
                for (; done < row.Length; done++) row[done] += above[done];
                return true;
            case Sub or Average or Paeth:
                UndoWithLeft(filter, row, above, stride);
                return true;
            default:
                return false;
        }
    }

    static void UndoWithLeft(int filter, Span<byte> row, ReadOnlySpan<byte> above, int stride)
    {
        var i = !BitConverter.IsLittleEndian ? 0 : stride switch { 3 or 4 => UndoPixels<uint>(filter, row, above, stride), 6 or 8 => UndoPixels<ulong>(filter, row, above, stride), _ => 0 };
        for (; i < row.Length; i++)
        {
            var (a, b, c) = i < stride ? (0, above[i], 0) : (row[i - stride], above[i], above[i - stride]);
            row[i] += filter switch { Sub => (byte)a, Average => (byte)((a + b) >> 1), _ => Predict(a, b, c) };
        }
    }

    /// <summary>Each pixel waits for the one to its left, but its bytes go together, in 16-bit numbers.</summary>
    /// <typeparam name="T">As many bytes as a pixel has, or more; those after it are not changed.</typeparam>
    /// <returns>How many bytes of the row were done: whole pixels, nearly all.</returns>
    static int UndoPixels<T>(int filter, Span<byte> row, ReadOnlySpan<byte> above, int stride)
        where T : unmanaged
    {
        ref byte start = ref MemoryMarshal.GetReference(row), over = ref MemoryMarshal.GetReference(above);
        var (left, corner, low) = (Vector128<short>.Zero, Vector128<short>.Zero, Vector128.Create((short)0xFF));
        var i = 0;
        for (; i + Unsafe.SizeOf<T>() <= row.Length; i += stride)
        {
            ref var at = ref Unsafe.Add(ref start, i);
            var up = Load(ref Unsafe.Add(ref over, i));
            var predicted = left;
            if (filter == Average)
            {
                predicted = (left + up) >> 1;
            }
            else if (filter == Paeth)
            {
                var (toLeft, toUp) = (up - corner, left - corner);
                var (a, b, c) = (Vector128.Abs(toLeft), Vector128.Abs(toUp), Vector128.Abs(toLeft + toUp));
                var nearest = Vector128.Min(a, Vector128.Min(b, c));
                predicted = Vector128.ConditionalSelect(Vector128.Equals(a, nearest), left, Vector128.ConditionalSelect(Vector128.Equals(b, nearest), up, corner));
            }

            (left, corner) = ((Load(ref at) + predicted) & low, up);
            var pixel = Vector128.Narrow(left.AsUInt16(), left.AsUInt16()).AsUInt64().ToScalar();
            switch (stride)
            {
                case 3:
                    Unsafe.WriteUnaligned(ref at, (ushort)pixel);
                    Unsafe.Add(ref at, 2) = (byte)(pixel >> 16);
                    break;
                case 4:
                    Unsafe.WriteUnaligned(ref at, (uint)pixel);
                    break;
                case 6:
                    Unsafe.WriteUnaligned(ref at, (uint)pixel);
                    Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, 4), (ushort)(pixel >> 32));
                    break;
                default:
                    Unsafe.WriteUnaligned(ref at, pixel);
                    break;
            }
        }

        return i;

        static Vector128<short> Load(ref byte from) => Vector128.WidenLower(Vector128.CreateScalar(Unsafe.ReadUnaligned<T>(ref from)).AsByte()).AsInt16();
    }

    /// <summary>Writes the filtered form of a row to <paramref name="to"/>, which is as long.</summary>
    public static void Apply(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int stride, Span<byte> to)
    {
        above = above[..row.Length];
        to = to[..row.Length];
        row.CopyTo(to);
        var first = Math.Min(stride, row.Length); // these have no pixel to the left: a = c = 0
        switch (filter)
        {
            case Sub:
                for (var i = first; i < row.Length; i++) to[i] -= row[i - stride];
                break;
            case Up:
                for (var i = 0; i < row.Length; i++) to[i] -= above[i];
                break;
            case Average:
                for (var i = 0; i < first; i++) to[i] -= (byte)(above[i] >> 1);
                for (var i = first; i < row.Length; i++) to[i] -= (byte)((row[i - stride] + above[i]) >> 1);
                break;
            case Paeth:
                for (var i = 0; i < first; i++) to[i] -= above[i];
                for (var i = first; i < row.Length; i++) to[i] -= Predict(row[i - stride], above[i], above[i - stride]);
                break;
        }
    }

    /// <summary>The neighbour that lies nearest to a + b − c; a before b before c on a tie.</summary>
    static byte Predict(int a, int b, int c)
    {
        int toA = Math.Abs(b - c), toB = Math.Abs(a - c), toC = Math.Abs(a + b - c - c);
        return (byte)(toA <= toB && toA <= toC ? a : toB <= toC ? b : c);
    }
}
