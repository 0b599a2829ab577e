using System.Numerics;

namespace Strata.Kernels.Recurrent;

/// <summary>The steps of a sequence [examples, time, …] in the order in which a recurrence takes them, and where a step finds the state before it.</summary>
internal readonly unsafe struct TimeSteps(int length, bool reverse)
{
    public int Length => length;

    /// <summary>The place on the axis of time of the step numbered <paramref name="s"/>.</summary>
    public int Place(int s) => reverse ? length - 1 - s : s;

    /// <summary>Row <paramref name="n"/> at step <paramref name="s"/> of a sequence [examples, time, width].</summary>
    public T* At<T>(T* sequence, long n, int s, long width)
        where T : unmanaged => sequence + (((n * length) + Place(s)) * width);

    /// <summary>The state of example <paramref name="n"/> before step <paramref name="s"/>: the initial one [examples, width], or the sequence's.</summary>
    public T* Before<T>(T* initial, T* sequence, long n, int s, long width)
        where T : unmanaged => s == 0 ? initial + (n * width) : At(sequence, n, s - 1, width);

    /// <summary>How far apart the states of neighboring examples are before step <paramref name="s"/>.</summary>
    public long BeforeStride(int s, long width) => s == 0 ? width : length * width;

    /// <summary>Examples that a thread should get at least: two, since a product with a single row is another kernel, which rounds otherwise,
    /// and so many that starting the thread pays.</summary>
    public long Grain(long multiplyAddsAStep) => 2 + (400_000 / Math.Max(1, multiplyAddsAStep * length));

    /// <summary>The states before each step as rows that follow each other, [examples, time, width], in this thread's scratch memory.</summary>
    public T* StatesBefore<T>(T* initial, T* sequence, long examples, long width)
        where T : unmanaged
    {
        var target = ScratchMemory.Get<T>(Scratch.States, examples * length * width);
        for (long n = 0; n < examples; n++)
            for (var s = 0; s < length; s++)
                new Span<T>(Before(initial, sequence, n, s, width), (int)width).CopyTo(new Span<T>(At(target, n, s, width), (int)width));
        return target;
    }

    /// <summary>source[rows, columns] transposed to [columns, rows], in this thread's scratch memory.</summary>
    public static T* Transposed<T>(T* source, int rows, int columns)
        where T : unmanaged
    {
        var target = ScratchMemory.Get<T>(Scratch.Transposed, (long)rows * columns);
        Packing.Transpose(source, columns, rows, columns, target, rows);
        return target;
    }

    /// <summary>C = aᵀ·b of rows that follow each other: the gradient of a recurrent kernel in one product over all steps.</summary>
    public static void WeightGradient<T>(T* a, int m, T* b, int n, long leadingB, long rows, T* c, long leadingC)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows == 0)
        {
            for (var i = 0; i < m; i++) new Span<T>(c + (i * leadingC), n).Clear();
            return;
        }

        MatMulKernel.Run(new MatrixProduct<T>(m, n, rows) { A = a, LeadingA = m, TransposeA = true, B = b, LeadingB = leadingB, C = c, LeadingC = leadingC });
    }
}
