namespace Strata.Formats.Images;

/// <summary>Reads picture files of any kind that this library knows: PNG, JPEG, BMP and Netpbm (PPM, PGM, PBM). The kind is told by the
/// first bytes, not by the file's name.</summary>
public static class ImageFile
{
    /// <summary>The usual endings of such files, in lower case with the dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".jpg", ".jpeg", ".bmp", ".ppm", ".pgm", ".pbm", ".pnm"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFileException">The file is missing, damaged, of an unknown kind, or has more than <paramref name="maxPixels"/>.</exception>
    public static Image Read(string path, long maxPixels = Png.DefaultMaxPixels) => Decode(OpenedFile.ReadAll(path), path, maxPixels);

    /// <summary>Decodes a file's bytes.</summary>
    /// <exception cref="DataFileException">The bytes are damaged, of an unknown kind, or have more than <paramref name="maxPixels"/>.</exception>
    public static Image Decode(ReadOnlySpan<byte> file, long maxPixels = Png.DefaultMaxPixels) => Decode(file, "image", maxPixels);

    static Image Decode(ReadOnlySpan<byte> file, string source, long maxPixels)
    {
        if (file.StartsWith(Png.Signature)) return Png.Decode(file, source, indices: false, maxPixels);
        if (file.StartsWith(Jpeg.Signature)) return Jpeg.Decode(file, source, maxPixels);
        if (file.StartsWith(Bmp.Signature)) return Bmp.Decode(file, source, maxPixels);
        if (file.Length > 2 && file[0] == 'P' && file[1] is >= (byte)'1' and <= (byte)'6') return Netpbm.Decode(file, source, maxPixels);
        throw new DataFileException(source, $"not a PNG, JPEG, BMP or Netpbm picture: it begins with {Convert.ToHexString(file[..Math.Min(8, file.Length)])}");
    }
}
