namespace Strata.Kernels;

/// <summary>A matrix product to compute, or a batch of them: C = activation(α·op(A)·op(B) + C₀ + bias), all row-major on raw pointers;
/// op(A) is [M, K], op(B) [K, N], C [M, N]. C must not overlap the operands.</summary>
internal unsafe struct MatrixProduct<T>(long m, long n, long k)
    where T : unmanaged
{
    public long M = m;
    public long N = n;
    public long K = k;
    public T* A;
    public T* B;
    public T* C;

    /// <summary>Elements from one stored row to the next; a dense matrix has its number of stored columns, which the constructor assumes for
    /// operands that are not transposed.</summary>
    public long LeadingA = k;
    public long LeadingB = n;
    public long LeadingC = n;

    /// <summary>A is stored as [K, M].</summary>
    public bool TransposeA;

    /// <summary>B is stored as [N, K].</summary>
    public bool TransposeB;

    public double Alpha = 1;

    /// <summary>Adds to C; else C is overwritten, whatever it holds.</summary>
    public bool Accumulate;

    /// <summary>N values that are added to every row, or null.</summary>
    public T* Bias;

    /// <summary>B once more as <see cref="MatMulBlock{TOps, TVector, T}.Pack"/> orders it, or null. For one product or a batch that shares B.</summary>
    public T* PackedB;

    /// <summary>Applied last.</summary>
    public ElementwiseActivation Activation;

    /// <summary>The number of products; each is <c>BatchStride…</c> elements after the one before. A stride of 0 uses one operand for all.</summary>
    public long Batch = 1;
    public long BatchStrideA;
    public long BatchStrideB;
    public long BatchStrideC;

    /// <summary>A dense product without gaps between rows.</summary>
    public static MatrixProduct<T> Dense(long m, long n, long k, T* a, bool transposeA, T* b, bool transposeB, T* c) => new(m, n, k)
    {
        A = a,
        B = b,
        C = c,
        LeadingA = transposeA ? m : k,
        LeadingB = transposeB ? k : n,
        TransposeA = transposeA,
        TransposeB = transposeB,
    };
}
