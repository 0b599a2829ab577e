using Strata.Formats.Images;
using Strata.Random;

namespace Strata.Data;

/// <summary>Makes batches of pictures that are changed at random and standardized: Keras's class of this name with its arguments and defaults (all
/// changes off). Pictures are [height, width, channels] float32, by Keras's custom from 0 to 255.</summary>
/// <remarks>The order is: rotation·shift·shear·zoom in one resampling, channel shift, flips, brightness; then the function, rescale, samplewise mean
/// and deviation, featurewise mean and deviation, whitening. The same seed gives the same batches on any number of threads.</remarks>
public sealed partial class ImageDataGenerator
{
    const double Tiny = 1e-6; // added to deviations, as Keras does

    /// <summary>The largest turn to either side, in degrees.</summary>
    public double RotationRange { get; init; }

    /// <summary>The largest shift to either side: below 1 a fraction of the width, else pixels.</summary>
    public double WidthShiftRange { get; init; }

    /// <summary>The largest shift up or down: below 1 a fraction of the height, else pixels.</summary>
    public double HeightShiftRange { get; init; }

    /// <summary>Shifts to choose from instead of <see cref="WidthShiftRange"/>, in pixels or, below 1, fractions of the width, by which the picture moves to the left; none: off.</summary>
    public IReadOnlyList<double>? WidthShifts { get; init; }

    /// <summary>Shifts to choose from instead of <see cref="HeightShiftRange"/>, in pixels or, below 1, fractions of the height, by which the picture moves up; none: off.</summary>
    public IReadOnlyList<double>? HeightShifts { get; init; }

    /// <summary>Factors between which brightness is drawn; none: off.</summary>
    public (double Low, double High)? BrightnessRange { get; init; }

    /// <summary>The largest shear to either side, in degrees.</summary>
    public double ShearRange { get; init; }

    /// <summary>Factors between which the zooms of rows and of columns are drawn, each by itself. A number z stands for [1 − z, 1 + z]; see <see cref="Zoom"/>.</summary>
    public (double Low, double High) ZoomRange { get; init; } = (1, 1);

    /// <summary>The largest number added to all values of a picture, or taken off.</summary>
    public double ChannelShiftRange { get; init; }

    /// <summary>What lies outside a picture that was moved.</summary>
    public FillMode FillMode { get; init; } = FillMode.Nearest;

    /// <summary>The value outside for <see cref="FillMode.Constant"/>.</summary>
    public double Cval { get; init; }

    /// <summary>Whether every second picture is mirrored.</summary>
    public bool HorizontalFlip { get; init; }

    /// <summary>Whether every second picture is turned upside down.</summary>
    public bool VerticalFlip { get; init; }

    /// <summary>A factor for all values, after the changes; none: off.</summary>
    public double? Rescale { get; init; }

    /// <summary>A function of a picture that keeps its shape, the first step of standardizing; none: off.</summary>
    public Func<Tensor, Tensor>? PreprocessingFunction { get; init; }

    /// <summary>Whether the mean of each picture becomes 0.</summary>
    public bool SamplewiseCenter { get; init; }

    /// <summary>Whether each picture is divided by its deviation.</summary>
    public bool SamplewiseStdNormalization { get; init; }

    /// <summary>Whether the channels' means over the data of <see cref="Fit"/> are taken off.</summary>
    public bool FeaturewiseCenter { get; init; }

    /// <summary>Whether channels are divided by their deviations over the data of <see cref="Fit"/>.</summary>
    public bool FeaturewiseStdNormalization { get; init; }

    /// <summary>Whether pictures are whitened: multiplied by U·diag(1/√(s + ε))·Uᵀ of their covariance over the data of <see cref="Fit"/>.</summary>
    public bool ZcaWhitening { get; init; }

    /// <summary>ε of the whitening.</summary>
    public double ZcaEpsilon { get; init; } = 1e-6;

