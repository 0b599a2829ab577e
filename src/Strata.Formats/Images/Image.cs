using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Strata.Formats.Images;

/// <summary>A picture in memory: [height, width, channels] samples of 8 or 16 bits, row by row from the top left, channels together
/// (HWC). 1 channel is grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha; alpha is not premultiplied.</summary>
public sealed partial class Image
{
    readonly byte[]? bytes;
    readonly ushort[]? words;

    /// <summary>Wraps 8-bit samples, without a copy.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="channels">1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGB, alpha).</param>
    /// <param name="samples">height·width·channels values 0 … 255, HWC.</param>
    /// <exception cref="ArgumentException">A size is out of range or the number of samples is another.</exception>
    public Image(int height, int width, int channels, byte[] samples)
        : this(height, width, channels, samples.Length) => bytes = samples;

    /// <summary>Wraps 16-bit samples, without a copy.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="channels">1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGB, alpha).</param>
    /// <param name="samples">height·width·channels values 0 … 65535, HWC.</param>
    /// <exception cref="ArgumentException">A size is out of range or the number of samples is another.</exception>
    public Image(int height, int width, int channels, ushort[] samples)
        : this(height, width, channels, samples.Length) => words = samples;

    Image(int height, int width, int channels, int samples)
    {
        if (height < 1 || width < 1) throw new ArgumentException($"Image: height and width must be at least 1, not {height} and {width}.");
        if (channels is < 1 or > 4) throw new ArgumentException($"Image: channels must be 1, 2, 3 or 4, not {channels}.");
        if ((long)height * width * channels != samples)
            throw new ArgumentException($"Image: [{height}, {width}, {channels}] needs {(long)height * width * channels} samples, not {samples}.");
        (Height, Width, Channels) = (height, width, channels);
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGB, alpha).</summary>
    public int Channels { get; }

    /// <summary>8 or 16.</summary>
    public int BitDepth => bytes is null ? 16 : 8;

    /// <summary>The largest sample value: 255 or 65535.</summary>
    public int MaxValue => bytes is null ? ushort.MaxValue : byte.MaxValue;

    /// <summary>Whether the last channel is alpha.</summary>
    public bool HasAlpha => Channels is 2 or 4;

    /// <summary>The samples of an 8-bit picture, HWC.</summary>
    /// <exception cref="InvalidOperationException">The picture has 16 bits.</exception>
    public ReadOnlySpan<byte> Bytes => bytes ?? throw new InvalidOperationException("Image.Bytes: the picture has 16-bit samples; call To8Bit first.");

    /// <summary>The samples of a 16-bit picture, HWC.</summary>
    /// <exception cref="InvalidOperationException">The picture has 8 bits.</exception>
    public ReadOnlySpan<ushort> Words => words ?? throw new InvalidOperationException("Image.Words: the picture has 8-bit samples; call To16Bit first.");

    /// <summary>One sample as it is stored, 0 … <see cref="MaxValue"/>.</summary>
    public int this[int y, int x, int channel]
    {
        get
        {
            if ((uint)y >= (uint)Height || (uint)x >= (uint)Width || (uint)channel >= (uint)Channels)
                throw new ArgumentOutOfRangeException(nameof(y), $"Image: [{y}, {x}, {channel}] lies outside [{Height}, {Width}, {Channels}].");
            var i = (y * Width + x) * Channels + channel;
            return bytes is null ? words![i] : bytes[i];
        }
    }

    /// <summary>The same picture with 8-bit samples, rounded to nearest; itself if it has 8 bits.</summary>
    public Image To8Bit() => words is null
        ? this
        : new(Height, Width, Channels, Array.ConvertAll(words, w => (byte)((w * 255u + 32767u) / 65535u)));

    /// <summary>The same picture with 16-bit samples (v·257, so that white stays white); itself if it has 16 bits.</summary>
    public Image To16Bit() => bytes is null ? this : new(Height, Width, Channels, Array.ConvertAll(bytes, b => (ushort)(b * 257)));

