namespace Strata.Formats.Images;

/// <summary>Reads JPEG files: baseline, extended sequential and progressive, grey, YCbCr, RGB and CMYK (which becomes RGB), of any subsampling and
/// with restart intervals. Metadata is passed over: neither color profiles nor the orientation of EXIF are applied.</summary>
public static class Jpeg
{
    internal static ReadOnlySpan<byte> Signature => [0xFF, 0xD8, 0xFF];

    /// <summary>Reads a file as a picture of 1 (grey) or 3 (RGB) channels of 8 bits.</summary>
    /// <exception cref="DataFileException">The file is missing, damaged, truncated, of another kind, or has more than <paramref name="maxPixels"/>.</exception>
    public static Image Read(string path, long maxPixels = Png.DefaultMaxPixels) => Decode(OpenedFile.ReadAll(path), path, maxPixels);

    /// <summary>Decodes a file's bytes as <see cref="Read"/> does.</summary>
    /// <exception cref="DataFileException">The bytes are damaged, truncated, of another kind, or have more than <paramref name="maxPixels"/>.</exception>
    public static Image Decode(ReadOnlySpan<byte> file, long maxPixels = Png.DefaultMaxPixels) => Decode(file, "JPEG image", maxPixels);

    internal static Image Decode(ReadOnlySpan<byte> file, string source, long maxPixels)
    {
        try
        {
            return JpegDecoder.Decode(file, maxPixels);
        }
        catch (FormatException e)
        {
            throw new DataFileException(source, e.Message, e);
        }
    }
}
