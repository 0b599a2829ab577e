using System.Numerics;
using Strata.Kernels.Recurrent;
using Strata.Kernels.Vectors;
using Strata.Threading;

namespace Strata.Kernels;

public unsafe partial class CpuKernels
{
    const long StepGrain = 1 << 12; // units a thread at least: a unit costs about as much as ten cheap elements

    /// <summary>(h, c', a) of pre-activations x and the cell c.</summary>
    internal void LstmStep(Tensor x, Tensor c, bool hard, Tensor[] y) => GateKernel.Run(x.DType, hard, new LstmStepKernel(x, c, y));

    /// <summary>(dx, dc) of c, c', a and the gradients for h and c'.</summary>
    internal void LstmStepGradient(Tensor c, Tensor next, Tensor a, Tensor? dh, Tensor? dc, bool hard, Tensor[] y) =>
        GateKernel.Run(a.DType, hard, new LstmStepGradientKernel(c, next, a, dh, dc, y));

    /// <summary>(h, c, a) of all steps.</summary>
    internal void Lstm(Tensor x, Tensor h0, Tensor c0, Tensor u, Tensor? mask, bool hard, bool reverse, Tensor[] y) =>
        GateKernel.Run(x.DType, hard, new LstmKernel(x, h0, c0, u, mask, new TimeSteps(x.Shape[1], reverse), y));

    /// <summary>(dx, dh₀, dc₀, dU) of the sequence's inputs and results and the gradients for h and c.</summary>
    internal void LstmGradient(
        Tensor h0, Tensor c0, Tensor u, Tensor? mask, Tensor h, Tensor c, Tensor a, Tensor? dh, Tensor? dc, bool hard, bool reverse, Tensor[] y) =>
        GateKernel.Run(h.DType, hard, new LstmGradientKernel(h0, c0, u, mask, h, c, a, dh, dc, new TimeSteps(h.Shape[1], reverse), y));

    readonly struct LstmStepKernel(Tensor x, Tensor c, Tensor[] y) : IGateKernel
    {
        public void Run<V, T, TGate>()
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TGate : struct, IGate =>
            Workers.For(c.Shape[0], 1 + (StepGrain / Math.Max(1, c.Shape[1])), new Rows<V, T, TGate>((T*)x.Pointer, (T*)c.Pointer, (T*)y[0].Pointer, (T*)y[1].Pointer, (T*)y[2].Pointer, c.Shape[1]));

        readonly struct Rows<V, T, TGate>(T* x, T* c, T* h, T* next, T* a, int units) : IRangeWork
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TGate : struct, IGate
        {
            public void Run(long start, long end)
            {
                for (var n = start; n < end; n++)
                    LstmRow<V, T, TGate>(x + (n * 4 * units), null, c + (n * units), a + (n * 4 * units), next + (n * units), h + (n * units), units);
            }
        }
    }

    static void LstmRow<V, T, TGate>(T* x, T* more, T* c0, T* a, T* c, T* h, int units)
        where V : unmanaged, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TGate : struct, IGate
    {
        var (g, o) = (2 * units, 3 * units);
        GateLoops<V, T, TGate>.Gates(x, more, a, g);
        GateLoops<V, T, TGate>.Tanh(x + g, more == null ? null : more + g, a + g, units);
        GateLoops<V, T, TGate>.Gates(x + o, more == null ? null : more + o, a + o, units);
        GateLoops<V, T, TGate>.LstmState(a, c0, c, h, units);
    }

    readonly struct LstmStepGradientKernel(Tensor c, Tensor next, Tensor a, Tensor? dh, Tensor? dc, Tensor[] y) : IGateKernel
    {
        public void Run<V, T, TGate>()
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TGate : struct, IGate
        {
            var rows = new Rows<V, T, TGate>((T*)c.Pointer, (T*)next.Pointer, (T*)a.Pointer, Or<T>(dh), Or<T>(dc), (T*)y[0].Pointer, (T*)y[1].Pointer, c.Shape[1]);
            Workers.For(c.Shape[0], 1 + (StepGrain / Math.Max(1, c.Shape[1])), rows);
        }

        readonly struct Rows<V, T, TGate>(T* c, T* next, T* a, T* dh, T* dcNext, T* dx, T* dc, int units) : IRangeWork
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TGate : struct, IGate
        {
            public void Run(long start, long end)
            {
                for (var n = start; n < end; n++)
                {
                    var at = n * units;
                    GateLoops<V, T, TGate>.LstmGradient(
                        a + (4 * at), c + at, next + at, dh == null ? null : dh + at, null, dcNext == null ? null : dcNext + at, null, dx + (4 * at), dc + at, units);
                }
            }
        }
    }

