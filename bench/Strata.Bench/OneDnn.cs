using System.Runtime.InteropServices;

namespace Strata.Bench;

/// <summary>The matrix product of oneDNN, called in this process, so that the two take turns (Debian: libdnnl-dev, which its BLAS-like interface needs
/// no headers of).</summary>
internal static unsafe partial class OneDnn
{
    /// <summary>C = A·B of row-major squares of <paramref name="n"/>² float32, with as many threads as <see cref="Threads"/> set.</summary>
    public static void Multiply(int n, float* a, float* b, float* c)
    {
        var status = Sgemm((byte)'N', (byte)'N', n, n, n, 1, a, n, b, n, 0, c, n);
        if (status != 0) throw new InvalidOperationException($"oneDNN: dnnl_sgemm of {n}² failed with status {status}.");
    }

    /// <summary>Sets how many threads oneDNN uses, which is OpenMP's affair.</summary>
    public static void Threads(int count) => SetThreads(count);

    /// <summary>Whether the library is there.</summary>
    public static bool IsInstalled => NativeLibrary.TryLoad("dnnl", typeof(OneDnn).Assembly, null, out _);

    [LibraryImport("dnnl", EntryPoint = "dnnl_sgemm")]
    private static partial int Sgemm(byte transposeA, byte transposeB, long m, long n, long k, float alpha, float* a, long leadingA, float* b, long leadingB, float beta, float* c, long leadingC);

    [LibraryImport("libgomp.so.1", EntryPoint = "omp_set_num_threads")]
    private static partial void SetThreads(int count);
}
