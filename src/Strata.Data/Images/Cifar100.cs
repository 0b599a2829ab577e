using System.Globalization;
using Strata.Formats;

namespace Strata.Data;

/// <summary>CIFAR-100 (Krizhevsky 2009) in its binary version: 32×32 color photographs of 100 classes in 20 groups, 50,000 to train and
/// 10,000 to test.</summary>
public static class Cifar100
{
    /// <summary>Reads <c>train.bin</c> and <c>test.bin</c>, plain or gzip, and the names of the classes from <c>fine_label_names.txt</c> or
    /// <c>coarse_label_names.txt</c> if that is there; else they are numbers.</summary>
    /// <param name="directory">The folder that holds them, or that holds their folder <c>cifar-100-binary</c>.</param>
    /// <param name="coarse">Whether the labels are the 20 groups instead of the 100 classes.</param>
    /// <returns>Pictures [n, 32, 32, 3] float32 in [0, 1] and labels [n] int32.</returns>
    /// <exception cref="DataFileException">A file is missing or damaged.</exception>
    public static ImageDataset Load(string directory, bool coarse = false)
    {
        const string Folder = "cifar-100-binary";
        string[] names = ["train.bin", "test.bin"];
        var paths = Array.ConvertAll(names, name => DataFolder.Find(directory, Folder, name));
        if (paths.Contains(null)) throw DataFolder.Missing(directory, "CIFAR-100", names.Where((_, i) => paths[i] is null), "cifar-100-binary.tar.gz");
        var count = coarse ? 20 : 100;
        var namesFile = DataFolder.Find(directory, Folder, coarse ? "coarse_label_names.txt" : "fine_label_names.txt");
        string[] classes = namesFile is null
            ? [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))]
            : [.. File.ReadLines(namesFile).Select(l => l.Trim()).Where(l => l.Length > 0)];
        if (classes.Length != count) throw new DataFileException(namesFile!, $"the file has {classes.Length} names, expected {count}");
        return new(Read(paths[0]!), Read(paths[1]!), classes);

        ImageSplit Read(string path) => CifarFile.Read([path], labels: 2, label: coarse ? 0 : 1, count);
    }
}
