using System.Numerics;
using Strata.Kernels.Recurrent;
using Strata.Kernels.Vectors;
using Strata.Threading;

namespace Strata.Kernels;

public unsafe partial class CpuKernels
{
    /// <summary>(h', a) of the input's and the state's shares of the pre-activations, and the state.</summary>
    internal void GruStep(Tensor x, Tensor r, Tensor h, bool hard, Tensor[] y) => GateKernel.Run(x.DType, hard, new GruStepKernel(x, r, h, y));

    /// <summary>(dx, dr, dh) of r, h, a and the gradient for h'.</summary>
    internal void GruStepGradient(Tensor r, Tensor h, Tensor a, Tensor dy, bool hard, Tensor[] y) =>
        GateKernel.Run(r.DType, hard, new GruStepGradientKernel(r, h, a, dy, y));

    /// <summary>(h, a, q) of all steps; with a bias the reset gate comes after the product, else before.</summary>
    internal void Gru(Tensor x, Tensor h0, Tensor u, Tensor? bias, Tensor? mask, bool hard, bool reverse, Tensor[] y) =>
        GateKernel.Run(x.DType, hard, new GruKernel(x, h0, u, bias, mask, new TimeSteps(x.Shape[1], reverse), y));

    /// <summary>(dx, dh₀, dU, db) of the sequence's inputs and results and the gradient for h; no db where the reset gate comes before the product.</summary>
    internal void GruGradient(Tensor h0, Tensor u, Tensor? mask, Tensor h, Tensor a, Tensor q, Tensor dh, bool resetAfter, bool hard, bool reverse, Tensor[] y) =>
        GateKernel.Run(h.DType, hard, new GruGradientKernel(h0, u, mask, h, a, q, dh, resetAfter, new TimeSteps(h.Shape[1], reverse), y));

    readonly struct GruStepKernel(Tensor x, Tensor r, Tensor h, Tensor[] y) : IGateKernel
    {
        public void Run<V, T, TGate>()
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TGate : struct, IGate
        {
            var rows = new Rows<V, T, TGate>((T*)x.Pointer, (T*)r.Pointer, (T*)h.Pointer, (T*)y[0].Pointer, (T*)y[1].Pointer, h.Shape[1]);
            Workers.For(h.Shape[0], 1 + (StepGrain / Math.Max(1, h.Shape[1])), rows);
        }

        readonly struct Rows<V, T, TGate>(T* x, T* r, T* h, T* next, T* a, int units) : IRangeWork
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TGate : struct, IGate
        {
            public void Run(long start, long end)
            {
                for (var n = start; n < end; n++)
                {
                    T* own = x + (n * 3 * units), share = r + (n * 3 * units), gates = a + (n * 3 * units);
                    GateLoops<V, T, TGate>.Gates(own, share, gates, 2 * units);
                    GateLoops<V, T, TGate>.TanhOfSum(own + (2 * units), gates + units, share + (2 * units), gates + (2 * units), units);
                    GateLoops<V, T, TGate>.GruState(gates, h + (n * units), next + (n * units), units);
                }
            }
        }
    }

    readonly struct GruStepGradientKernel(Tensor r, Tensor h, Tensor a, Tensor dy, Tensor[] y) : IGateKernel
    {
        public void Run<V, T, TGate>()
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TGate : struct, IGate
        {
            var rows = new Rows<V, T, TGate>((T*)r.Pointer, (T*)h.Pointer, (T*)a.Pointer, (T*)dy.Pointer, (T*)y[0].Pointer, (T*)y[1].Pointer, (T*)y[2].Pointer, h.Shape[1]);
            Workers.For(h.Shape[0], 1 + (StepGrain / Math.Max(1, h.Shape[1])), rows);
        }

        readonly struct Rows<V, T, TGate>(T* r, T* h, T* a, T* dy, T* dx, T* dr, T* dh, int units) : IRangeWork
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TGate : struct, IGate
        {
            public void Run(long start, long end)
            {
                for (var n = start; n < end; n++)
                {
                    var (at, wide) = (n * units, n * 3 * units);
                    GateLoops<V, T, TGate>.GruGradient(a + wide, h + at, dy + at, null, dx + wide, dh + at, units);
                    ResetAfterRow<V, T, TGate>(a + wide, r + wide + (2 * units), dx + wide, dr + wide, units);
                }
            }
        }
    }

    /// <summary>Where the reset gate comes after the product: r's pre-activation in dx, and the gradients for the state's share dr.</summary>
    static void ResetAfterRow<V, T, TGate>(T* a, T* q, T* dx, T* dr, int units)
        where V : unmanaged, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TGate : struct, IGate
    {
        GateLoops<V, T, TGate>.ResetGradient(a + units, q, dx + (2 * units), dx + units, dr + (2 * units), add: false, units);
        new Span<T>(dx, 2 * units).CopyTo(new Span<T>(dr, 2 * units));
    }

