using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Vectors;
using Strata.Threading;

namespace Strata.Kernels.Elementwise;

/// <summary>The loops over consecutive elements, one an arity. The output may be an input (in place), not overlap it otherwise.
/// An element's result does not depend on its position, the length, the vector width or the number of threads.</summary>
internal static unsafe class Walk
{
    /// <summary>Elements of cheap work from which on a second thread pays.</summary>
    public const long Grain = 32768;

    // Threads share the work in blocks, so that each starts at a cache line's beginning.
    const long Block = 256;

    /// <summary>yᵢ = f(xᵢ).</summary>
    public static void Unary<T, TOp>(T* x, T* y, long n, TOp f = default)
        where T : unmanaged, INumber<T>
        where TOp : struct, IUnaryOperator
    {
        switch (Simd.Level)
        {
            case SimdLevel.Vector512: Unary<V512<T>, T, TOp>(x, y, n, f); break;
            case SimdLevel.Vector256: Unary<V256<T>, T, TOp>(x, y, n, f); break;
            case SimdLevel.Vector128: Unary<V128<T>, T, TOp>(x, y, n, f); break;
            default: Unary<V1<T>, T, TOp>(x, y, n, f); break;
        }
    }

    /// <summary>yᵢ = f(aᵢ, bᵢ), or y is the mask f(aᵢ, bᵢ).</summary>
    public static void Binary<T, TOp, TA, TB, TY>(TA a, TB b, TY y, long n, TOp f = default)
        where T : unmanaged, INumber<T>
        where TOp : struct, IBinaryOperator
        where TA : struct, IOperand<T>
        where TB : struct, IOperand<T>
        where TY : struct, ITarget<TY, T>
    {
        switch (Simd.Level)
        {
            case SimdLevel.Vector512: Binary<V512<T>, T, TOp, TA, TB, TY>(a, b, y, n, f); break;
            case SimdLevel.Vector256: Binary<V256<T>, T, TOp, TA, TB, TY>(a, b, y, n, f); break;
            case SimdLevel.Vector128: Binary<V128<T>, T, TOp, TA, TB, TY>(a, b, y, n, f); break;
            default: Binary<V1<T>, T, TOp, TA, TB, TY>(a, b, y, n, f); break;
        }
    }

    static void Unary<V, T, TOp>(T* x, T* y, long n, TOp f)
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T>
        where TOp : struct, IUnaryOperator
    {
        var work = new UnaryWork<V, T, TOp>(x, y, n, f);
        if (n * TOp.Cost < 2 * Grain) work.Elements(0, n);
        else Workers.For((n + Block - 1) / Block, Grain / Block / TOp.Cost, work);
    }

    static void Binary<V, T, TOp, TA, TB, TY>(TA a, TB b, TY y, long n, TOp f)
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T>
        where TOp : struct, IBinaryOperator
        where TA : struct, IOperand<T>
        where TB : struct, IOperand<T>
        where TY : struct, ITarget<TY, T>
    {
        var work = new BinaryWork<V, T, TOp, TA, TB, TY>(a, b, y, n, f);
        if (n * TOp.Cost < 2 * Grain) Loop<V, T, TOp, TA, TB, TY>(a, b, y, 0, n, f);
        else Workers.For((n + Block - 1) / Block, Grain / Block / TOp.Cost, work);
    }

    readonly struct UnaryWork<V, T, TOp>(T* x, T* y, long n, TOp f) : IRangeWork
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T>
        where TOp : struct, IUnaryOperator
    {
        public void Run(long start, long end) => Elements(start * Block, Math.Min(end * Block, n));

        public void Elements(long start, long end)
        {
            var whole = start + ((end - start) / V.Count * V.Count);
            if (whole > start) Vectors(x + start, y + start, whole - start);
            if (whole == end) return;

            // What is left is padded to a vector.
            var rest = (int)(end - whole);
            var padded = stackalloc T[V.Count];
            V.LoadFirst(x + whole, rest).Store(padded);
            Vectors(padded, padded, V.Count);
            V.Load(padded).StoreFirst(y + whole, rest);
        }

        /// <summary>Whole vectors. The operator stands here once, for the JIT stops inlining in a method that has grown too large.</summary>
        [MethodImpl(Jit.Loop)]
        void Vectors(T* x, T* y, long n)
        {
            for (var i = 0L; i < n; i += V.Count) f.Invoke<V, T>(V.Load(x + i)).Store(y + i);
        }
    }

    readonly struct BinaryWork<V, T, TOp, TA, TB, TY>(TA a, TB b, TY y, long n, TOp f) : IRangeWork
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T>
        where TOp : struct, IBinaryOperator
        where TA : struct, IOperand<T>
        where TB : struct, IOperand<T>
        where TY : struct, ITarget<TY, T>
    {
        public void Run(long start, long end) => Loop<V, T, TOp, TA, TB, TY>(a, b, y, start * Block, Math.Min(end * Block, n), f);
    }

    /// <summary>The elements <paramref name="start"/> … <paramref name="end"/> − 1, on this thread.</summary>
    public static void Loop<V, T, TOp, TA, TB, TY>(TA a, TB b, TY y, long start, long end, TOp f)
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T>
        where TOp : struct, IBinaryOperator
        where TA : struct, IOperand<T>
        where TB : struct, IOperand<T>
        where TY : struct, ITarget<TY, T>
    {
        var whole = start + ((end - start) / V.Count * V.Count);
        if (whole > start) Vectors<V, T, TOp, TA, TB, TY>(a, b, y, start, whole, f);
        if (whole == end) return;

        // What is left is padded to a vector.
        var rest = (int)(end - whole);
        var p = stackalloc T[2 * V.Count];
        var q = p + V.Count;
        a.LoadFirst<V>(whole, rest).Store(p);
        b.LoadFirst<V>(whole, rest).Store(q);
        Vectors<V, T, TOp, Row<T>, Row<T>, Elements<T>>(new(p), new(q), new(p), 0, V.Count, f);
        y.StoreFirst(V.Load(p), whole, rest);
    }

    /// <summary>Whole vectors. The operator stands here once, for the JIT stops inlining in a method that has grown too large.</summary>
    [MethodImpl(Jit.Loop)]
    static void Vectors<V, T, TOp, TA, TB, TY>(TA a, TB b, TY y, long start, long end, TOp f)
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T>
        where TOp : struct, IBinaryOperator
        where TA : struct, IOperand<T>
        where TB : struct, IOperand<T>
        where TY : struct, ITarget<TY, T>
    {
        for (var i = start; i < end; i += V.Count) y.Store(f.Invoke<V, T>(a.Load<V>(i), b.Load<V>(i)), i);
    }
}
