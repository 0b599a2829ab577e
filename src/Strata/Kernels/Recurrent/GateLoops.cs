using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Mathematics;
using Strata.Kernels.Vectors;

namespace Strata.Kernels.Recurrent;

/// <summary>The point-wise formulas of gated cells over the units of one example. Each loop holds one transcendental function, for the JIT stops
/// inlining in a method that has grown too large; what a loop leaves for the next stays in the first-level cache.</summary>
internal static unsafe class GateLoops<V, T, TGate>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TGate : struct, IGate
{
    const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>y = gate(x + more); more may be null.</summary>
    [MethodImpl(Jit.Loop)]
    public static void Gates(T* x, T* more, T* y, int n)
    {
        for (var i = 0; i < n; i += V.Count)
        {
            var rest = n - i;
            var v = Read(x + i, rest);
            if (more != null) v += Read(more + i, rest);
            Write(TGate.Value<V, T>(v), y + i, rest);
        }
    }

    /// <summary>y = tanh(x + more); more may be null.</summary>
    [MethodImpl(Jit.Loop)]
    public static void Tanh(T* x, T* more, T* y, int n)
    {
        for (var i = 0; i < n; i += V.Count)
        {
            var rest = n - i;
            var v = Read(x + i, rest);
            if (more != null) v += Read(more + i, rest);
            Write(VectorMath<V, T>.Tanh(v), y + i, rest);
        }
    }

    /// <summary>y = tanh(x + r·q).</summary>
    [MethodImpl(Jit.Loop)]
    public static void TanhOfSum(T* x, T* r, T* q, T* y, int n)
    {
        for (var i = 0; i < n; i += V.Count)
        {
            var rest = n - i;
            Write(VectorMath<V, T>.Tanh(V.Fma(Read(r + i, rest), Read(q + i, rest), Read(x + i, rest))), y + i, rest);
        }
    }

    /// <summary>y = a·b.</summary>
    [MethodImpl(Jit.Loop)]
    public static void Multiply(T* a, T* b, T* y, int n)
    {
        for (var i = 0; i < n; i += V.Count) Write(Read(a + i, n - i) * Read(b + i, n - i), y + i, n - i);
    }

    /// <summary>y += x; x may be null.</summary>
    [MethodImpl(Jit.Loop)]
    public static void Add(T* x, T* y, int n)
    {
        if (x == null) return;
        for (var i = 0; i < n; i += V.Count) Write(Read(y + i, n - i) + Read(x + i, n - i), y + i, n - i);
    }

    // ---- LSTM: a = (i, f, g, o), n units each ----

    /// <summary>c = f·c₀ + i·g and h = o·tanh c.</summary>
    [MethodImpl(Jit.Loop)]
    public static void LstmState(T* a, T* c0, T* c, T* h, int n)
    {
        for (var j = 0; j < n; j += V.Count)
        {
            var rest = n - j;
            var cell = V.Fma(Read(a + n + j, rest), Read(c0 + j, rest), Read(a + j, rest) * Read(a + (2 * n) + j, rest));
            Write(cell, c + j, rest);
            Write(Read(a + (3 * n) + j, rest) * VectorMath<V, T>.Tanh(cell), h + j, rest);
        }
    }

    /// <summary>The gradients dx of the pre-activations and dc₀ (which may be dcNext), from those for h and c: those given (or null) and those
    /// that the next step left.</summary>
    [MethodImpl(Jit.Loop)]
    public static void LstmGradient(T* a, T* c0, T* c, T* dh, T* dhNext, T* dc, T* dcNext, T* dx, T* dc0, int n)
    {
        for (var j = 0; j < n; j += V.Count)
        {
            var rest = n - j;
            V i = Read(a + j, rest), f = Read(a + n + j, rest), g = Read(a + (2 * n) + j, rest), o = Read(a + (3 * n) + j, rest);
            var h = Sum(dh, dhNext, j, rest);
            var t = VectorMath<V, T>.Tanh(Read(c + j, rest));
            var cell = V.Fma(h * o, V.Fma(-t, t, T.One), Sum(dc, dcNext, j, rest));
            Write(TGate.Slope<V, T>(i, cell * g), dx + j, rest);
            Write(TGate.Slope<V, T>(f, cell * Read(c0 + j, rest)), dx + n + j, rest);
            Write(cell * i * V.Fma(-g, g, T.One), dx + (2 * n) + j, rest);
            Write(TGate.Slope<V, T>(o, h * t), dx + (3 * n) + j, rest);
            Write(cell * f, dc0 + j, rest);
        }
    }

    // ---- GRU: a = (z, r, g), n units each ----

    /// <summary>h = z·h₀ + (1 − z)·g.</summary>
    [MethodImpl(Jit.Loop)]
    public static void GruState(T* a, T* h0, T* h, int n)
    {
        for (var j = 0; j < n; j += V.Count)
        {
            var rest = n - j;
            V z = Read(a + j, rest), g = Read(a + (2 * n) + j, rest);
            Write(V.Fma(z, Read(h0 + j, rest) - g, g), h + j, rest);
        }
    }

    /// <summary>The gradients of the pre-activations of z and g, and z's share of dh₀ (which may be dhNext).</summary>
    [MethodImpl(Jit.Loop)]
    public static void GruGradient(T* a, T* h0, T* dh, T* dhNext, T* dx, T* dh0, int n)
    {
        for (var j = 0; j < n; j += V.Count)
        {
            var rest = n - j;
            V z = Read(a + j, rest), g = Read(a + (2 * n) + j, rest), h = Sum(dh, dhNext, j, rest);
            Write(TGate.Slope<V, T>(z, h * (Read(h0 + j, rest) - g)), dx + j, rest);
            Write(h * (T.One - z) * V.Fma(-g, g, T.One), dx + (2 * n) + j, rest);
            Write(h * z, dh0 + j, rest);
        }
    }

    /// <summary>For p = r·q from dp: dr' = slope(r, dp·q) and dq = dp·r, the latter added to what is there if asked.</summary>
    [MethodImpl(Jit.Loop)]
    public static void ResetGradient(T* r, T* q, T* dp, T* dr, T* dq, bool add, int n)
    {
        for (var j = 0; j < n; j += V.Count)
        {
            var rest = n - j;
            V gate = Read(r + j, rest), d = Read(dp + j, rest);
            Write(TGate.Slope<V, T>(gate, d * Read(q + j, rest)), dr + j, rest);
            Write(add ? V.Fma(d, gate, Read(dq + j, rest)) : d * gate, dq + j, rest);
        }
    }

    [MethodImpl(Inline)]
    static V Sum(T* a, T* b, int j, int rest)
    {
        if (a == null) return b == null ? T.Zero : Read(b + j, rest);
        return b == null ? Read(a + j, rest) : Read(a + j, rest) + Read(b + j, rest);
    }

    [MethodImpl(Inline)]
    static V Read(T* p, int n) => n >= V.Count ? V.Load(p) : V.LoadFirst(p, n);

    [MethodImpl(Inline)]
    static void Write(V v, T* p, int n)
    {
        if (n >= V.Count) v.Store(p);
        else v.StoreFirst(p, n);
    }
}