    // Examples are independent, so a thread takes some of them through all steps and waits for nobody.
    readonly struct GruKernel(Tensor x, Tensor h0, Tensor u, Tensor? bias, Tensor? mask, TimeSteps time, Tensor[] y) : IGateKernel
    {
        public void Run<V, T, TGate>()
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TGate : struct, IGate
        {
            var units = u.Shape[0];
            var work = new Examples<V, T, TGate>
            {
                X = (T*)x.Pointer,
                H0 = (T*)h0.Pointer,
                U = (T*)u.Pointer,
                Bias = Or<T>(bias),
                Mask = mask is null ? null : mask.Pointer,
                H = (T*)y[0].Pointer,
                A = (T*)y[1].Pointer,
                Q = (T*)y[2].Pointer,
                Units = units,
                Time = time,
            };
            Workers.For(x.Shape[0], time.Grain(3L * units * units), work);
        }

        struct Examples<V, T, TGate> : IRangeWork
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TGate : struct, IGate
        {
            public T* X, H0, U, Bias, H, A, Q;
            public byte* Mask;
            public int Units;
            public TimeSteps Time;

            public readonly void Run(long start, long end)
            {
                var recurrent = ScratchMemory.Get<T>(Scratch.Gates, (end - start) * 3 * Units);
                for (var s = 0; s < Time.Length; s++)
                    if (Bias != null) ResetAfter(start, end, s, recurrent);
                    else ResetBefore(start, end, s, recurrent);
            }

            readonly void ResetAfter(long start, long end, int s, T* recurrent)
            {
                var (units, gates) = (Units, 3 * Units);
                Product(start, end, s, gates, recurrent, Bias);
                for (var n = start; n < end; n++)
                {
                    if (Masked(n, s)) continue;
                    T* share = recurrent + ((n - start) * gates), x = Time.At(X, n, s, gates), a = Time.At(A, n, s, gates), q = Time.At(Q, n, s, units);
                    new Span<T>(share + (2 * units), units).CopyTo(new Span<T>(q, units));
                    GateLoops<V, T, TGate>.Gates(x, share, a, 2 * units);
                    GateLoops<V, T, TGate>.TanhOfSum(x + (2 * units), a + units, q, a + (2 * units), units);
                    GateLoops<V, T, TGate>.GruState(a, Time.Before(H0, H, n, s, units), Time.At(H, n, s, units), units);
                }
            }

            readonly void ResetBefore(long start, long end, int s, T* recurrent)
            {
                var (units, gates) = (Units, 3 * Units);
                Product(start, end, s, 2 * units, recurrent, null);
                for (var n = start; n < end; n++)
                {
                    if (Masked(n, s)) continue;
                    var a = Time.At(A, n, s, gates);
                    GateLoops<V, T, TGate>.Gates(Time.At(X, n, s, gates), recurrent + ((n - start) * 2 * units), a, 2 * units);
                    GateLoops<V, T, TGate>.Multiply(a + units, Time.Before(H0, H, n, s, units), Time.At(Q, n, s, units), units);
                }

                MatMulKernel.Run(new MatrixProduct<T>(end - start, units, units)
                {
                    A = Time.At(Q, start, s, units),
                    LeadingA = (long)Time.Length * units,
                    B = U + (2 * units),
                    LeadingB = gates,
                    C = recurrent,
                });
                for (var n = start; n < end; n++)
                {
                    if (Mask != null && *Time.At(Mask, n, s, 1) == 0) continue;
                    var a = Time.At(A, n, s, gates);
                    GateLoops<V, T, TGate>.Tanh(Time.At(X, n, s, gates) + (2 * units), recurrent + ((n - start) * units), a + (2 * units), units);
                    GateLoops<V, T, TGate>.GruState(a, Time.Before(H0, H, n, s, units), Time.At(H, n, s, units), units);
                }
            }

            /// <summary>The states before a step times the first columns of U.</summary>
            readonly void Product(long start, long end, int s, int columns, T* result, T* bias) =>
                MatMulKernel.Run(new MatrixProduct<T>(end - start, columns, Units)
                {
                    A = Time.Before(H0, H, start, s, Units),
                    LeadingA = Time.BeforeStride(s, Units),
                    B = U,
                    LeadingB = 3 * Units,
                    C = result,
                    Bias = bias,
                });

            /// <summary>Whether a step is masked; then the state stays.</summary>
            readonly bool Masked(long n, int s)
            {
                if (Mask == null || *Time.At(Mask, n, s, 1) != 0) return false;
                new Span<T>(Time.At(A, n, s, 3 * Units), 3 * Units).Clear();
                new Span<T>(Time.At(Q, n, s, Units), Units).Clear();
                new Span<T>(Time.Before(H0, H, n, s, Units), Units).CopyTo(new Span<T>(Time.At(H, n, s, Units), Units));
                return true;
            }
        }
    }

