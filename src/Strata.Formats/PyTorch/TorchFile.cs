namespace Strata.Formats.PyTorch;

/// <summary>Reads and writes PyTorch's <c>.pth</c> and <c>.pt</c> files of tensors: what <c>torch.save(model.state_dict(), path)</c> writes, in its present
/// zip format and in the one before PyTorch 1.6. The pickle inside is read by an interpreter of the few opcodes and names that data needs, so
/// nothing is ever run; everything else is refused by its name.</summary>
/// <remarks>int8 and int16 widen to int32, float16 and bfloat16 to float32. Convolution kernels keep PyTorch's order [out, in, height, width].</remarks>
public static class TorchFile
{
    /// <summary>Reads all tensors of a file under their names. What lies in dictionaries and lists inside is named by its path with dots, as in
    /// <c>state_dict.conv1.weight</c>; values that are no tensors are passed over.</summary>
    /// <param name="path">The file.</param>
    /// <param name="root">The entry to read and to leave out of the names, such as <c>state_dict</c> of a checkpoint; by default the whole file.</param>
    /// <exception cref="DataFileException">The file is missing, damaged, refers to what is no data, has no entry <paramref name="root"/>, or is larger
    /// in memory than eight times its length.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path, string? root = null)
    {
        using var file = OpenedFile.Read(path);
        return Read(file, path, root);
    }

    /// <summary>Reads all tensors of a file's bytes as <see cref="Read(string, string?)"/> does.</summary>
    /// <exception cref="DataFileException">The bytes are damaged, refer to what is no data, or have no entry <paramref name="root"/>.</exception>
    public static IReadOnlyDictionary<string, Tensor> Decode(byte[] file, string? root = null) => Read(new MemoryStream(file), "PyTorch file", root);

    /// <summary>Writes tensors under their names as an ordered dictionary that <c>torch.load</c> reads, replacing a file that exists; the file is never
    /// seen half-written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Names, which differ, and tensors.</param>
    /// <exception cref="ArgumentException">A name comes twice.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        var all = tensors.ToArray();
        var names = new HashSet<string>();
        foreach (var (name, _) in all)
            if (!names.Add(name)) throw new ArgumentException($"TorchFile.Write: the name '{name}' comes twice.", nameof(tensors));
        OpenedFile.Replace(path, to => TorchWriter.Write(to, all));
    }

    static Dictionary<string, Tensor> Read(Stream file, string source, string? root)
    {
        try
        {
            return new TorchReader(file).Read(root);
        }
        catch (Exception e) when (e is FormatException or StrataException)
        {
            throw new DataFileException(source, e.Message.TrimEnd('.'), e);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new DataFileException(source, $"the zip archive is damaged ({e.Message.TrimEnd('.')})", e);
        }
    }
}
