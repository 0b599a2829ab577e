using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Threading;

namespace Strata.Compilation.Fusion;

/// <summary>Runs a fused program over tensors: chunks of tiles in parallel, and at the end the partial results of reductions.</summary>
internal sealed unsafe class TileExecutor(FusedProgram program, FusionMode mode)
{
    const int EmitFrom = 2; // a plan that runs once is not worth a loop of its own

    readonly Stack<TileWorker> idle = new();
    TileLayout? layout;
    volatile TileCode? code;
    int runs;

    /// <summary>What runs now.</summary>
    public TileCode? Code => code;

    /// <summary>Runs the program on the tensors.</summary>
    public void Run(CpuKernels k, Tensor[] x, Tensor[] y)
    {
        layout ??= new TileLayout(program);
        var now = Current();
        var grain = Math.Max(1, Walk.Grain / (layout.Length * layout.TilesPerChunk * program.Cost));
        if (layout.Chunks == 1 || layout.Reduction is ReductionKind.None or ReductionKind.Trailing)
        {
            Workers.For(layout.Chunks, grain, new Work(this, now, k, x, y, null));
            return;
        }

        var worker = Rent(now);
        var partial = (byte*)NativeMemory.AlignedAlloc((nuint)worker.PartialBytes, 64);
        try
        {
            Workers.For(layout.Chunks, grain, new Work(this, now, k, x, y, partial));
            worker.Combine(k, y, partial);
        }
        finally
        {
            NativeMemory.AlignedFree(partial);
            Return(worker);
        }
    }

    TileCode Current()
    {
        if (code is not { } now || now.Level != Simd.Level)
        {
            lock (idle) idle.Clear();
            runs = 0;
            code = now = TileCode.Interpreted(program, Simd.Level);
        }

        if (runs < EmitFrom && mode is (FusionMode.Auto or FusionMode.Emit) && RuntimeFeature.IsDynamicCodeSupported && RuntimeFeature.IsDynamicCodeCompiled)
            return Emit(now);
        return now;
    }

    [RequiresDynamicCode("Loops are emitted at run time.")]
    TileCode Emit(TileCode now)
    {
        var run = Interlocked.Increment(ref runs);
        if (mode == FusionMode.Emit && run == 1) return code = TileCode.Emitted(program, layout!, now.Level);
        if (mode == FusionMode.Auto && run == EmitFrom) ThreadPool.UnsafeQueueUserWorkItem(_ => code = TileCode.Emitted(program, layout!, now.Level), null);
        return now;
    }

    TileWorker Rent(TileCode wanted)
    {
        lock (idle)
            while (idle.TryPop(out var worker))
                if (worker.Code == wanted) return worker;
        return new TileWorker(program, layout!, wanted);
    }

    void Return(TileWorker worker)
    {
        lock (idle) idle.Push(worker);
    }

    readonly struct Work(TileExecutor executor, TileCode code, CpuKernels k, Tensor[] x, Tensor[] y, byte* partial) : IRangeWork
    {
        public void Run(long start, long end)
        {
            var worker = executor.Rent(code);
            worker.Run(k, x, y, partial, start, end);
            executor.Return(worker);
        }
    }
}