    readonly struct GruGradientKernel(
        Tensor h0, Tensor u, Tensor? mask, Tensor h, Tensor a, Tensor q, Tensor dh, bool resetAfter, TimeSteps time, Tensor[] y) : IGateKernel
    {
        public void Run<V, T, TGate>()
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TGate : struct, IGate
        {
            var (examples, units) = (h.Shape[0], u.Shape[0]);
            var rows = (long)examples * time.Length;
            // What reaches the state's share of the pre-activations: dx itself, or where the gate comes after the product something else.
            var gates = 3 * units;
            var share = resetAfter ? ScratchMemory.Get<T>(Scratch.Shares, rows * gates) : (T*)y[0].Pointer;
            var work = new Examples<V, T, TGate>
            {
                H0 = (T*)h0.Pointer,
                Transposed = TimeSteps.Transposed((T*)u.Pointer, units, 3 * units),
                Mask = mask is null ? null : mask.Pointer,
                H = (T*)h.Pointer,
                A = (T*)a.Pointer,
                Q = (T*)q.Pointer,
                GradientH = (T*)dh.Pointer,
                GradientX = (T*)y[0].Pointer,
                Shares = share,
                NextH = (T*)y[1].Pointer,
                Units = units,
                ResetAfter = resetAfter,
                Time = time,
            };
            Clear(y[1]);
            Workers.For(examples, time.Grain(3L * units * units), work);

            T* before = time.StatesBefore((T*)h0.Pointer, (T*)h.Pointer, examples, units), du = (T*)y[2].Pointer;
            TimeSteps.WeightGradient(before, units, share, resetAfter ? gates : 2 * units, gates, rows, du, gates);
            if (!resetAfter) TimeSteps.WeightGradient((T*)q.Pointer, units, share + (2 * units), units, gates, rows, du + (2 * units), gates);
            if (!resetAfter) return;

            Clear(y[3]);
            for (long row = 0; row < rows; row++) GateLoops<V, T, TGate>.Add(share + (row * gates), (T*)y[3].Pointer, gates);
        }

        struct Examples<V, T, TGate> : IRangeWork
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TGate : struct, IGate
        {
            public T* H0, Transposed, H, A, Q, GradientH, GradientX, Shares, NextH;
            public byte* Mask;
            public int Units;
            public bool ResetAfter;
            public TimeSteps Time;

            public readonly void Run(long start, long end)
            {
                var (units, gates) = (Units, 3 * Units);
                var resetState = ResetAfter ? null : ScratchMemory.Get<T>(Scratch.Gates, (end - start) * units);
                for (var s = Time.Length - 1; s >= 0; s--)
                {
                    for (var n = start; n < end; n++) Row(n, s);
                    if (!ResetAfter)
                    {
                        // Through the product of the reset state: dq = dx_g·U_gᵀ.
                        Product(start, end, Time.At(GradientX, start, s, gates) + (2 * units), Transposed + ((long)2 * units * units), units, resetState, accumulate: false);
                        for (var n = start; n < end; n++)
                            if (!Masked(n, s))
                                GateLoops<V, T, TGate>.ResetGradient(
                                    Time.At(A, n, s, gates) + units, Time.Before(H0, H, n, s, units), resetState + ((n - start) * units),
                                    Time.At(GradientX, n, s, gates) + units, NextH + (n * units), add: true, units);
                    }

                    Product(start, end, Time.At(Shares, start, s, gates), Transposed, ResetAfter ? gates : 2 * units, NextH + (start * units), accumulate: true);
                }
            }

            readonly void Row(long n, int s)
            {
                var (units, gates) = (Units, 3 * Units);
                T* dx = Time.At(GradientX, n, s, gates), shares = Time.At(Shares, n, s, gates), dh = Time.At(GradientH, n, s, units), next = NextH + (n * units);
                if (Masked(n, s))
                {
                    new Span<T>(dx, gates).Clear();
                    new Span<T>(shares, gates).Clear();
                    GateLoops<V, T, TGate>.Add(dh, next, units);
                    return;
                }

                var a = Time.At(A, n, s, gates);
                GateLoops<V, T, TGate>.GruGradient(a, Time.Before(H0, H, n, s, units), dh, next, dx, next, units);
                if (ResetAfter) ResetAfterRow<V, T, TGate>(a, Time.At(Q, n, s, units), dx, shares, units);
            }

            readonly void Product(long start, long end, T* rows, T* matrix, int steps, T* result, bool accumulate) =>
                MatMulKernel.Run(new MatrixProduct<T>(end - start, Units, steps)
                {
                    A = rows,
                    LeadingA = (long)Time.Length * 3 * Units,
                    B = matrix,
                    C = result,
                    Accumulate = accumulate,
                });

            readonly bool Masked(long n, int s) => Mask != null && *Time.At(Mask, n, s, 1) == 0;
        }
    }
}
