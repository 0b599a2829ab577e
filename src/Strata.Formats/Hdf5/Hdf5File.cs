namespace Strata.Formats.Hdf5;

/// <summary>Reads the arrays of HDF5 files as h5py and Keras write them (<c>.h5</c>, <c>.weights.h5</c>): groups of either form that fit one header or a tree, and
/// arrays of numbers that lie in one piece. Arrays that are chunked or compressed, which Keras does not make, are refused by name. Source: The HDF5 Group, HDF5 File
/// Format Specification, version 3.0.</summary>
/// <remarks>int8, uint16 and int16 widen to int32, uint32 to int64, float16 and bfloat16 to float32. What holds no numbers, such as texts, is passed over.</remarks>
public static class Hdf5File
{
    /// <summary>Whether a file begins as HDF5 files do.</summary>
    internal static bool Begins(ReadOnlySpan<byte> start) => start.StartsWith(Hdf5Reader.Signature);

    /// <summary>Reads all arrays of a file under their paths: <c>model_weights/dense_1/dense_1/kernel:0</c>.</summary>
    /// <exception cref="DataFileException">The file is missing or damaged, or an array in it is of a form that is not read.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path) => Read(OpenedFile.ReadAll(path), path);

    /// <summary>Reads all arrays of a file's bytes.</summary>
    /// <exception cref="DataFileException">The file is damaged, or an array in it is of a form that is not read.</exception>
    public static IReadOnlyDictionary<string, Tensor> Decode(byte[] file) => Read(file, "HDF5 file");

    internal static IReadOnlyDictionary<string, Tensor> Read(byte[] file, string source)
    {
        try
        {
            return new Hdf5Reader(new Hdf5Bytes(file)).Read();
        }
        catch (FormatException e)
        {
            throw new DataFileException(source, e.Message.TrimEnd('.'), e);
        }
        catch (Exception e) when (e is ShapeException or TensorMemoryException)
        {
            throw new DataFileException(source, $"an array cannot be a tensor ({e.Message.TrimEnd('.')})", e);
        }
    }
}
