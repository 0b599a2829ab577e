using System.Numerics;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Fourier;

/// <summary>A transform of any length n as a convolution with a chirp: with jk = (j² + k² − (k − j)²)/2, y(k) = c(k)·Σⱼ x(j)·c(j)·c̄(k − j), where
/// c(j) = e^(−πi·j²/n) (Bluestein 1970). The convolution runs in transforms whose length is a power of two.</summary>
internal sealed class Bluestein<T>
    where T : unmanaged, INumber<T>
{
    public unsafe Bluestein(int length)
    {
        var size = checked((int)BitOperations.RoundUpToPowerOf2((uint)((2 * length) - 1)));
        Convolution = FourierPlan<T>.For(size);
        (Re, Im, FilterRe, FilterIm) = (new T[length], new T[length], new T[size], new T[size]);

        var memory = new double[4 * size];
        fixed (double* start = memory)
        {
            var planes = new ComplexPlanes<double>(start, size);
            for (var j = 0; j < length; j++)
            {
                var (re, im) = FourierPlan<T>.Root((long)j * j, 2L * length);
                (Re[j], Im[j]) = (T.CreateTruncating(re), T.CreateTruncating(im));
                planes.Re[j] = planes.Re[(size - j) % size] = re / size;
                planes.Im[j] = planes.Im[(size - j) % size] = -im / size;
            }

            FourierTransform<V1<double>, double>.Run(FourierPlan<double>.For(size), ref planes, 1);
            for (var k = 0; k < size; k++) (FilterRe[k], FilterIm[k]) = (T.CreateTruncating(planes.Re[k]), T.CreateTruncating(planes.Im[k]));
        }
    }

    /// <summary>The plan of the convolution's transforms.</summary>
    public FourierPlan<T> Convolution { get; }

    /// <summary>c(0) … c(n − 1), real parts.</summary>
    public T[] Re { get; }

    /// <summary>c(0) … c(n − 1), imaginary parts.</summary>
    public T[] Im { get; }

    /// <summary>The transform of c̄ over the convolution's length, real parts.</summary>
    public T[] FilterRe { get; }

    /// <summary>The transform of c̄ over the convolution's length, imaginary parts.</summary>
    public T[] FilterIm { get; }
}
