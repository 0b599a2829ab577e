using Strata.Formats;

namespace Strata.Data;

/// <summary>CIFAR-10 (Krizhevsky 2009) in its binary version: 32×32 color photographs of ten classes, 50,000 to train and 10,000 to test.</summary>
public static class Cifar10
{
    /// <summary>The names of the classes.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads <c>data_batch_1.bin</c> … <c>data_batch_5.bin</c> and <c>test_batch.bin</c>, plain or gzip.</summary>
    /// <param name="directory">The folder that holds them, or that holds their folder <c>cifar-10-batches-bin</c>.</param>
    /// <param name="partial">Whether the training batches that are there will do; else all five must be.</param>
    /// <returns>Pictures [n, 32, 32, 3] float32 in [0, 1] and labels [n] int32.</returns>
    /// <exception cref="DataFileException">A file is missing or damaged.</exception>
    public static ImageDataset Load(string directory, bool partial = false)
    {
        string[] names = [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin"), "test_batch.bin"];
        var paths = Array.ConvertAll(names, name => DataFolder.Find(directory, "cifar-10-batches-bin", name));
        var missing = names.Where((_, i) => paths[i] is null).ToArray();
        if (paths[^1] is null || (partial ? missing.Length >= 5 : missing.Length > 0))
            throw DataFolder.Missing(directory, "CIFAR-10", missing, "cifar-10-binary.tar.gz");
        return new(
            CifarFile.Read(paths[..^1].OfType<string>(), labels: 1, label: 0, Classes.Count),
            CifarFile.Read([paths[^1]!], labels: 1, label: 0, Classes.Count),
            Classes);
    }
}
