using Strata.Tests.Kernels;

namespace Strata.Tests.Operations;

[Collection("Engine settings")]
public sealed class FourierTests
{
    public static TheoryData<int> Lengths => [1, 2, 3, 4, 5, 8, 12, 13, 17, 30];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Fft(int n) => Check.Operation($"fourier: fft/{n}", x => x.Fft());

    [Theory]
    [MemberData(nameof(Lengths))]
    public void InverseFft(int n) => Check.Operation($"fourier: inverse/{n}", x => x.InverseFft());

    [Theory]
    [MemberData(nameof(Lengths))]
    public void RealFft(int n) => Check.Operation($"fourier: real/{n}", x => x.RealFft());

    [Theory]
    [MemberData(nameof(Lengths))]
    public void InverseRealFft(int n) => Check.Operation($"fourier: real inverse/{n}", x => x.InverseRealFft(n));

    [Fact]
    public void Any_axis_can_be_transformed()
    {
        Check.Operation("fourier: fft/axis 0", x => x.Fft(0));
        Check.Operation("fourier: inverse/axis 1 of 3", x => x.InverseFft(1));
        Check.Operation("fourier: real/axis 1 of 3", x => x.RealFft(1));
        Check.Operation("fourier: real inverse/axis 0", x => x.InverseRealFft(axis: 0));
    }