    /// <summary>The share of the data that is for validation: the first of it.</summary>
    public double ValidationSplit
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(ValidationSplit), value, "ImageDataGenerator: ValidationSplit must be in [0, 1).");
    }

    /// <summary>The mean of each channel over the data of <see cref="Fit"/>.</summary>
    public Tensor? Mean { get; private set; }

    /// <summary>The deviation of each channel over the data of <see cref="Fit"/>.</summary>
    public Tensor? Deviation { get; private set; }

    /// <summary>The whitening matrix [height·width·channels, the same].</summary>
    public Tensor? Whitening { get; private set; }

    /// <summary>[1 − z, 1 + z].</summary>
    public static (double Low, double High) Zoom(double z) => (1 - z, 1 + z);

    /// <summary>Computes what featurewise standardizing and whitening need.</summary>
    /// <param name="x">[n, height, width, channels].</param>
    /// <exception cref="ShapeException">It is no batch of pictures.</exception>
    public void Fit(Tensor x)
    {
        if (x.Rank != 4 || x.Size == 0) throw new ShapeException($"ImageDataGenerator.Fit: the data is {x.Type}, expected [n, height, width, channels].");
        if (x.DType != DType.Float32) x = x.Cast(DType.Float32);
        if (FeaturewiseCenter)
        {
            Mean = x.Mean([0, 1, 2]).Keep();
            x -= Mean;
        }

        if (FeaturewiseStdNormalization)
        {
            Deviation = x.StandardDeviation([0, 1, 2]).Keep();
            x /= Deviation + Tiny;
        }

        if (!ZcaWhitening) return;
        var flat = x.Reshape(x.Shape[0], (int)(x.Size / x.Shape[0])).Cast(DType.Float64);
        var (values, vectors) = (flat.MatMul(flat, transposeA: true) / x.Shape[0]).SymmetricEigen();
        var scaled = vectors / (Tensor.Maximum(values, Tensor.ZerosLike(values)) + ZcaEpsilon).Sqrt();
        Whitening = scaled.MatMul(vectors, transposeB: true).Cast(DType.Float32).Keep();
    }

    /// <summary>A picture changed at random.</summary>
    public Tensor RandomTransform(Tensor image, RandomStream random)
    {
        var (height, width) = (image.Shape[0], image.Shape[1]);
        var transform = AffineTransform.Identity;
        if (RotationRange != 0) transform = transform.Rotate(Between(-RotationRange, RotationRange));
        var rows = Shift(HeightShiftRange, HeightShifts, height);
        var columns = Shift(WidthShiftRange, WidthShifts, width);
        if (rows != 0 || columns != 0) transform = transform.Shift(rows, columns);
        if (ShearRange != 0) transform = transform.Shear(Between(-ShearRange, ShearRange));
        if (ZoomRange != (1, 1)) transform = transform.Zoom(Between(ZoomRange.Low, ZoomRange.High), Between(ZoomRange.Low, ZoomRange.High));
        image = transform.Apply(image, FillMode, Cval);
        if (ChannelShiftRange != 0) image = Colors.Shift(image, Between(-ChannelShiftRange, ChannelShiftRange));
        if (HorizontalFlip && random.NextDouble() < .5) image = image.Flip(1);
        if (VerticalFlip && random.NextDouble() < .5) image = image.Flip(0);
        if (BrightnessRange is { } range) image = Colors.Brightness(image, Between(range.Low, range.High), white: 255);
        return image;

        double Shift(double range, IReadOnlyList<double>? shifts, int size)
        {
            if (shifts is { Count: > 0 })
            {
                var chosen = shifts[random.NextInt(shifts.Count)];
                return Math.Abs(chosen) < 1 ? chosen * size : chosen;
            }

            return range == 0 ? 0 : Between(-range, range) * (range < 1 ? size : 1);
        }

        double Between(double low, double high) => low + ((high - low) * random.NextDouble());
    }

    /// <summary>A picture, or a batch of them, standardized.</summary>
    /// <exception cref="StrataException">It needs numbers that <see cref="Fit"/> computes, which was not called.</exception>
    public Tensor Standardize(Tensor x)
    {
        if (PreprocessingFunction is { } function) x = function(x);
        if (Rescale is { } factor) x *= factor;
        if (SamplewiseCenter) x -= x.Mean([-3, -2, -1], keepDims: true);
        if (SamplewiseStdNormalization) x /= x.StandardDeviation([-3, -2, -1], keepDims: true) + Tiny;
        if (FeaturewiseCenter) x -= Fitted(Mean, nameof(FeaturewiseCenter));
        if (FeaturewiseStdNormalization) x /= Fitted(Deviation, nameof(FeaturewiseStdNormalization)) + Tiny;
        if (!ZcaWhitening) return x;
        var whitening = Fitted(Whitening, nameof(ZcaWhitening));
        return x.Reshape((int)(x.Size / whitening.Shape[0]), whitening.Shape[0]).MatMul(whitening).Reshape([.. x.Shape]);
    }

    static Tensor Fitted(Tensor? value, string what) => value ?? throw new StrataException($"ImageDataGenerator: {what} needs Fit to be called on the training data first.");
}
