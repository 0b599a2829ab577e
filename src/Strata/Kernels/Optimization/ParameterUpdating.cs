using System.Numerics;
using Strata.Kernels.Optimization;
using Strata.Kernels.Vectors;
using Strata.Threading;

namespace Strata.Kernels;

public partial class CpuKernels
{
    const long UpdateGrain = 1 << 14; // elements a thread, at least: some 10 µs of work

    /// <summary>One step of an optimizer in one pass over memory: parameter, gradient and states are read once and written once.</summary>
    /// <param name="x">Parameter, gradient and states, of one parameter after the other, and the numbers of the step (float64; see
    /// <see cref="Operations.ParameterUpdate"/>).</param>
    /// <param name="y">New parameter and new states, of one parameter after the other.</param>
    internal void Update<TRule>(Tensor[] x, Tensor[] y)
        where TRule : struct, IUpdateRule
    {
        if (y[0].DType == DType.Float32) Update<TRule, float>(x, y);
        else Update<TRule, double>(x, y);
    }

    static void Update<TRule, T>(Tensor[] x, Tensor[] y)
        where TRule : struct, IUpdateRule
        where T : unmanaged, INumber<T>
    {
        var size = 0L;
        for (var i = 0; i < y.Length; i += TRule.States + 1) size += y[i].Size;
        switch (Simd.Level)
        {
            case SimdLevel.Vector512: Workers.For(size, UpdateGrain, new UpdateWork<TRule, V512<T>, T>(x, y)); break;
            case SimdLevel.Vector256: Workers.For(size, UpdateGrain, new UpdateWork<TRule, V256<T>, T>(x, y)); break;
            case SimdLevel.Vector128: Workers.For(size, UpdateGrain, new UpdateWork<TRule, V128<T>, T>(x, y)); break;
            default: Workers.For(size, UpdateGrain, new UpdateWork<TRule, V1<T>, T>(x, y)); break;
        }
    }

    readonly unsafe struct UpdateWork<TRule, V, T>(Tensor[] x, Tensor[] y) : IRangeWork
        where TRule : struct, IUpdateRule
        where V : unmanaged, IVector<V, T>
        where T : unmanaged, INumber<T>
    {
        // The range is one of the elements of all parameters together.
        public void Run(long start, long end)
        {
            var given = x[^1].AsSpan<double>();
            var c = stackalloc V[given.Length];
            for (var n = 0; n < given.Length; n++) c[n] = T.CreateTruncating(given[n]);
            var first = 0L;
            for (var (i, j) = (0, 0); first < end; i += TRule.States + 2, j += TRule.States + 1)
            {
                var size = y[j].Size;
                if (start < first + size) Elements(c, i, j, Math.Max(start - first, 0), Math.Min(end - first, size));
                first += size;
            }
        }

        void Elements(V* c, int from, int to, long start, long end)
        {
            // A state that the rule does not have stands for the parameter, so that its address is good but never used.
            T *p = At(x, from, 0, 0), g = At(x, from, 1, 0), a = At(x, from, 2, 1), b = At(x, from, 3, 2), d = At(x, from, 4, 3);
            T *newP = At(y, to, 0, 0), newA = At(y, to, 1, 1), newB = At(y, to, 2, 2), newD = At(y, to, 3, 3);
            V pi, gi, ai = default, bi = default, di = default;

            var i = start;
            for (; i + V.Count <= end; i += V.Count)
            {
                (pi, gi) = (V.Load(p + i), V.Load(g + i));
                if (TRule.States > 0) ai = V.Load(a + i);
                if (TRule.States > 1) bi = V.Load(b + i);
                if (TRule.States > 2) di = V.Load(d + i);
                Step(c, ref pi, gi, ref ai, ref bi, ref di);
                pi.Store(newP + i);
                if (TRule.States > 0) ai.Store(newA + i);
                if (TRule.States > 1) bi.Store(newB + i);
                if (TRule.States > 2) di.Store(newD + i);
            }

            var rest = (int)(end - i);
            if (rest == 0) return;
            (pi, gi) = (V.LoadFirst(p + i, rest), V.LoadFirst(g + i, rest));
            if (TRule.States > 0) ai = V.LoadFirst(a + i, rest);
            if (TRule.States > 1) bi = V.LoadFirst(b + i, rest);
            if (TRule.States > 2) di = V.LoadFirst(d + i, rest);
            Step(c, ref pi, gi, ref ai, ref bi, ref di);
            pi.StoreFirst(newP + i, rest);
            if (TRule.States > 0) ai.StoreFirst(newA + i, rest);
            if (TRule.States > 1) bi.StoreFirst(newB + i, rest);
            if (TRule.States > 2) di.StoreFirst(newD + i, rest);
        }

        static T* At(Tensor[] tensors, int first, int index, int state) => (T*)tensors[first + (state <= TRule.States ? index : 0)].Pointer;

        // The first two numbers are the two forms of weight decay: g + c₀·p (a penalty) and c₁·p (decoupled).
        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        static void Step(V* c, ref V p, V g, ref V a, ref V b, ref V d)
        {
            g = V.Fma(c[0], p, g);
            p *= c[1];
            TRule.Step<V, T>(c + 2, g, ref p, ref a, ref b, ref d);
        }
    }
}