    // Radices 4, 2, 3, 5, 7, 11 and 13, powers of two, odd numbers, and primes, which go by a chirp.
    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(19)]
    [InlineData(38)]
    [InlineData(128)]
    [InlineData(169)]
    [InlineData(210)]
    [InlineData(512)]
    [InlineData(1009)]
    [InlineData(1024)]
    [InlineData(2310)]
    public void Transforms_of_any_length_are_their_sums_and_come_back(int n)
    {
        const int rows = 19; // more than run at once, and not a multiple
        var x = Random(rows, n, 2);
        var y = x.Fft();
        Check.Close(Sum(x, 3), y[3], 1e-12, "transform");
        Check.Close(x, y.InverseFft(), 1e-13, "inverse");
        Check.Close(y.Cast(DType.Float32), x.Cast(DType.Float32).Fft(), 2e-6, "float32");
        var real = Random(rows, n);
        var spectrum = real.RealFft();
        var whole = Tensor.Stack([real, Tensor.ZerosLike(real)], 2).Fft();
        Check.Close(whole[.., ..(n / 2 + 1)], spectrum, 1e-12, "real");
        Check.Close(real, spectrum.InverseRealFft(n), 1e-13, "real inverse");
    }

    [Fact]
    public void The_energy_of_a_signal_is_that_of_its_spectrum()
    {
        var x = Random(5, 360, 2);
        Check.Close(x.Square().Sum() * 360.0, x.Fft().Square().Sum(), 1e-13); // Parseval
    }

    [Fact]
    public void A_convolution_around_a_ring_is_a_product_of_spectra()
    {
        var (x, s) = (Random(1, 12), Random(1, 5));
        var kernel = Tensor.Concatenate([s[.., 2..], Tensor.Zeros([1, 7], DType.Float64), s[.., ..2]], 1);
        var (a, b) = (x.RealFft(), kernel.RealFft());
        var (ar, ai, br, bi) = (a[.., .., 0], a[.., .., 1], b[.., .., 0], b[.., .., 1]);
        var product = Tensor.Stack([(ar * br) - (ai * bi), (ar * bi) + (ai * br)], 2);
        Check.Close(x.CircularConvolution(s), product.InverseRealFft(), 1e-13);
    }

    [Fact]
    public void All_vector_widths_and_numbers_of_threads_give_the_same_bits()
    {
        var inputs = new[] { 64, 34, 105, 2048 }.Select(n => Random(33, n, 2).Cast(DType.Float32)).ToArray();
        float[][] Transformed() => [.. inputs.Select(x => x.Fft().ToArray<float>())];
        var expected = Transformed();
        foreach (var level in Settings.Levels)
            foreach (var threads in new[] { 1, 2, 3 })
                Settings.With(level, threads, () => Assert.Equal(expected, Transformed()));
    }

    [Fact]
    public void No_signals_have_no_spectra() => Assert.Equal([0, 5, 2], Tensor.Zeros([0, 8]).RealFft().Shape);

    [Fact]
    public void Wrong_signals_are_named()
    {
        Check.Fails("Fft: complex numbers are pairs (real, imaginary part) in the last axis, as in [.., n, 2], but the input is [4, 3].", () => Tensor.Zeros([4, 3]).Fft());
        Check.Fails("Fft: axis 1 of [4, 2] holds the parts of the complex numbers; name one before it.", () => Tensor.Zeros([4, 2]).Fft(-1));
        Check.Fails("InverseFft: axis 0 of [0, 2] is empty; a transform needs at least one number.", () => Tensor.Zeros([0, 2]).InverseFft());
        Check.Fails("InverseFft: the numbers are int32; they must be float32 or float64.", () => Tensor.Zeros([3, 2], DType.Int32).InverseFft());
        Check.Fails("RealFft: the numbers are int32; they must be float32 or float64.", () => Tensor.Arange(4).RealFft());
        Check.Fails("RealFft: axis 1 of [2, 0] is empty; a transform needs at least one number.", () => Tensor.Zeros([2, 0]).RealFft());
        Check.Fails(
            "InverseRealFft: axis 0 of [4, 2] has 4 complex numbers, but the spectrum of 8 real numbers has 5; slice or pad it, or give another length.",
            () => Tensor.Zeros([4, 2]).InverseRealFft(8));
    }

    [Fact]
    public void What_is_too_long_to_transform_is_refused_before_anything_is_allocated()
    {
        static Tensor Of(Func<Tensor, Tensor> f, params int[] shape)
        {
            Compiled.InferTypes(x => [f(x[0])], new TensorType(Shape.Of(shape), DType.Float32));
            return Tensor.Scalar(0f);
        }

        const int prime = (1 << 27) + 29;
        Check.Fails($"Fft: {prime} numbers are too many to transform at once, as {prime} has a prime factor above 13; it must be at most 134217728, or padded to a product of small primes.", () => Of(x => x.Fft(), prime, 2));
        Check.Fails($"InverseFft: {prime} numbers are too many to transform at once, as {prime} has a prime factor above 13; it must be at most 134217728, or padded to a product of small primes.", () => Of(x => x.InverseFft(), prime, 2));
        Check.Fails($"RealFft: {2 * prime} numbers are too many to transform at once, as {2 * prime} has a prime factor above 13; it must be at most 268435456, or padded to a product of small primes.", () => Of(x => x.RealFft(), 2 * prime));
        Check.Fails($"InverseRealFft: {prime} numbers are too many to transform at once, as {prime} has a prime factor above 13; it must be at most 134217728, or padded to a product of small primes.", () => Of(x => x.InverseRealFft(prime), (prime / 2) + 1, 2));
        Check.Fails($"Fft: {1 << 30} numbers are too many to transform at once; it must be less than {1 << 30}.", () => Of(x => x.Fft(), 1 << 30, 2));
        Of(x => x.Fft(), 1 << 29, 2);
        Of(x => x.RealFft(), 1 << 30);
        Of(x => x.Fft(), (1 << 26) + 15, 2); // a prime that fits
    }

    // The definition, for row 3.
    static Tensor Sum(Tensor x, int row)
    {
        var (n, values) = (x.Shape[1], x[row].ToArray<double>());
        var y = new double[2 * n];
        for (var k = 0; k < n; k++)
            for (var j = 0; j < n; j++)
            {
                var (sin, cos) = Math.SinCos(-2 * Math.PI * ((long)j * k % n) / n);
                y[2 * k] += (values[2 * j] * cos) - (values[2 * j + 1] * sin);
                y[2 * k + 1] += (values[2 * j] * sin) + (values[2 * j + 1] * cos);
            }

        return Tensor.From(y, [n, 2]);
    }

    static Tensor Random(params int[] sizes) => new Strata.Random.RandomStream(sizes[1]).Uniform(Shape.Of(sizes), -1, 1, DType.Float64);
}
