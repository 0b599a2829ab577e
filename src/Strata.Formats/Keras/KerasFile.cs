using System.IO.Compression;
using Strata.Formats.Hdf5;

namespace Strata.Formats.Keras;

/// <summary>Reads the weights in files of Keras: <c>.h5</c> and <c>.weights.h5</c>, which are HDF5 (see <see cref="Hdf5File"/>), and <c>.keras</c>, a zip archive that holds
/// one. Layers are not made from them: make the model here and load the weights with <see cref="Weights.ModelWeights"/>.</summary>
public static class KerasFile
{
    const string Weights = "model.weights.h5";
    const int MostBytesPerByte = 1032; // of deflate

    /// <summary>Whether an archive is a <c>.keras</c> file.</summary>
    internal static bool IsKeras(ZipArchive zip) => zip.GetEntry(Weights) is not null;

    /// <summary>Reads all arrays of a file under their paths.</summary>
    /// <exception cref="DataFileException">The file is missing, damaged or no such file.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path) => Read(OpenedFile.ReadAll(path), path);

    /// <summary>Reads all arrays of a file's bytes.</summary>
    /// <exception cref="DataFileException">The file is damaged or no such file.</exception>
    public static IReadOnlyDictionary<string, Tensor> Decode(byte[] file) => Read(file, "Keras file");

    static IReadOnlyDictionary<string, Tensor> Read(byte[] file, string source)
    {
        if (!file.AsSpan().StartsWith("PK"u8)) return Hdf5File.Read(file, source);
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
            var entry = zip.GetEntry(Weights) ?? throw new DataFileException(source, $"not a .keras file: it holds no '{Weights}'");
            if (entry.Length > Math.Min(Array.MaxLength, Math.Min(entry.CompressedLength, file.Length) * MostBytesPerByte))
                throw new DataFileException(source, $"the zip archive is damaged: '{Weights}' claims {entry.Length} bytes");
            var content = new byte[entry.Length];
            using var stream = entry.Open();
            stream.ReadExactly(content);
            return Hdf5File.Read(content, source);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new DataFileException(source, $"the zip archive is damaged ({e.Message.TrimEnd('.')})", e);
        }
    }
}
