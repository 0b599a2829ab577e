using System.Buffers.Binary;
using System.IO.Compression;

namespace Strata.Formats.Images;

/// <summary>Writes pictures that move as animated PNG files (PNG, third edition, section 11.3.6), which browsers play and which every other reader of PNG shows as their
/// first frame. A frame stores only the rectangle in which it differs from the one before.</summary>
public static class AnimatedPng
{
    /// <summary>Writes a file, replacing one that exists; the file is never seen half-written.</summary>
    /// <inheritdoc cref="Encode"/>
    /// <param name="path">The file.</param><param name="frames">At least one picture, all of one size, depth and number of channels.</param>
    /// <param name="framesPerSecond">How fast, in 0.1 … 100.</param><param name="plays">How often the whole is shown; 0: again and again.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<Image> frames, double framesPerSecond = 10, int plays = 0)
    {
        var bytes = Encode(frames, framesPerSecond, plays);
        OpenedFile.Replace(path, to => to.Write(bytes));
    }

    /// <summary>The pictures as the bytes of a file.</summary>
    /// <param name="frames">At least one picture, all of one size, depth and number of channels.</param>
    /// <param name="framesPerSecond">How fast, in 0.1 … 100.</param>
    /// <param name="plays">How often the whole is shown; 0: again and again.</param>
    /// <exception cref="ArgumentException">There are no frames, they differ in kind, or a number is out of range.</exception>
    public static byte[] Encode(IEnumerable<Image> frames, double framesPerSecond = 10, int plays = 0)
    {
        if (!(framesPerSecond is >= .1 and <= 100)) throw new ArgumentException($"AnimatedPng: {framesPerSecond} frames per second; 0.1 to 100 fit.");
        ArgumentOutOfRangeException.ThrowIfNegative(plays);
        Image[] all = [.. frames];
        if (all.Length == 0) throw new ArgumentException("AnimatedPng: there are no frames; one or more fit.");
        foreach (var frame in all)
            if ((frame.Height, frame.Width, frame.Channels, frame.BitDepth) != (all[0].Height, all[0].Width, all[0].Channels, all[0].BitDepth))
                throw new ArgumentException($"AnimatedPng: {KindOf(frame)} cannot follow {KindOf(all[0])}; all frames must be of one kind.");

        var file = PngEncoder.Begin(all[0]);
        Span<byte> control = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(control, all.Length);
        BinaryPrimitives.WriteInt32BigEndian(control[4..], plays);
        PngEncoder.WriteChunk(file, "acTL"u8, control);
        var delay = (ushort)Math.Round(1000 / framesPerSecond); // in thousandths of a second
        var number = 0; // of the chunks that make frames
        for (var i = 0; i < all.Length; i++)
        {
            var box = i == 0 ? new PixelBox(0, 0, all[0].Width, all[0].Height) : Changed(all[i - 1], all[i]);
            PngEncoder.WriteChunk(file, "fcTL"u8, FrameControl(number++, box, delay));
            var pixels = PngEncoder.Compressed(all[i].Crop(box.Top, box.Left, box.Height, box.Width), CompressionLevel.Optimal);
            if (i == 0)
            {
                PngEncoder.WriteChunk(file, "IDAT"u8, pixels);
                continue;
            }

            var data = new byte[4 + pixels.Length];
            BinaryPrimitives.WriteInt32BigEndian(data, number++);
            pixels.CopyTo(data.AsSpan(4));
            PngEncoder.WriteChunk(file, "fdAT"u8, data);
        }

        return PngEncoder.End(file);
    }

    // The last two bytes: the frame stays for the next one, and replaces what was there.
    static byte[] FrameControl(int number, PixelBox box, ushort delay)
    {
        var fields = new byte[26];
        BinaryPrimitives.WriteInt32BigEndian(fields, number);
        BinaryPrimitives.WriteInt32BigEndian(fields.AsSpan(4), box.Width);
        BinaryPrimitives.WriteInt32BigEndian(fields.AsSpan(8), box.Height);
        BinaryPrimitives.WriteInt32BigEndian(fields.AsSpan(12), box.Left);
        BinaryPrimitives.WriteInt32BigEndian(fields.AsSpan(16), box.Top);
        BinaryPrimitives.WriteUInt16BigEndian(fields.AsSpan(20), delay);
        BinaryPrimitives.WriteUInt16BigEndian(fields.AsSpan(22), 1000);
        return fields;
    }

    /// <summary>The pixels in which two pictures differ; one pixel where they are equal, since a frame must have some.</summary>
    static PixelBox Changed(Image before, Image after)
    {
        var row = before.Raw.Length / before.Height;
        var pixel = row / before.Width;
        PixelBox? box = null;
        for (var y = 0; y < before.Height; y++)
        {
            var a = before.Raw.Slice(y * row, row);
            var b = after.Raw.Slice(y * row, row);
            var first = a.CommonPrefixLength(b);
            if (first == row) continue;
            var last = row - 1;
            while (a[last] == b[last]) last--;
            var (left, right) = (first / pixel, (last / pixel) + 1);
            box = box is { } old ? new(Math.Min(old.Left, left), old.Top, Math.Max(old.Right, right), y + 1) : new(left, y, right, y + 1);
        }

        return box ?? new(0, 0, 1, 1);
    }

    static string KindOf(Image image) => $"a picture of {image.Width} × {image.Height} with {image.Channels} channels of {image.BitDepth} bits";
}
