using Strata.Formats;

namespace Strata.Data;

/// <summary>Reads a file's bytes in order, with a look ahead.</summary>
sealed class ByteReader(DataFile file)
{
    readonly byte[] buffer = new byte[1 << 16];
    int at, end;
    bool done;

    public bool AtEnd => Available == 0;

    int Available
    {
        get
        {
            if (at == end) Fill();
            return end - at;
        }
    }

    /// <summary>The next byte, or −1 at the end.</summary>
    public int Next() => AtEnd ? -1 : buffer[at++];

    /// <summary>Up to <paramref name="count"/> next bytes, which are still to be read.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (end - at < count) Fill();
        return buffer.AsSpan(at, Math.Min(count, end - at));
    }

    /// <summary>Fills <paramref name="to"/> as far as the file goes.</summary>
    /// <returns>The number of bytes read.</returns>
    public int Read(Span<byte> to)
    {
        var count = 0;
        while (count < to.Length && Available is var n and > 0)
        {
            var part = Math.Min(n, to.Length - count);
            buffer.AsSpan(at, part).CopyTo(to[count..]);
            (at, count) = (at + part, count + part);
        }

        return count;
    }

    public void SkipWhile(Func<byte, bool> unwanted)
    {
        while (!AtEnd && unwanted(buffer[at])) at++;
    }

    /// <summary>The bytes before the next white space or the end. Valid until more is read.</summary>
    /// <exception cref="DataFileException">There are more than <paramref name="longest"/>.</exception>
    public ReadOnlySpan<byte> Token(int longest) => Until(" \t\r\n"u8, longest, "a word or number");

    /// <summary>The bytes before the next line break, which is read, too. Valid until more is read.</summary>
    /// <exception cref="DataFileException">There are more than <paramref name="longest"/>.</exception>
    public ReadOnlySpan<byte> Line(int longest)
    {
        var line = Until("\n"u8, longest, "a line");
        if (at < end) at++;
        return line;
    }

    ReadOnlySpan<byte> Until(ReadOnlySpan<byte> stops, int longest, string what)
    {
        var ahead = Peek(longest + 1);
        var length = ahead.IndexOfAny(stops);
        if (length < 0) length = ahead.Length <= longest ? ahead.Length : throw new DataFileException(file.Path, $"{what} has more than {longest} bytes");
        at += length;
        return ahead[..length];
    }

    void Fill()
    {
        if (done) return;
        buffer.AsSpan(at, end - at).CopyTo(buffer);
        (at, end) = (0, end - at);
        var read = file.Read(buffer.AsSpan(end));
        done = read < buffer.Length - end;
        end += read;
    }
}
