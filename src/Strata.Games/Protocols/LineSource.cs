namespace Strata.Games.Protocols;

/// <summary>Reads commands line by line and never holds more than 64 KiB of one: a longer line is read over and reported as too long.</summary>
sealed class LineSource(TextReader reader)
{
    public const int MaxLength = 1 << 16;
    readonly char[] buffer = new char[MaxLength];

    /// <summary>The next line without its end and its control characters (a tab is a blank); null at the end of input.</summary>
    /// <param name="tooLong">Whether the line was cut off; what is returned is its beginning.</param>
    public string? Next(out bool tooLong)
    {
        tooLong = false;
        var length = 0;
        for (var any = false; ; any = true)
        {
            var c = reader.Read();
            if (c < 0 && !any) return null;
            if (c is < 0 or '\n') return new string(buffer, 0, length);
            if (c == '\t') c = ' ';
            if (char.IsControl((char)c)) continue;
            if (length < MaxLength) buffer[length++] = (char)c;
            else tooLong = true;
        }
    }
}