    // Examples are independent, so a thread takes some of them through all steps and waits for nobody.
    readonly struct LstmKernel(Tensor x, Tensor h0, Tensor c0, Tensor u, Tensor? mask, TimeSteps time, Tensor[] y) : IGateKernel
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
                C0 = (T*)c0.Pointer,
                U = (T*)u.Pointer,
                Mask = mask is null ? null : mask.Pointer,
                H = (T*)y[0].Pointer,
                C = (T*)y[1].Pointer,
                A = (T*)y[2].Pointer,
                Units = units,
                Time = time,
            };
            Workers.For(x.Shape[0], time.Grain(4L * units * units), work);
        }

        struct Examples<V, T, TGate> : IRangeWork
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TGate : struct, IGate
        {
            public T* X, H0, C0, U, H, C, A;
            public byte* Mask;
            public int Units;
            public TimeSteps Time;

            public readonly void Run(long start, long end)
            {
                var (units, gates) = (Units, 4 * Units);
                var recurrent = ScratchMemory.Get<T>(Scratch.Gates, (end - start) * gates);
                for (var s = 0; s < Time.Length; s++)
                {
                    MatMulKernel.Run(new MatrixProduct<T>(end - start, gates, units)
                    {
                        A = Time.Before(H0, H, start, s, units),
                        LeadingA = Time.BeforeStride(s, units),
                        B = U,
                        C = recurrent,
                    });
                    for (var n = start; n < end; n++)
                    {
                        T* h = Time.At(H, n, s, units), c = Time.At(C, n, s, units), a = Time.At(A, n, s, gates), before = Time.Before(C0, C, n, s, units);
                        if (Mask != null && *Time.At(Mask, n, s, 1) == 0)
                        {
                            new Span<T>(a, gates).Clear();
                            new Span<T>(before, units).CopyTo(new Span<T>(c, units));
                            new Span<T>(Time.Before(H0, H, n, s, units), units).CopyTo(new Span<T>(h, units));
                            continue;
                        }

                        LstmRow<V, T, TGate>(Time.At(X, n, s, gates), recurrent + ((n - start) * gates), before, a, c, h, units);
                    }
                }
            }
        }
    }

    readonly struct LstmGradientKernel(
        Tensor h0, Tensor c0, Tensor u, Tensor? mask, Tensor h, Tensor c, Tensor a, Tensor? dh, Tensor? dc, TimeSteps time, Tensor[] y) : IGateKernel
    {
        public void Run<V, T, TGate>()
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TGate : struct, IGate
        {
            var (examples, units) = (h.Shape[0], u.Shape[0]);
            var rows = (long)examples * time.Length;
            var work = new Examples<V, T, TGate>
            {
                C0 = (T*)c0.Pointer,
                Transposed = TimeSteps.Transposed((T*)u.Pointer, units, 4 * units),
                Mask = mask is null ? null : mask.Pointer,
                C = (T*)c.Pointer,
                A = (T*)a.Pointer,
                GradientH = Or<T>(dh),
                GradientC = Or<T>(dc),
                GradientX = (T*)y[0].Pointer,
                NextH = (T*)y[1].Pointer,
                NextC = (T*)y[2].Pointer,
                Units = units,
                Time = time,
            };
            Clear(y[1]);
            Clear(y[2]);
            Workers.For(examples, time.Grain(4L * units * units), work);

            var before = time.StatesBefore((T*)h0.Pointer, (T*)h.Pointer, examples, units);
            TimeSteps.WeightGradient(before, units, (T*)y[0].Pointer, 4 * units, 4 * units, rows, (T*)y[3].Pointer, 4 * units);
        }

        struct Examples<V, T, TGate> : IRangeWork
            where V : unmanaged, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TGate : struct, IGate
        {
            public T* C0, Transposed, C, A, GradientH, GradientC, GradientX, NextH, NextC;
            public byte* Mask;
            public int Units;
            public TimeSteps Time;

            public readonly void Run(long start, long end)
            {
                var (units, gates) = (Units, 4 * Units);
                for (var s = Time.Length - 1; s >= 0; s--)
                {
                    for (var n = start; n < end; n++)
                    {
                        T* dx = Time.At(GradientX, n, s, gates), nextH = NextH + (n * units), nextC = NextC + (n * units);
                        T* dh = GradientH == null ? null : Time.At(GradientH, n, s, units), dc = GradientC == null ? null : Time.At(GradientC, n, s, units);
                        if (Mask != null && *Time.At(Mask, n, s, 1) == 0)
                        {
                            new Span<T>(dx, gates).Clear();
                            GateLoops<V, T, TGate>.Add(dh, nextH, units);
                            GateLoops<V, T, TGate>.Add(dc, nextC, units);
                            continue;
                        }

                        GateLoops<V, T, TGate>.LstmGradient(
                            Time.At(A, n, s, gates), Time.Before(C0, C, n, s, units), Time.At(C, n, s, units), dh, nextH, dc, nextC, dx, nextC, units);
                        if (Mask != null) new Span<T>(nextH, units).Clear(); // the product below adds to what masked examples pass on
                    }

                    MatMulKernel.Run(new MatrixProduct<T>(end - start, units, gates)
                    {
                        A = Time.At(GradientX, start, s, gates),
                        LeadingA = (long)Time.Length * gates,
                        B = Transposed,
                        C = NextH + (start * units),
                        Accumulate = Mask != null,
                    });
                }
            }
        }
    }

    static T* Or<T>(Tensor? x)
        where T : unmanaged => x is null ? null : (T*)x.Pointer;
}
