using System.Runtime.CompilerServices;

namespace Strata.Kernels.Elementwise;

/// <summary>Learns what an element-wise operation computes: the operation is run with kernels that, instead of running, tell the recorder which
/// operator they were asked for and with which operands in which order. So no list of operations is kept anywhere.</summary>
internal sealed class OperatorRecorder
{
    /// <summary>What was asked for; null if nothing that is element-wise.</summary>
    public RecordedOperator? Recorded { get; private set; }

    /// <summary>What <paramref name="run"/> asks its kernels for.</summary>
    public static RecordedOperator? Of(Action<CpuKernels> run)
    {
        var recorder = new OperatorRecorder();
        run(new CpuKernels(recorder));
        return recorder.Recorded;
    }

    public void Unary<TOp>(TOp f, Tensor x)
        where TOp : struct, IUnaryOperator => Recorded = new(OperatorKind.Unary, typeof(TOp), Numbers(f), TOp.Cost, [x]);

    public void Binary<TOp>(TOp f, Tensor a, Tensor b)
        where TOp : struct, IBinaryOperator => Recorded = new(OperatorKind.Binary, typeof(TOp), Numbers(f), TOp.Cost, [a, b]);

    public void Compare<TOp>(Tensor a, Tensor b)
        where TOp : struct, IBinaryOperator => Recorded = new(OperatorKind.Compare, typeof(TOp), null, TOp.Cost, [a, b]);

    public void Where(Tensor condition, Tensor a, Tensor b) => Recorded = new(OperatorKind.Where, null, null, 1, [condition, a, b]);

    public void Cast(Tensor x) => Recorded = new(OperatorKind.Cast, null, null, 1, [x]);

    // A struct without fields takes one byte all the same.
    static object? Numbers<TOp>(TOp f)
        where TOp : struct => Unsafe.SizeOf<TOp>() > 1 ? f : null;
}
