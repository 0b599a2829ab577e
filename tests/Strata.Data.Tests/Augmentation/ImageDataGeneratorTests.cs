using Strata.Formats;
using Strata.Formats.Images;
using Strata.Nn;
using Strata.Random;

namespace Strata.Data.Tests.Augmentation;

public class ImageDataGeneratorTests
{
    static readonly Tensor pictures = (new RandomStream(1).Uniform([8, 5, 4, 3]) * 255).Keep();
    static readonly Tensor labels = Tensor.From([0, 1, 2, 3, 4, 5, 6, 7]).Keep();

    static float[] Values(Tensor x) => x.ToArray<float>();

    static float[] Flowed(ImageDataGenerator generator, long seed, long epoch = 0) =>
        [.. generator.Flow(pictures, labels, batchSize: 3, seed: seed).Epoch(epoch).SelectMany(b => Values(b.X))];

    [Fact]
    public void Identity_parameters_leave_pixels_unchanged()
    {
        var batches = new ImageDataGenerator().Flow(pictures, labels, batchSize: 3, shuffle: false).ToList();
        Assert.Equal([3, 3, 2], batches.Select(b => b.X.Shape[0]));
        Assert.Equal(Values(pictures), batches.SelectMany(b => Values(b.X)));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], batches.SelectMany(b => b.Y.ToArray<int>()));
    }

    [Fact]
    public void The_same_seed_gives_the_same_batches_and_another_epoch_others()
    {
        ImageDataGenerator All() => new()
        {
            RotationRange = 20, WidthShiftRange = .2, HeightShiftRange = 1, ShearRange = 10, ZoomRange = ImageDataGenerator.Zoom(.1), ChannelShiftRange = 9,
            HorizontalFlip = true, VerticalFlip = true, BrightnessRange = (.8, 1.2), FillMode = FillMode.Reflect,
        };
        Assert.Equal(Flowed(All(), 3), Flowed(All(), 3));
        Assert.NotEqual(Flowed(All(), 3), Flowed(All(), 4));
        Assert.NotEqual(Flowed(All(), 3), Flowed(All(), 3, epoch: 1));
    }

    [Fact]
    public void Flips_are_exact_and_happen_half_the_time()
    {
        var image = pictures.Gather(0);
        var generator = new ImageDataGenerator { HorizontalFlip = true };
        var random = new RandomStream(5);
        var mirrored = Values(image.Flip(1));
        var flips = 0;
        for (var i = 0; i < 200; i++)
        {
            var made = Values(generator.RandomTransform(image, random));
            if (made.AsSpan().SequenceEqual(mirrored)) flips++;
            else Assert.Equal(Values(image), made);
        }

        Assert.InRange(flips, 70, 130);
    }

    [Fact]
    public void Shifts_are_chosen_from_a_list()
    {
        var picture = Tensor.From([.. Enumerable.Range(0, 16).Select(i => (float)i)], [4, 4, 1]);
        var generator = new ImageDataGenerator { HeightShifts = [1, -.5], FillMode = FillMode.Wrap };
        var random = new RandomStream(1);
        var firsts = Enumerable.Range(0, 40).Select(_ => Values(generator.RandomTransform(picture, random))[0]).ToHashSet();
        Assert.Equal([4, 8], firsts.Order()); // from one row below, or from two above, which wraps to two below
    }

    [Fact]
    public void Standardizing_goes_in_Keras_s_order()
    {
        var generator = new ImageDataGenerator { PreprocessingFunction = x => x + 1, Rescale = .5, SamplewiseCenter = true, SamplewiseStdNormalization = true };
        var image = Tensor.From([1f, 3f, 5f, 7f], [2, 2, 1]);
        var (mean, deviation) = (2.5f, MathF.Sqrt(1.25f)); // of 1, 2, 3, 4
        Assert.Equal(new[] { 1f, 2, 3, 4 }.Select(v => MathF.Round((v - mean) / deviation, 4)), Values(generator.Standardize(image)).Select(v => MathF.Round(v, 4)));
    }

    [Fact]
    public void Featurewise_statistics_are_of_the_channels()
    {
        var generator = new ImageDataGenerator { FeaturewiseCenter = true, FeaturewiseStdNormalization = true };
        Assert.Contains("needs Fit", Assert.Throws<StrataException>(() => generator.Standardize(pictures)).Message);
        generator.Fit(pictures);
        var y = generator.Standardize(pictures);
        foreach (var mean in Values(y.Mean([0, 1, 2]))) Assert.Equal(0, mean, 1e-4);
        foreach (var deviation in Values(y.StandardDeviation([0, 1, 2]))) Assert.Equal(1, deviation, 1e-4);
    }

    [Fact]
    public void Whitened_data_has_the_identity_as_covariance()
    {
        var data = (new RandomStream(2).Normal([400, 2, 3, 1]) * Tensor.From([1f, 2, 3, 4, 5, 6], [2, 3, 1])).Keep();
        var generator = new ImageDataGenerator { FeaturewiseCenter = true, ZcaWhitening = true };
        generator.Fit(data);
        var white = generator.Standardize(data).Reshape(400, 6);
        var covariance = Values(white.MatMul(white, transposeA: true) / 400);
        for (var i = 0; i < 36; i++) Assert.Equal(i % 7 == 0 ? 1 : 0, covariance[i], 1e-3);
    }

    [Fact]
    public void The_first_part_is_for_validation()
    {
        var generator = new ImageDataGenerator { ValidationSplit = .25 };
        Assert.Equal([0, 1], generator.Flow(pictures, labels, shuffle: false, subset: Subset.Validation).Single().Y.ToArray<int>());
        Assert.Equal([2, 3, 4, 5, 6, 7], generator.Flow(pictures, labels, shuffle: false, subset: Subset.Training).Single().Y.ToArray<int>());
    }

    [Fact]
    public void A_folder_flows_with_each_kind_of_target()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 4; i++) folder.Write($"{(i < 2 ? "cat" : "dog")}/{i}.png", Png.Encode(new Image(2, 2, 1, [.. Enumerable.Repeat((byte)(10 * i), 4)])));
        var generator = new ImageDataGenerator { Rescale = .1, ValidationSplit = .5 };
        (Tensor X, Tensor Y) Flow(ClassMode mode, Subset subset = Subset.All) =>
            generator.FlowFromDirectory(folder.Path, (3, 5), channels: 1, classMode: mode, shuffle: false, subset: subset).Single();
        Assert.Equal(Shape.Of(4, 3, 5, 1), Flow(ClassMode.Sparse).X.Shape);
        Assert.Equal([0f, 1, 2, 3], Values(Flow(ClassMode.Sparse).X).Where((_, i) => i % 15 == 0));
        Assert.Equal([0, 0, 1, 1], Flow(ClassMode.Sparse).Y.ToArray<int>());
        Assert.Equal([1f, 0, 1, 0, 0, 1, 0, 1], Values(Flow(ClassMode.Categorical).Y));
        Assert.Equal(Shape.Of(4, 1), Flow(ClassMode.Binary).Y.Shape);
        Assert.Equal(Shape.Of(4, 3, 5, 1), Flow(ClassMode.Input).Y.Shape);
        Assert.Equal([0f, 2], Values(Flow(ClassMode.Sparse, Subset.Validation).X).Where((_, i) => i % 15 == 0));
        var table = generator.FlowFromTable([(Path.Combine(folder.Path, "dog/3.png"), "b"), (Path.Combine(folder.Path, "cat/0.png"), "a")], (2, 2), channels: 1, classMode: ClassMode.Sparse, shuffle: false);
        Assert.Equal([1, 0], table.Single().Y.ToArray<int>());
        folder.Write("cat/bad.png", "no picture");
        Assert.Contains("bad.png", Assert.Throws<DataFileException>(() => Flow(ClassMode.Sparse)).Message);
    }

    [Fact]
    public void Arrays_become_pictures_as_in_Keras()
    {
        var x = Tensor.From([-1f, 0, 1, 3], [2, 2, 1]);
        Assert.Equal([0, 64, 128, 255], ImageArrays.ArrayToImg(x).Bytes.ToArray().Select(b => (int)b));
        Assert.Equal([0, 0, 1, 3], ImageArrays.ArrayToImg(x, scale: false).Bytes.ToArray().Select(b => (int)b));
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.png");
        ImageArrays.SaveImg(path, x, scale: false);
        Assert.Equal([0f, 0, 1, 3], Values(ImageArrays.ImgToArray(ImageArrays.LoadImg(path, grayscale: true))));
        Assert.Equal(Shape.Of(1, 6, 3), ImageArrays.ImgToArray(ImageArrays.LoadImg(path, targetSize: (1, 6))).Shape);
    }

    // The pattern of the notebook on cats and dogs (catalogue, B14.7): a folder flows through a frozen base into a new head.
    [Fact]
    public void A_new_head_learns_on_a_frozen_base_from_a_folder_of_pictures()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 12; i++)
            folder.Write($"{(i % 2 == 0 ? "cat" : "dog")}/{i}.png", Png.Encode(new Image(6, 6, 3, [.. Enumerable.Range(0, 108).Select(k => (byte)((k + i) % 3 == 0 && i % 2 == 0 ? 250 : 5))])));
        var one = ImageArrays.ImgToArray(ImageArrays.LoadImg(Path.Combine(folder.Path, "cat/0.png"), targetSize: (8, 8)));
        Assert.Equal(Shape.Of(8, 8, 3), one.Shape);

        var flow = new ImageDataGenerator { Rescale = 1 / 255.0, HorizontalFlip = true }.FlowFromDirectory(folder.Path, (8, 8), classMode: ClassMode.Binary, batchSize: 4, seed: 1);
        var based = new Sequential(new Conv2D(4, 3, activation: "relu"), new MaxPooling2D(2)) { Seed = 1, Trainable = false };
        var model = new Sequential(based, new Flatten(), new Dense(1, "sigmoid")) { Seed = 2 };
        model.Compile(new Adam(.05), "binary_crossentropy", "accuracy");
        model.BuildFor([8, 8, 3]);
        var before = based.GetWeights();
        var history = model.Fit(flow, epochs: 12, verbose: false);

        foreach (var (was, weight) in before.Zip(based.Weights)) Assert.Equal(Values(was), Values(weight.Value));
        Assert.Equal(1, history["acc"][^1]);
        Assert.InRange(model.Predict(one.Reshape(1, 8, 8, 3) / 255).Item(), 0, .5); // a cat
    }
}
