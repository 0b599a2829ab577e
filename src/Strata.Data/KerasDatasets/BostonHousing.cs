using Strata.Formats;
using Strata.Formats.Arrays;

namespace Strata.Data;

/// <summary>Prices of houses in 506 places around Boston (Harrison and Rubinfeld, "Hedonic Housing Prices and the Demand for Clean Air", 1978), in the form that Keras
/// gives out. The file is that which Keras keeps in <c>~/.keras/datasets</c>.</summary>
/// <remarks>The column B is made from the share of Black residents, on the assumption that segregation is reflected in prices. Keras and others advise against the
/// data set but to show how such assumptions get into data.</remarks>
public static class BostonHousing
{
    /// <summary>The columns of the inputs.</summary>
    public static IReadOnlyList<string> Features { get; } = ["CRIM", "ZN", "INDUS", "CHAS", "NOX", "RM", "AGE", "DIS", "RAD", "TAX", "PTRATIO", "B", "LSTAT"];

    /// <summary>Reads <c>boston_housing.npz</c>. Arguments and order are those of <c>keras.datasets.boston_housing.load_data</c>.</summary>
    /// <param name="directory">The folder that holds it.</param>
    /// <param name="testSplit">The share of the places, in [0, 1), to test with: the last ones after mixing.</param>
    /// <param name="seed">The seed by which the places are mixed.</param>
    /// <returns>Inputs [n, 13] and median prices [n] in thousands of dollars, float32; of the original 404 to train and 102 to test.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not in [0, 1).</exception>
    /// <exception cref="DataFileException">The file is missing or damaged, or holds other arrays.</exception>
    public static ((Tensor X, Tensor Y) Train, (Tensor X, Tensor Y) Test) Load(string directory, double testSplit = .2, uint seed = 113)
    {
        TestShare.Check(nameof(BostonHousing), testSplit);
        var path = DataFolder.Require(directory, "Boston housing", "boston_housing.npz", "storage.googleapis.com/tensorflow/tf-keras-datasets");
        var arrays = Npz.Read(path);
        if (!arrays.TryGetValue("x", out var x) || !arrays.TryGetValue("y", out var y))
            throw new DataFileException(path, $"there are no arrays 'x' and 'y', only {string.Join(", ", arrays.Keys.Select(k => $"'{k}'"))}");
        if (x.Rank != 2 || x.Shape[1] != Features.Count || y.Rank != 1 || x.Shape[0] != y.Shape[0])
            throw new DataFileException(path, $"the arrays are {x.Shape} and {y.Shape}, expected [n, {Features.Count}] and [n]");
        var order = new MersenneTwister(seed).Permutation(x.Shape[0]);
        var count = TestShare.TrainCount(order.Length, testSplit);
        return (Those(order[..count]), Those(order[count..]));

        (Tensor X, Tensor Y) Those(int[] rows)
        {
            var indices = Tensor.From(rows);
            return (x.Gather(indices).Cast(DType.Float32), y.Gather(indices).Cast(DType.Float32));
        }
    }
}
