using Strata.Data;
using Strata.Formats.Images;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Docs;

/// <summary>The code of <c>docs/guide.md</c> on data.</summary>
public sealed class GuideDataExamples : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("strata-guide-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_pipeline()
    {
        var (images, labels) = (new RandomStream(1).Uniform([100, 8, 8, 1]), Tensor.Arange(100));
        var data = Dataset.From(images, labels)                       // pairs (x, y) along the first axis
            .Shuffle(seed: 1)                                         // another order each epoch, the same in each run
            .Map((pair, random) => random.NextInt(2) == 0 ? pair : (pair.X.Flip(1), pair.Y), seed: 2) // mirrored now and then
            .Batch(32)
            .Prefetch(2);                                             // two batches are made while one is learned
        foreach (var (x, y) in data) Console.WriteLine($"{x.Shape} {y.Shape}");

        var epoch = data.Epoch(0).ToList();
        Assert.Equal([32, 32, 32, 4], epoch.Select(b => b.X.Shape[0]));
        Assert.Equal(Enumerable.Range(0, 100), epoch.SelectMany(b => b.Y.ToArray<int>()).Order());
        var mirrored = epoch.SelectMany(b => Enumerable.Range(0, b.X.Shape[0]).Select(i => (X: b.X[i], Y: (int)b.Y[i].Item())))
            .Count(e => e.X.ToArray<float>()[0] != images[e.Y].ToArray<float>()[0]);
        Assert.InRange(mirrored, 25, 75);
        Assert.Equal(epoch[0].Y.ToArray<int>(), data.Epoch(0).First().Y.ToArray<int>());
        Assert.NotEqual(epoch[0].Y.ToArray<int>(), data.Epoch(1).First().Y.ToArray<int>());
    }

    [Fact]
    public void A_folder_of_pictures()
    {
        foreach (var (name, value) in new[] { ("cats", 40), ("dogs", 200) })
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            for (var i = 0; i < 6; i++) Png.Write(Path.Combine(folder, name, $"{i}.png"), new Image(20, 24, 3, [.. Enumerable.Repeat((byte)(value + i), 20 * 24 * 3)]));
        }

        var pictures = new ImageFolder(folder, size: (16, 16));       // FOLDER/cats/0.png, FOLDER/dogs/0.png, …
        var data = pictures.Stream(shuffle: 1).Batch(4).Prefetch(2);  // decoded in parallel, as they are asked for
        Console.WriteLine(string.Join(", ", pictures.Classes));       // cats, dogs

        Assert.Equal(["cats", "dogs"], pictures.Classes);
        Assert.All(data, b => Assert.Equal(Shape.Of(4, 16, 16, 3), b.X.Shape));
        Assert.All(data, b => Assert.Equal(b.Y.ToArray<int>().Select(y => y == 1), b.X.Mean([1, 2, 3]).ToArray<float>().Select(m => m > 0.5)));
    }

    [Fact]
    public void A_table()
    {
        var path = Path.Combine(folder, "iris.csv");
        File.WriteAllText(path, "length,width,kind\n5.1,3.5,setosa\n7.0,3.2,versicolor\n6.3,3.3,virginica\n4.9,3.0,setosa\n");

        var table = CsvTable.Read(path);
        var x = table.ToTensor(["length", "width"]);          // float32 [rows, 2]
        var (y, kinds) = table.ToClasses("kind");             // [rows], and the names of the classes

        Assert.Equal(Shape.Of(4, 2), x.Shape);
        Assert.Equal(["setosa", "versicolor", "virginica"], kinds.Order());
        Assert.Equal(kinds[(int)y[0].Item()], kinds[(int)y[3].Item()]);
    }

    [Fact]
    public void Text()
    {
        string[] texts = ["The cat sat.", "The dog sat on the cat."];
        var tokenizer = new Tokenizer(numWords: 1000);
        tokenizer.FitOnTexts(texts);
        var x = PadSequences.Of(tokenizer.TextsToSequences(texts), maxLength: 5); // int32 [texts, 5], zeros before short ones

        Assert.Equal([0, 0, 1, 2, 3], x[0].ToArray<int>());
        Assert.Equal(2, tokenizer.WordIndex["cat"]);
    }

    [Fact]
    public void Batches_by_number()
    {
        var model = new Sequential(new Dense(1)) { Seed = 1 };
        model.Compile(new SGD(0.1), Loss.MeanSquaredError);
        var history = model.Fit(new Sums(count: 10, size: 16) { Workers = 2 }, epochs: 8, verbose: false);
        Assert.True(history["loss"][^1] < 0.01, $"{history["loss"][^1]}");
    }
}

/// <summary>Pairs of numbers and their sums, made when they are asked for.</summary>
public sealed class Sums(int count, int size) : Sequence
{
    public override int Count => count;

    public override Batch this[int index]
    {
        get
        {
            var x = new RandomStream(index).Normal([size, 2]);
            return new Batch(x, x.Sum(1, keepDims: true));
        }
    }
}
