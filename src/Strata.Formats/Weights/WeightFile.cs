using System.IO.Compression;
using Strata.Formats.Arrays;
using Strata.Formats.Hdf5;
using Strata.Formats.Keras;
using Strata.Formats.Onnx;
using Strata.Formats.PyTorch;
using Strata.Nn;

namespace Strata.Formats.Weights;

/// <summary>Reads and writes named tensors in whichever format: safetensors and this library's own files (<c>.strata</c>), NumPy's <c>.npz</c>, PyTorch's state
/// dictionaries, and, to read, the weights of ONNX models and of Keras's files.</summary>
public static class WeightFile
{
    /// <summary>The endings of the files that <see cref="Write"/> makes.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".safetensors", ".strata", ".npz", ".pth", ".pt"];

    /// <summary>Reads all tensors of a file under their names, in the order of the file. Its content tells the format; only ONNX files are known by their ending.</summary>
    /// <exception cref="StrataException">The file is missing, damaged, or of none of the formats.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        if (HasEnding(path, ".onnx")) return OnnxFile.ReadWeights(path);
        bool isSafetensors, isZip, isPyTorch, isKeras;
        using (var file = OpenedFile.Read(path))
        {
            Span<byte> start = stackalloc byte[9];
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            file.Position = 0;
            isSafetensors = start.Length == 9 && start[8] == '{'; // behind the header's length, whose bytes can be any
            isZip = start.StartsWith("PK"u8);
            isPyTorch = isZip ? Holds(file, zip => zip.Entries.Any(e => e.FullName.EndsWith(".pkl", StringComparison.Ordinal))) : start.Length > 0 && start[0] == 0x80;
            isKeras = isZip ? Holds(file, KerasFile.IsKeras) : Hdf5File.Begins(start);
        }

        if (isSafetensors) return Model.ReadWeights(path);
        if (isPyTorch) return TorchFile.Read(path);
        if (isKeras) return KerasFile.Read(path);
        if (isZip) return Npz.Read(path);
        throw new DataFileException(path, "not a file of weights: it begins as none of safetensors, npz, PyTorch's and Keras's files do (ONNX files must end with .onnx)");
    }

    /// <summary>Writes tensors in the format that the path's ending names, replacing a file that exists; the file is never seen half-written.</summary>
    /// <exception cref="StrataException">The ending names no format that holds weights alone, or the format cannot hold a name.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        if (HasEnding(path, ".safetensors")) Safetensors.Write(path, tensors);
        else if (HasEnding(path, ".strata")) Model.WriteWeights(path, tensors);
        else if (HasEnding(path, ".npz")) Npz.Write(path, tensors);
        else if (HasEnding(path, ".pth") || HasEnding(path, ".pt")) TorchFile.Write(path, tensors);
        else throw new DataFileException(path, $"its ending names no format of weights, expected one of {string.Join(", ", Endings)}");
    }

    static bool HasEnding(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    static bool Holds(Stream file, Func<ZipArchive, bool> condition)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            return condition(zip);
        }
        catch (InvalidDataException)
        {
            return false; // the reader says what is wrong
        }
    }
}
