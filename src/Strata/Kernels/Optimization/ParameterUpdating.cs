using System.Numerics;
using Strata.Kernels.Optimization;
using Strata.Kernels.Vectors;
using Strata.Threading;

namespace Strata.Kernels;

public partial class CpuKernels
{
    const long UpdateGrain = 1 << 14; // elements a thread, at least: some 10 µs of work

    /// <summary>One step of an optimizer in one pass over memory: parameter, gradient and states are read once and written once.</summary>
    /// <param name="x">Parameter, gradient, states, and the numbers of the step (float64; see <see cref="Operations.ParameterUpdate"/>).</param>
    /// <param name="y">New parameter, new states.</param>
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
        switch (Simd.Level)
        {
            case SimdLevel.Vector512: Workers.For(y[0].Size, UpdateGrain, new UpdateWork<TRule, V512<T>, T>(x, y)); break;
            case SimdLevel.Vector256: Workers.For(y[0].Size, UpdateGrain, new UpdateWork<TRule, V256<T>, T>(x, y)); break;
            case SimdLevel.Vector128: Workers.For(y[0].Size, UpdateGrain, new UpdateWork<TRule, V128<T>, T>(x, y)); break;
            default: Workers.For(y[0].Size, UpdateGrain, new UpdateWork<TRule, V1<T>, T>(x, y)); break;
        }
    }

    readonly unsafe struct UpdateWork<TRule, V, T>(Tensor[] x, Tensor[] y) : IRangeWork
        where TRule : struct, IUpdateRule
        where V : unmanaged, IVector<V, T>
        where T : unmanaged, INumber<T>
    {
        readonly T* p = At(x, 0), g = At(x, 1), a = At(x, 2), b = At(x, 3), d = At(x, 4);
        readonly T* newP = At(y, 0), newA = At(y, 1), newB = At(y, 2), newD = At(y, 3);
        readonly Tensor numbers = x[^1];

        // A state that the rule does not have stands for the parameter, so that its address is good but never used.
        static T* At(Tensor[] tensors, int index) => (T*)tensors[index < tensors.Length ? index : 0].Pointer;

        public void Run(long start, long end)
        {
            var given = numbers.AsSpan<double>();
            var c = stackalloc V[given.Length];
            for (var n = 0; n < given.Length; n++) c[n] = T.CreateTruncating(given[n]);
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
