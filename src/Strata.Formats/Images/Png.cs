using System.IO.Compression;

namespace Strata.Formats.Images;

/// <summary>Reads and writes PNG files. Reading knows every color type, depth and interlacing of the format; gamma and color profiles are not
/// applied: the samples are the file's own.</summary>
public static class Png
{
    /// <summary>The most pixels that a picture may have unless a caller says otherwise: 2²⁶, or 8192 × 8192.</summary>
    public const long DefaultMaxPixels = 1L << 26;

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads a file: 16-bit pictures with 16-bit samples, all others with 8-bit ones; palette colors as RGB; transparency as an alpha
    /// channel; 1, 2 and 4 bits scaled to 0 … 255.</summary>
    /// <exception cref="DataFileException">The file is missing, damaged, no PNG, or has more than <paramref name="maxPixels"/>.</exception>
    public static Image Read(string path, long maxPixels = DefaultMaxPixels) => Decode(OpenedFile.ReadAll(path), path, indices: false, maxPixels);

    /// <summary>Reads the one stored sample of each pixel of a palette or grey picture as it is, without colors and scaling: the class maps of
    /// segmentation data sets.</summary>
    /// <exception cref="DataFileException">The file is missing, damaged, no PNG, has several channels or more than <paramref name="maxPixels"/>.</exception>
    public static Image ReadIndices(string path, long maxPixels = DefaultMaxPixels) => Decode(OpenedFile.ReadAll(path), path, indices: true, maxPixels);

    /// <summary>Decodes a file's bytes as <see cref="Read"/> does.</summary>
    /// <exception cref="DataFileException">The bytes are damaged, no PNG, or have more than <paramref name="maxPixels"/>.</exception>
    public static Image Decode(ReadOnlySpan<byte> file, long maxPixels = DefaultMaxPixels) => Decode(file, "PNG image", indices: false, maxPixels);

    /// <summary>Decodes a file's bytes as <see cref="ReadIndices"/> does.</summary>
    /// <exception cref="DataFileException">The bytes are damaged, no PNG, have several channels or more than <paramref name="maxPixels"/>.</exception>
    public static Image DecodeIndices(ReadOnlySpan<byte> file, long maxPixels = DefaultMaxPixels) => Decode(file, "PNG image", indices: true, maxPixels);

    /// <summary>Writes a file, replacing one that exists; the file is never seen half-written.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Image image, CompressionLevel level = CompressionLevel.Optimal) =>
        OpenedFile.Replace(path, to => to.Write(Encode(image, level)));

    /// <summary>The picture as the bytes of a PNG file of its own depth and channels.</summary>
    public static byte[] Encode(Image image, CompressionLevel level = CompressionLevel.Optimal) => PngEncoder.Encode(image, level);

    internal static Image Decode(ReadOnlySpan<byte> file, string source, bool indices, long maxPixels)
    {
        try
        {
            return PngDecoder.Decode(file, indices, maxPixels);
        }
        catch (FormatException e)
        {
            throw new DataFileException(source, e.Message, e.InnerException);
        }
    }
}
