using Strata.Nn;

namespace Strata.Formats.Onnx;

/// <summary>Writes models as ONNX files and reads them. Exporting follows the operations that a model does, so any layer can be exported, one's own
/// too, if ONNX has its operations; importing gives an <see cref="OnnxModel"/>.</summary>
/// <remarks>Images are channels-last here and channels-first in ONNX. Inside, transposes are put only where a channels-first value meets an operation
/// that needs the other order.</remarks>
public static class OnnxFile
{
    /// <summary>Writes a model as it is outside of training, for any number of examples.</summary>
    /// <param name="path">The file; replaced if it exists, never seen half-written.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The shape of each input without the axis of examples.</param>
    /// <exception cref="StrataException">The model does something that ONNX, or this exporter, has no operator for; or the inputs do not fit.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Export(string path, Model model, params Shape[] inputs) => Export(path, model, inputs, new OnnxOptions());

    /// <inheritdoc cref="Export(string, Model, Shape[])"/>
    /// <param name="path">The file.</param><param name="model">The model.</param><param name="inputs">The shape of each input without the axis of examples.</param>
    /// <param name="options">How to write it.</param>
    public static void Export(string path, Model model, Shape[] inputs, OnnxOptions options)
    {
        var bytes = Encode(model, inputs, options);
        OpenedFile.Replace(path, to => to.Write(bytes));
    }

    /// <summary>The bytes of the file that <see cref="Export(string, Model, Shape[], OnnxOptions)"/> writes.</summary>
    /// <exception cref="StrataException">The model does something that ONNX, or this exporter, has no operator for; or the inputs do not fit.</exception>
    public static byte[] Encode(Model model, Shape[] inputs, OnnxOptions? options = null) => OnnxMessages.Write(new OnnxExporter(model, inputs, options ?? new OnnxOptions()).Export());

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="channelsLast">Whether inputs and outputs of rank 4 are images, which this library orders [n, height, width, channels]; else all
    /// are as in the file.</param>
    /// <exception cref="DataFileException">The file is missing, damaged, or has operators that are not supported.</exception>
    public static OnnxModel Import(string path, bool channelsLast = true) => Read(OpenedFile.ReadAll(path), path, channelsLast);

    /// <summary>Reads a model from a file's bytes.</summary>
    /// <inheritdoc cref="Import"/>
    /// <param name="file">The bytes.</param><param name="channelsLast">Whether inputs and outputs of rank 4 are images.</param>
    public static OnnxModel Decode(ReadOnlySpan<byte> file, bool channelsLast = true) => Read(file, "ONNX file", channelsLast);

    /// <summary>The weights of a model by their names in the file, as they lie there: its constants with fractions and at least one axis.</summary>
    /// <exception cref="DataFileException">The file is missing or damaged.</exception>
    public static IReadOnlyDictionary<string, Tensor> ReadWeights(string path)
    {
        var file = OpenedFile.ReadAll(path);
        try
        {
            return OnnxMessages.Read(file).Initializers.Where(i => i.Value.DType.IsFloating() && i.Value.Rank > 0).ToDictionary();
        }
        catch (Exception e) when (IsFault(e))
        {
            throw new DataFileException(path, e.Message.TrimEnd('.'), e);
        }
    }

    static OnnxModel Read(ReadOnlySpan<byte> file, string source, bool channelsLast)
    {
        try
        {
            return new OnnxModel(OnnxMessages.Read(file), channelsLast);
        }
        catch (Exception e) when (IsFault(e))
        {
            throw new DataFileException(source, e.Message.TrimEnd('.'), e);
        }
    }

    static bool IsFault(Exception e) => e is FormatException or ShapeException or TensorMemoryException;
}
