using Strata.Data;
using Strata.Random;

namespace Strata.Gallery.Vision.Classification;

/// <summary>CIFAR as the deep networks of 2015 train on it: normalized pictures; a random part of each, zeros around it, and its mirror image.</summary>
public sealed class CifarImages
{
    readonly Run run;
    readonly ImageDataset data;

    /// <summary>Reads the run's data.</summary>
    /// <param name="run">The run that asks for the pictures.</param>
    /// <param name="classes">10 or 100.</param>
    /// <param name="lessMean">Whether the mean of each pixel over the training pictures is taken off; otherwise each picture is taken less its own mean and divided by its deviation.</param>
    /// <param name="partial">Whether some of the five training files of CIFAR-10 will do.</param>
    public CifarImages(Run run, int classes = 10, bool lessMean = false, bool partial = false)
    {
        this.run = run;
        data = classes == 10
            ? Cifar10.Load(run.RequireData("the binary version of CIFAR-10 (data_batch_1.bin … data_batch_5.bin, test_batch.bin)"), partial)
            : Cifar100.Load(run.RequireData("the binary version of CIFAR-100 (train.bin, test.bin)"));
        if (lessMean) Mean = data.Train.Images.Mean(0).Keep();
    }

    /// <summary>The mean of each pixel over the training pictures, [32, 32, 3], if it is taken off.</summary>
    public Tensor? Mean { get; }

    /// <summary>Batches for training without end: shifts of at most <paramref name="shift"/> pixels, half of the pictures mirrored.</summary>
    /// <param name="batch">Pictures of an update.</param>
    /// <param name="shift">Pixels in each direction.</param>
    public Dataset<(Tensor X, Tensor Y)> Training(int batch, int shift) =>
        Normalized(data.Train).Shuffle(run.SeedFor("order")).Repeat().MapParallel((e, random) => (Changed(e.X, shift, random), e.Y), run.SeedFor("changes")).Batch(batch);

    /// <summary>Batches of the test pictures.</summary>
    public Dataset<(Tensor X, Tensor Y)> Test => Normalized(data.Test).Batch(256);

    /// <summary>The updates of a pass over the training pictures.</summary>
    public int EpochSteps(int batch) => (data.Train.Images.Shape[0] + batch - 1) / batch;

    /// <summary>The updates of as many epochs as the run asks for, or else of the paper.</summary>
    public int Steps(int batch, int paper) => run.Epochs is { } epochs ? epochs * EpochSteps(batch) : paper;

    /// <summary>A picture [height, width, channels], shifted and perhaps mirrored.</summary>
    public static Tensor Changed(Tensor picture, int shift, RandomStream random)
    {
        var (height, width) = (picture.Shape[0], picture.Shape[1]);
        var (top, left) = (random.NextInt((2 * shift) + 1), random.NextInt((2 * shift) + 1));
        var part = picture.Pad([(shift, shift), (shift, shift), (0, 0)])[top..(top + height), left..(left + width), ..];
        return random.NextDouble() < .5 ? part.Flip(1) : part;
    }

    ImageSplit Normalized(ImageSplit split) => new(
        (Mean is null ? new ImageDataGenerator { SamplewiseCenter = true, SamplewiseStdNormalization = true }.Standardize(split.Images) : split.Images - Mean).Keep(),
        split.Labels);
}