    /// <summary>The same picture with another number of channels: grey is repeated into RGB, RGB becomes luma
    /// (0.299 R + 0.587 G + 0.114 B, ITU-R BT.601), a missing alpha is opaque, a surplus alpha is dropped.</summary>
    /// <exception cref="ArgumentException"><paramref name="channels"/> is not 1, 2, 3 or 4.</exception>
    public Image ToChannels(int channels)
    {
        if (channels is < 1 or > 4) throw new ArgumentException($"Image.ToChannels: channels must be 1, 2, 3 or 4, not {channels}.");
        if (channels == Channels) return this;
        return bytes is not null
            ? new(Height, Width, channels, Convert<byte>(bytes, channels, byte.MaxValue, v => v, v => (byte)v))
            : new(Height, Width, channels, Convert<ushort>(words!, channels, ushort.MaxValue, v => v, v => (ushort)v));
    }

    T[] Convert<T>(T[] from, int channels, T opaque, Func<T, uint> widen, Func<uint, T> narrow)
    {
        var to = new T[checked(Height * Width * channels)];
        for (int pixel = 0, i = 0, o = 0; pixel < Height * Width; pixel++, i += Channels, o += channels)
        {
            if (channels <= 2)
                to[o] = Channels <= 2 ? from[i] : narrow((widen(from[i]) * 299 + widen(from[i + 1]) * 587 + widen(from[i + 2]) * 114 + 500) / 1000);
            else
                for (var c = 0; c < 3; c++) to[o + c] = from[Channels <= 2 ? i : i + c];
            if (channels is 2 or 4) to[o + channels - 1] = HasAlpha ? from[i + Channels - 1] : opaque;
        }

        return to;
    }

    /// <summary>The samples as numbers in [0, 1], HWC.</summary>
    public float[] ToSingles()
    {
        var to = new float[checked(Height * Width * Channels)];
        CopyTo(to);
        return to;
    }

    /// <summary>Writes the samples as numbers in [0, 1], HWC, to <paramref name="destination"/>, which holds exactly that many.</summary>
    public void CopyTo(Span<float> destination)
    {
        if (destination.Length != Height * Width * Channels)
            throw new ArgumentException($"Image.CopyTo: {Height * Width * Channels} samples do not fit a span of {destination.Length}.");
        if (bytes is not null) CopyTo(bytes, destination);
        else
            for (var i = 0; i < words!.Length; i++) destination[i] = words[i] / 65535f;
    }

    static void CopyTo(ReadOnlySpan<byte> bytes, Span<float> to)
    {
        var i = 0;
        for (; i + 16 <= bytes.Length; i += 16)
        {
            var (lower, upper) = Vector128.Widen(Vector128.Create(bytes[i..]));
            (Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(lower), Vector128.WidenUpper(lower)).AsInt32()) / 255f).CopyTo(to[i..]);
            (Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(upper), Vector128.WidenUpper(upper)).AsInt32()) / 255f).CopyTo(to[(i + 8)..]);
        }

        for (; i < bytes.Length; i++) to[i] = bytes[i] / 255f;
    }

    /// <summary>An 8-bit picture of numbers in [0, 1] (others are clamped, NaN becomes 0), rounded to nearest.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="channels">1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGB, alpha).</param>
    /// <param name="samples">height·width·channels numbers, HWC.</param>
    public static Image FromSingles(int height, int width, int channels, ReadOnlySpan<float> samples)
    {
        var to = new byte[samples.Length];
        for (var i = 0; i < to.Length; i++) to[i] = samples[i] > 0 ? (byte)(Math.Min(samples[i], 1f) * 255f + .5f) : (byte)0;
        return new(height, width, channels, to);
    }

    /// <summary>The storage, for codecs of this library: bytes as they are, words in the machine's byte order.</summary>
    internal ReadOnlySpan<byte> Raw => bytes ?? MemoryMarshal.AsBytes(words.AsSpan());
}
